"""Tell cheaply which bodies need a closer look.

The ``may_*`` functions look at the bytes only; they are wrong in one direction
only. Most bodies are small, or have text and numbers only, and are done.
"""

import json
import re
from collections.abc import Iterable
from typing import Any, Final

import cbor2

from dmr.limits import max_nesting_depth

#: First bytes of arrays and maps.
_CONTAINERS: Final = bytes(range(0x80, 0xC0))
_NOT_CONTAINERS: Final = bytes(
    code for code in range(256) if code not in _CONTAINERS
)

#: Floats without a finite value, of 16, 32 and 64 bits.
_NOT_FINITE: Final = (
    rb'\xf9[\x7c-\x7f\xfc-\xff]'
    rb'|\xfa[\x7f\xff][\x80-\xff]'
    rb'|\xfb[\x7f\xff][\xf0-\xff]'
)
_ODD: Final = re.compile(rb'[\xe0-\xf3\xf7\xf8]|' + _NOT_FINITE)
_ODD_FLOAT: Final = re.compile(_NOT_FINITE)

_look_through: Final = json.JSONEncoder(
    ensure_ascii=False,
    allow_nan=False,
    check_circular=False,
).encode
_SPECIAL: Final = (cbor2.CBORSimpleValue, type(cbor2.undefined))


def may_be_deep(body: bytes) -> bool:
    """Tell whether *body* may be nested deeper than the setting allows."""
    limit = max_nesting_depth()
    return (
        len(body) > limit and len(body.translate(None, _NOT_CONTAINERS)) > limit
    )


def may_be_odd(body: bytes) -> bool:
    """Tell whether *body* may have ``NaN``, or a value that JSON has not."""
    return _ODD.search(body) is not None


def may_have_nan(body: bytes) -> bool:
    """Tell whether *body* may have ``NaN`` or an infinity."""
    return _ODD_FLOAT.search(body) is not None


def is_like_json(parsed: Any) -> bool:
    """Tell whether *parsed*, not nested too deep, has only what JSON has.

    Takes half the time of looking at all values in Python. Text may be any.
    """
    try:
        _look_through(parsed)
    except (ValueError, TypeError, RecursionError):
        return False
    return True


def has_special_values(parsed: Any) -> bool:
    """Tell whether *parsed* has values of CBOR's own; keys have none."""
    inside: Iterable[Any] = ()
    if isinstance(parsed, dict):
        inside = parsed.values()
    elif isinstance(parsed, list):
        inside = parsed
    return isinstance(parsed, _SPECIAL) or any(map(has_special_values, inside))
