"""JSON (RFC 8259) with msgspec."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, ClassVar

import msgspec
from django.http import HttpRequest
from typing_extensions import override

from dmr.errors import quoted
from dmr.exceptions import DataParsingError, DataRenderingError
from dmr.internal.conf import on_settings_change
from dmr.internal.hostile import reject_deep_nesting, too_deep
from dmr.parsers import DeserializeFunc, Parser, Raw, parsing_error
from dmr.renderers import Renderer


class MsgspecJsonParser(Parser):
    """Parse JSON bodies with msgspec."""

    __slots__ = ()

    #: Version of the plugin contract that this class was written for.
    dmr_plugin_api: ClassVar[int] = 1

    content_type = 'application/json'

    @override
    def parse(
        self,
        to_deserialize: Raw,
        deserializer_hook: DeserializeFunc | None = None,
        *,
        request: HttpRequest,
        model: Any,
    ) -> Any:
        """Decode JSON bytes, an empty body is ``None``.

        The hook is not needed: JSON has no types that msgspec does not know.

        Raises:
            DataParsingError: the body is not JSON, is nested too deep, or has
                numbers or characters that JSON does not allow.
        """
        if not to_deserialize:
            return None
        reject_deep_nesting(to_deserialize)
        try:
            return _decode(to_deserialize)
        except RecursionError as exc:
            raise too_deep() from exc
        except ValueError as exc:
            raise parsing_error(exc) from exc


class MsgspecJsonRenderer(Renderer):
    """Render JSON bodies with msgspec."""

    __slots__ = ('content_type',)

    #: Version of the plugin contract that this class was written for.
    dmr_plugin_api: ClassVar[int] = 1

    def __init__(self, content_type: str = 'application/json') -> None:
        """Render bodies of *content_type*."""
        self.content_type = content_type

    @override
    def render(
        self,
        to_serialize: Any,
        serializer_hook: Callable[[Any], Any] | None = None,
    ) -> bytes:
        """Encode *to_serialize* as compact UTF-8 JSON.

        Raises:
            DataRenderingError: it has ``NaN``, an infinity, a lone surrogate,
                a cycle or a type that nobody knows.
        """
        try:
            return _encoder(serializer_hook).encode(to_serialize)
        except (ValueError, TypeError, OverflowError, RecursionError) as exc:
            raise DataRenderingError(
                f'Cannot render JSON: {quoted(str(exc))}',
            ) from exc

    @property
    @override
    def validation_parser(self) -> MsgspecJsonParser:
        """Return a parser that reads what this renderer writes."""
        return MsgspecJsonParser()


_decode = msgspec.json.Decoder().decode


@lru_cache(maxsize=256)
def _encoder(
    serializer_hook: Callable[[Any], Any] | None,
) -> msgspec.json.Encoder:
    return msgspec.json.Encoder(enc_hook=serializer_hook)


on_settings_change(_encoder.cache_clear)
