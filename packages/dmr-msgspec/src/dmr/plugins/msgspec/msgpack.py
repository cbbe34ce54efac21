"""MessagePack with msgspec."""

from collections.abc import Callable
from typing import Any, ClassVar

import msgspec
from django.http import HttpRequest
from typing_extensions import override

from dmr.errors import quoted
from dmr.exceptions import DataParsingError, DataRenderingError
from dmr.limits import too_deep
from dmr.parsers import DeserializeFunc, Parser, Raw, parsing_error
from dmr.plugins.msgspec.hostile import (
    has_nan,
    is_deep,
    is_finite,
    may_be_deep,
    may_have_nan,
    refuse_extension,
)
from dmr.renderers import Renderer
from dmr.settings import bounded_cache


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

        Timestamps become ``datetime``, other extension types are refused.

        Raises:
            DataParsingError: the body is not MessagePack, is nested too deep,
                or has numbers, characters or extension types that we do not
                accept.
        """
        if not to_deserialize:
            return None
        try:
            parsed = _decode(to_deserialize)
        except RecursionError as exc:
            raise too_deep() from exc
        except ValueError as exc:
            raise parsing_error(exc) from exc
        if may_be_deep(to_deserialize) and is_deep(parsed):
            raise too_deep()
        if may_have_nan(to_deserialize) and not is_finite(parsed):
            raise DataParsingError('NaN and Infinity are not accepted')
        return parsed


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
        return msgpack_encoder(serializer_hook)(to_serialize)

    @property
    @override
    def validation_parser(self) -> MsgpackParser:
        """Return a parser that reads what this renderer writes."""
        return MsgpackParser()


@bounded_cache
def msgpack_encoder(
    serializer_hook: Callable[[Any], Any] | None,
) -> Callable[[Any], bytes]:
    """Return a function that renders, with the hook of one serializer."""
    encode = msgspec.msgpack.Encoder(enc_hook=serializer_hook).encode

    def render(to_serialize: Any) -> bytes:
        try:
            rendered = encode(to_serialize)
            if has_nan(rendered):
                raise _failed('NaN or Infinity')
        except (ValueError, TypeError, OverflowError, RecursionError) as exc:
            raise _failed(str(exc)) from exc
        return rendered

    return render


_decode = msgspec.msgpack.Decoder(ext_hook=refuse_extension).decode


def _failed(reason: str) -> DataRenderingError:
    return DataRenderingError(f'Cannot render MessagePack: {quoted(reason)}')
