"""What only MessagePack can hide: nesting without brackets, packed ``NaN``.

The ``may_*`` functions look at the bytes, cheaply; they are wrong in one
direction only. The exact answers are read from parsed data, and are needed for
suspicious bodies alone.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, Final, TypeAlias

import msgspec

from dmr.exceptions import DataParsingError
from dmr.limits import max_nesting_depth

_Packed: TypeAlias = 'msgspec.Raw | bytes | bytearray'

_CONTAINERS: Final = bytes((*range(0x80, 0xA0), *range(0xDC, 0xE0)))
_NOT_CONTAINERS: Final = bytes(
    code for code in range(256) if code not in _CONTAINERS
)
_ARRAYS: Final = frozenset((*range(0x90, 0xA0), 0xDC, 0xDD))
_HONEST_LEVELS: Final = 8

# Floats of 64 and 32 bits whose exponent, 11 or 8 bits, has only ones.
_LONG_NAN: Final = re.compile(rb'\xcb[\x7f\xff][\xf0-\xff]')
_SHORT_NAN: Final = re.compile(rb'\xca[\x7f\xff][\x80-\xff]')

_read = msgspec.msgpack.Decoder().decode
_items = msgspec.msgpack.Decoder(list[msgspec.Raw]).decode
_members = msgspec.msgpack.Decoder(dict[Any, msgspec.Raw]).decode


def may_be_deep(body: bytes | bytearray) -> bool:
    """Tell whether *body*, well-formed, may be nested too deep.

    Costs 1 ms for 1 MB of small objects, nothing for small bodies.
    """
    limit = max_nesting_depth()
    packed: Iterable[_Packed] = (body,)
    for allowed in range(limit, max(limit - _HONEST_LEVELS, 0), -1):
        packed = [
            child
            # Every container takes at least one byte.
            for raw in packed
            if len(raw) > allowed
            if _has_containers(content := bytes(raw), allowed)
            for child in _children(content)
        ]
        if not packed:
            return False
    return True


def is_deep(parsed: Any) -> bool:
    """Tell whether *parsed*, made of primitives, is nested too deep."""
    level = [parsed]
    for _ in range(max_nesting_depth()):
        level = _inside(level)
        if not level:
            return False
    return any(isinstance(item, dict | list | tuple) for item in level)


def may_have_nan(packed: bytes | bytearray) -> bool:
    """Tell whether there may be a ``NaN`` or an infinity in *packed*."""
    return bool(_LONG_NAN.search(packed) or _SHORT_NAN.search(packed))


def has_nan(packed: bytes) -> bool:
    """Tell whether there is a ``NaN`` or an infinity in our own *packed*."""
    # Msgspec writes long floats only.
    return bool(_LONG_NAN.search(packed)) and not is_finite(_read(packed))


def is_finite(parsed: Any) -> bool:
    """Tell whether all numbers in *parsed*, made of primitives, are finite."""
    try:
        written = msgspec.json.encode(parsed)
    except (ValueError, TypeError):
        # JSON has limits that MessagePack has not, for keys.
        pass
    else:
        # This is how msgspec writes what is no number, the last two as keys.
        if not any(sign in written for sign in (b'null', b'nan"', b'inf"')):
            return True
    try:
        json.dumps(
            parsed,
            allow_nan=False,
            check_circular=False,
            default=str,
            skipkeys=True,
        )
    except ValueError:
        return False
    return True


def refuse_extension(code: int, _content: memoryview) -> Any:
    """Refuse extension types, timestamps aside: nobody knows what they mean.

    Raises:
        DataParsingError: always.
    """
    raise DataParsingError(f'Extension type {code} is not supported')


def _inside(containers: list[Any]) -> list[Any]:
    inside: list[Any] = []
    for container in containers:
        if isinstance(container, dict | list | tuple):
            inside.extend(container)  # pyright: ignore[reportUnknownArgumentType]
        if isinstance(container, dict):
            inside.extend(container.values())  # pyright: ignore[reportUnknownArgumentType]
    return inside


def _has_containers(raw: bytes, allowed: int) -> bool:
    return (
        raw[0] in _CONTAINERS
        and len(raw.translate(None, _NOT_CONTAINERS)) > allowed
    )


def _children(raw: bytes) -> Iterable[_Packed]:
    if raw[0] in _ARRAYS:
        return _items(raw)
    members = _members(raw)
    if any(isinstance(key, tuple) for key in members):
        # Keys can be nested too, which nobody does: let it look suspicious.
        return (raw,)
    return members.values()
