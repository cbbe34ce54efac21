"""Read single values: numbers, texts, moments, members of enumerations.

Strictly, only what a format has for a type is taken: a number is no text. Dates
and the like have no type of their own in JSON, so their text is always taken.
Otherwise texts of numbers and booleans are taken too, which is all that query
strings, forms and headers have.
"""

import base64
import datetime as dt
import enum
import ipaddress
import math
import re
import uuid
from collections.abc import Callable, Hashable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path, PurePath
from typing import Any, Final, TypeAlias

from django.utils.dateparse import parse_duration
from django.utils.duration import duration_iso_string

from dmr_cattrs.errors import MismatchError, mismatch

Reader: TypeAlias = Callable[[Any], Any]
Writer: TypeAlias = Callable[[Any], Any]

#: Digits of the longest number, as in Python itself.
_MAX_DIGITS: Final = 4300

_INTEGER: Final = re.compile(r'[+-]?[0-9]+')
_NUMBER: Final = re.compile(
    r'[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?',
)
_DAY: Final = r'[0-9]{4}-[0-9]{2}-[0-9]{2}'
_CLOCK: Final = r'[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?'
_ZONE: Final = r'([Zz]|[+-][0-9]{2}:?[0-9]{2})?'
_DATE: Final = re.compile(_DAY)
_TIME: Final = re.compile(_CLOCK + _ZONE)
_DATETIME: Final = re.compile(f'{_DAY}[Tt ]{_CLOCK}{_ZONE}')
_DURATION: Final = re.compile(r'-?P(?=.)[0-9DTHMS.,]*')
_UUID: Final = re.compile(
    r'[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}'
)

_BOOLEANS: Final[Mapping[str, bool]] = {
    **dict.fromkeys(('true', 'on', 'yes', '1'), True),
    **dict.fromkeys(('false', 'off', 'no', '0'), False),
}


@lru_cache(maxsize=1024)
def reader(kind: type[Any], *, strict: bool) -> Reader:
    """Return the function that reads values as *kind*, one of `SCALARS`."""
    if issubclass(kind, enum.Enum):
        members = kind.__members__.values()
        return choice_reader(
            ((member.value, member) for member in members),
            strict=strict,
        )
    base = next(one for one in kind.__mro__ if one in _READERS)
    read = _READERS[base][0 if strict else 1]
    if base is kind:
        return read
    return lambda given: given if isinstance(given, kind) else kind(read(given))


def choice_reader(
    choices: Iterable[tuple[Any, Any]],
    *,
    strict: bool,
) -> Reader:
    """Return the function that reads one of few values.

    *choices* are pairs: what clients send, and what it means.
    """
    by_value: dict[tuple[type[Any], Any], Any] = {}
    by_text: dict[str, Any] = {}
    expected: list[str] = []
    for sent, meant in choices:
        expected.append(repr(sent))
        by_text.setdefault(_text(sent), meant)
        for one in (sent, meant):
            if isinstance(one, Hashable):
                by_value.setdefault((type(one), one), meant)

    def read(given: Any) -> Any:
        found: Any = read
        if isinstance(given, Hashable):
            found = by_value.get((type(given), given), read)
        if found is read and not strict and type(given) is str:
            found = by_text.get(given, read)
        if found is read:
            raise MismatchError(f'Expected one of {", ".join(expected)}')
        return found

    return read


def _text(sent: Any) -> str:
    return str(sent).lower() if isinstance(sent, bool) else str(sent)


def _read_bool(given: Any) -> Any:
    if isinstance(given, bool):
        return given
    raise mismatch('bool', given)


def _read_bool_text(given: Any) -> Any:
    found = _BOOLEANS.get(given.lower()) if isinstance(given, str) else None
    return _read_bool(given) if found is None else found


def _read_int(given: Any) -> Any:
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    raise mismatch('int', given)


def _read_int_text(given: Any) -> Any:
    if isinstance(given, str):
        if len(given) > _MAX_DIGITS or not _INTEGER.fullmatch(given):
            raise mismatch('int', given)
        return int(given)
    if isinstance(given, float) and given.is_integer():
        return int(given)
    return _read_int(given)


def _read_float(given: Any) -> Any:
    if isinstance(given, float):
        return given
    if isinstance(given, int) and not isinstance(given, bool):
        try:
            return float(given)
        except OverflowError as exc:
            raise MismatchError('Number is out of range') from exc
    raise mismatch('float', given)


