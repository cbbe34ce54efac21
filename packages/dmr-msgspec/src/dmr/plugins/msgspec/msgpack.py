"""MessagePack with msgspec."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar

import msgspec
from django.http import HttpRequest
from typing_extensions import override

from dmr.errors import quoted
from dmr.exceptions import DataParsingError, DataRenderingError
from dmr.internal.conf import on_settings_change
from dmr.internal.hostile import too_deep
from dmr.parsers import DeserializeFunc, Parser, Raw, parsing_error
from dmr.renderers import Renderer


class MsgpackParser(Parser):
    """Parse MessagePack bodies with msgspec."""

    __slots__ = ()

    #: Version of the plugin contract that this class was written for.
    dmr_plugin_api: ClassVar[int] = 1

    content_type = 'application/msgpack'

    @override
    def parse(
        self,
        to_deserialize: Raw,
        deserializer_hook: DeserializeFunc | None = None,
        *,
        request: HttpRequest,
        model: Any,
    ) -> Any:
        """Decode MessagePack bytes, an empty body is ``None``.

        Raises:
            DataParsingError: the body is not MessagePack, is nested too deep,
                or has numbers, characters or extension types that we do not
                accept.
        """
        if not to_deserialize:
            return None
        try:
            return _decode(to_deserialize)
        except RecursionError as exc:
            raise too_deep() from exc
        except ValueError as exc:
            raise parsing_error(exc) from exc


class MsgpackRenderer(Renderer):
    """Render MessagePack bodies with msgspec."""

    __slots__ = ()

    #: Version of the plugin contract that this class was written for.
    dmr_plugin_api: ClassVar[int] = 1

    content_type = 'application/msgpack'

    @override
    def render(
        self,
        to_serialize: Any,
        serializer_hook: Callable[[Any], Any] | None = None,
    ) -> bytes:
        """Encode *to_serialize* as MessagePack.

        Raises:
            DataRenderingError: it has ``NaN``, an infinity, a lone surrogate,
                a cycle, an integer of more than 64 bits or a type that nobody
                knows.
        """
        try:
            return _encoder(serializer_hook).encode(to_serialize)
        except (ValueError, TypeError, OverflowError, RecursionError) as exc:
            raise DataRenderingError(
                f'Cannot render MessagePack: {quoted(str(exc))}',
            ) from exc

    @property
    @override
    def validation_parser(self) -> MsgpackParser:
        """Return a parser that reads what this renderer writes."""
        return MsgpackParser()


def _refuse_extension(code: int, content: memoryview) -> Any:
    raise DataParsingError(f'Extension type {code} is not supported')


_decode = msgspec.msgpack.Decoder(ext_hook=_refuse_extension).decode


@lru_cache(maxsize=256)
def _encoder(
    serializer_hook: Callable[[Any], Any] | None,
) -> msgspec.msgpack.Encoder:
    return msgspec.msgpack.Encoder(enc_hook=serializer_hook)


on_settings_change(_encoder.cache_clear)
