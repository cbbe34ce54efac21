"""Parse CBOR bodies."""

from typing import Any, ClassVar

from django.http import HttpRequest
from typing_extensions import override

from dmr.parsers import DeserializeFunc, Parser, Raw
from dmr_cbor.decoding import decode


class CborParser(Parser):
    """Parse CBOR (RFC 8949) into what JSON has, and bytes.

    Of the tags of CBOR those for moments (0, 1) and for big integers (2, 3)
    are read; all others are refused, as are shared and cyclic references.
    """

    __slots__ = ()

    #: Version of the plugin contract that this class was written for.
    dmr_plugin_api: ClassVar[int] = 1

    content_type = 'application/cbor'

    @override
    def parse(
        self,
        to_deserialize: Raw,
        deserializer_hook: DeserializeFunc | None = None,
        *,
        request: HttpRequest,
        model: Any,
    ) -> Any:
        """Decode CBOR bytes, an empty body is ``None``.

        The hook is not needed: whatever is left are types that serializers
        know.

        Raises:
            DataParsingError: the body is not CBOR, is nested too deep, has
                bytes after its end, or has numbers, keys, tags or special
                values that are not accepted.
        """
        return decode(bytes(to_deserialize)) if to_deserialize else None
