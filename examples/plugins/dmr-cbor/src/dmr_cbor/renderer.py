"""Render CBOR bodies."""

import datetime as dt
import decimal
import fractions
import ipaddress
import math
import re
import uuid
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, ClassVar, Final

import cbor2
from django.core.serializers.json import DjangoJSONEncoder
from typing_extensions import override

from dmr.errors import quoted
from dmr.exceptions import DataRenderingError
from dmr.renderers import Renderer
from dmr_cbor.nesting import is_nested_deeper
from dmr_cbor.parser import CborParser
from dmr_cbor.suspicion import may_have_nan

#: Deeper data would exhaust the stack of cbor2, which ends the process.
_MAX_DEPTH: Final = 500

#: Written as JSON has them, so that all formats agree.
_AS_TEXT: Final = (
    dt.datetime,
    dt.date,
    decimal.Decimal,
    uuid.UUID,
)
#: Cbor2 has tags for these, which our parser refuses. The serializer is asked.
_ASKED: Final = (
    set,
    frozenset,
    complex,
    fractions.Fraction,
    re.Pattern,
    ipaddress.IPv4Address,
    ipaddress.IPv4Network,
    ipaddress.IPv4Interface,
    ipaddress.IPv6Address,
    ipaddress.IPv6Network,
    ipaddress.IPv6Interface,
    cbor2.CBORTag,
    cbor2.CBORSimpleValue,
    type(cbor2.undefined),
)


class CborRenderer(Renderer):
    """Render CBOR (RFC 8949), without tags but for big integers.

    Moments, identifiers and decimals are text, as they are in JSON.
    """

    __slots__ = ()

    #: Version of the plugin contract that this class was written for.
    dmr_plugin_api: ClassVar[int] = 1

    content_type = 'application/cbor'

    @override
    def render(
        self,
        to_serialize: Any,
        serializer_hook: Callable[[Any], Any],
    ) -> bytes:
        """Encode *to_serialize* as CBOR.

        Raises:
            DataRenderingError: it has ``NaN``, an infinity, a lone surrogate,
                a cycle or a type that nobody knows, or is nested too deep.
        """
        if is_nested_deeper(to_serialize, _MAX_DEPTH):
            raise _failed('it is a cycle, or nested too deep')
        default, encoders = _hooks(serializer_hook)
        try:
            rendered = cbor2.dumps(
                to_serialize,
                default=default,
                encoders=encoders,
            )
        except (
            cbor2.CBOREncodeError,
            ValueError,
            TypeError,
            OverflowError,
            RecursionError,
        ) as exc:
            raise _failed(str(exc)) from exc
        if may_have_nan(rendered) and not _is_finite(cbor2.loads(rendered)):
            raise _failed('NaN or Infinity')
        return rendered

    @property
    @override
    def validation_parser(self) -> CborParser:
        """Return a parser that reads what this renderer writes."""
        return CborParser()


@lru_cache(maxsize=256)
def _hooks(
    serializer_hook: Callable[[Any], Any],
) -> tuple[Callable[..., None], Mapping[type[Any], Callable[..., None]]]:
    """Return the hooks for one serializer: for unknown types, and for some."""

    def ask(encoder: cbor2.CBOREncoder, asked: Any) -> None:
        encoder.encode(serializer_hook(asked))

    def write_text(encoder: cbor2.CBOREncoder, moment: Any) -> None:
        encoder.encode(_text(moment))

    def write_unknown(encoder: cbor2.CBOREncoder, unknown: Any) -> None:
        try:
            simple: Any = _text(unknown)
        except TypeError:
            simple = serializer_hook(unknown)
        encoder.encode(simple)

    return write_unknown, MappingProxyType(
        {
            **dict.fromkeys(_ASKED, ask),
            **dict.fromkeys(_AS_TEXT, write_text),
        },
    )


_known_to_django: Final = DjangoJSONEncoder().default


def _text(given: Any) -> Any:
    if not isinstance(given, dt.datetime | dt.time):
        return _known_to_django(given)
    # Django cuts them to milliseconds, as browsers do.
    text = given.isoformat()
    return f'{text[:-6]}Z' if text.endswith('+00:00') else text


def _is_finite(rendered: Any) -> bool:
    if isinstance(rendered, float):
        return math.isfinite(rendered)
    if isinstance(rendered, dict):
        return _is_finite([*rendered, *rendered.values()])
    return not isinstance(rendered, list | tuple) or all(
        map(_is_finite, rendered),
    )


def _failed(reason: str) -> DataRenderingError:
    return DataRenderingError(f'Cannot render CBOR: {quoted(reason)}')
