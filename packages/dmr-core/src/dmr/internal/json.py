"""JSON with the standard library, strict in what it reads and writes."""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from typing_extensions import override

from dmr.internal.hostile import finite_float, reject_constant


class JsonModule(Protocol):
    """A module that can encode and decode JSON, such as ``orjson``."""

    def dumps(
        self,
        obj: Any,
        /,
        default: Callable[[Any], Any] | None = None,
    ) -> bytes:
        """Encode *obj*, asking *default* for what is not JSON."""
        ...

    def loads(self, data: bytes | bytearray, /) -> Any:
        """Decode *data*, raise `ValueError` when it is not JSON."""


class NativeJson:
    """The standard library behind the interface of `JsonModule`."""

    @classmethod
    def dumps(
        cls,
        obj: Any,
        /,
        default: Callable[[Any], Any] | None = None,
    ) -> bytes:
        """Encode *obj* compactly, as UTF-8.

        What Django's own encoder does not know is given to *default*.

        Raises:
            ValueError: *obj* has ``NaN``, an infinity or a lone surrogate.
        """
        return _encoder(default).encode(obj).encode()

    @classmethod
    def loads(cls, data: bytes | bytearray, /) -> Any:
        """Decode *data*, which must be UTF-8 (RFC 8259, section 8.1).

        Raises:
            ValueError: *data* is not JSON, or has numbers out of range.
        """
        return _DECODER.decode(str(data, 'utf-8'))


_DECODER = json.JSONDecoder(
    parse_float=finite_float,
    parse_constant=reject_constant,
)


class _Encoder(DjangoJSONEncoder):
    fallback: Callable[[Any], Any] | None = None

    @override
    def default(self, o: Any) -> Any:
        if isinstance(o, (dt.datetime, dt.time)) and o.microsecond:
            return _with_microseconds(o)
        try:
            return super().default(o)
        except TypeError:
            if self.fallback is None:
                raise
            return self.fallback(o)


def _encoder(fallback: Callable[[Any], Any] | None) -> _Encoder:
    encoder = _Encoder(
        separators=(',', ':'),
        ensure_ascii=False,
        allow_nan=False,
    )
    encoder.fallback = fallback
    return encoder


def _with_microseconds(moment: dt.datetime | dt.time) -> str:
    # Django cuts them to milliseconds, as browsers do.
    text = moment.isoformat()
    return f'{text[:-6]}Z' if text.endswith('+00:00') else text