def _read_float_text(given: Any) -> Any:
    if not isinstance(given, str):
        return _read_float(given)
    if not _NUMBER.fullmatch(given):
        raise mismatch('float', given)
    number = float(given)
    if math.isinf(number):
        raise MismatchError('Number is out of range')
    return number


def _read_decimal(given: Any) -> Decimal:
    if isinstance(given, Decimal):
        return given
    if isinstance(given, str):
        if len(given) > _MAX_DIGITS or not _NUMBER.fullmatch(given):
            raise mismatch('decimal', given)
        return Decimal(given)
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise mismatch('decimal', given)
    try:
        # The digits that were sent, not those of the nearest binary number.
        number = Decimal(str(given))
    except (ValueError, InvalidOperation) as exc:
        raise MismatchError('Number is out of range') from exc
    if not number.is_finite():
        raise MismatchError('Number is out of range')
    return number


def _read_bytes(given: Any) -> bytes:
    if isinstance(given, bytes | bytearray | memoryview):
        return bytes(given)
    if not isinstance(given, str):
        raise mismatch('bytes', given)
    try:
        return base64.b64decode(given, validate=True)
    except ValueError as exc:
        raise MismatchError('Expected text in base64') from exc


def _read_str(given: Any) -> Any:
    if isinstance(given, str):
        return given
    raise mismatch('str', given)


def _instance(kind: type[Any]) -> Reader:
    def read(given: Any) -> Any:
        if isinstance(given, kind):
            return given
        raise mismatch(kind.__name__, given)

    return read


def _text_reader(
    kind: type[Any],
    parse: Callable[[str], Any],
    pattern: 're.Pattern[str] | None' = None,
) -> Reader:
    """Return the reader of a type that clients send as text."""

    def read(given: Any) -> Any:
        # A moment is a day for Python, but not for us.
        if isinstance(given, kind) and (
            kind is not dt.date or not isinstance(given, dt.datetime)
        ):
            return given
        if not isinstance(given, str):
            raise mismatch(kind.__name__, given)
        if pattern is None or pattern.fullmatch(given):
            try:
                return parse(given)
            except (ValueError, OverflowError):
                pass
        raise MismatchError(f'Text is no `{kind.__name__}`')

    return read


def _duration(text: str) -> dt.timedelta:
    found = parse_duration(text)
    if found is None:
        raise ValueError(text)
    return found


def _both(read: Reader) -> tuple[Reader, Reader]:
    return read, read


#: Type → how its values are read strictly, and otherwise.
_READERS: Final[Mapping[type[Any], tuple[Reader, Reader]]] = {
    bool: (_read_bool, _read_bool_text),
    int: (_read_int, _read_int_text),
    float: (_read_float, _read_float_text),
    str: _both(_read_str),
    bytes: _both(_read_bytes),
    Decimal: _both(_read_decimal),
    dt.datetime: _both(
        _text_reader(dt.datetime, dt.datetime.fromisoformat, _DATETIME),
    ),
    dt.date: _both(_text_reader(dt.date, dt.date.fromisoformat, _DATE)),
    dt.time: _both(_text_reader(dt.time, dt.time.fromisoformat, _TIME)),
    dt.timedelta: _both(_text_reader(dt.timedelta, _duration, _DURATION)),
    uuid.UUID: _both(_text_reader(uuid.UUID, uuid.UUID, _UUID)),
    ipaddress.IPv4Address: _both(
        _text_reader(ipaddress.IPv4Address, ipaddress.IPv4Address),
    ),
    ipaddress.IPv6Address: _both(
        _text_reader(ipaddress.IPv6Address, ipaddress.IPv6Address),
    ),
    Path: _both(_text_reader(Path, Path)),
}

#: Types that are read here, enumerations aside.
SCALARS: Final = tuple(_READERS)


def _write_moment(moment: dt.datetime | dt.time) -> str:
    text = moment.isoformat()
    return f'{text[:-6]}Z' if text.endswith('+00:00') else text


#: Type → how its values are written as text.
TEXT_WRITERS: Final[Mapping[type[Any], Writer]] = {
    Decimal: str,
    dt.datetime: _write_moment,
    dt.date: dt.date.isoformat,
    dt.time: _write_moment,
    dt.timedelta: duration_iso_string,
    uuid.UUID: str,
    ipaddress.IPv4Address: str,
    ipaddress.IPv6Address: str,
    PurePath: str,
}


def write_base64(content: bytes) -> str:
    """Return *content* as formats without bytes write it."""
    return base64.b64encode(content).decode('ascii')
