"""What no request body may have, whatever its format.

For authors of parsers and of fast decoders. A parser that makes plain data of
bytes calls `check_parsed` with the result, and has done what the contract asks
for. Who reads JSON straight into models looks at the bytes before.
"""

import math
from collections.abc import Iterable
from typing import Any, Final, cast

from dmr.exceptions import DataParsingError
from dmr.internal.conf import max_nesting_depth as max_nesting_depth
from dmr.internal.fractions import may_have_fractions as may_have_fractions
from dmr.internal.hostile import is_long_json as is_long_json
from dmr.internal.hostile import is_ordinary_json as is_ordinary_json
from dmr.internal.hostile import reject_deep_nesting as reject_deep_nesting
from dmr.internal.hostile import too_deep as too_deep

#: Bits of the biggest integer: it has 4300 digits, as many as Python prints.
_MAX_INTEGER_BITS: Final = 14_284

_CONTAINERS: Final = frozenset((dict, list, tuple, set, frozenset))


def check_parsed(parsed: Any) -> None:
    """Refuse what was *parsed* if no honest client would send it.

    That is: nested deeper than the ``max_nesting_depth`` setting; ``NaN``,
    an infinity or an integer of more than 4300 digits; text with a lone
    surrogate; a container that is in it twice, by a reference to another part
    of the body or to itself.

    Looks at every value once, 0.3 µs each. Values of other types than those
    that formats have are left alone.

    >>> from dmr.limits import check_parsed
    >>> check_parsed({'a': [1, 'b', None]})
    >>> check_parsed([float('nan')])
    Traceback (most recent call last):
        ...
    dmr.exceptions.DataParsingError: NaN and Infinity are not accepted

    Raises:
        DataParsingError: the message says what it is.
    """
    limit = max_nesting_depth()
    level: list[Any] = [parsed]
    seen: set[int] = set()
    depth = 0
    while containers := _check_level(level, seen):
        depth += 1
        if depth > limit:
            raise too_deep()
        level = [one for each in containers for one in _inside(each)]


def _check_level(level: Iterable[Any], seen: set[int]) -> list[Any]:
    """Check all values of one level, return the containers among them."""
    containers: list[Any] = []
    for one in level:
        kind = cast('type[Any]', type(one))
        if kind is str:
            if not one.isascii():
                _check_text(one)
        elif kind is float:
            if not math.isfinite(one):
                raise DataParsingError('NaN and Infinity are not accepted')
        elif kind is int:
            if one.bit_length() > _MAX_INTEGER_BITS:
                raise DataParsingError('Number is out of range')
        elif kind in _CONTAINERS:
            # There is only one empty tuple.
            if id(one) in seen and one:
                raise DataParsingError('Body refers to a part of itself')
            seen.add(id(one))
            containers.append(one)
    return containers


def _inside(container: Any) -> Iterable[Any]:
    if type(container) is dict:
        members = cast('dict[Any, Any]', container)
        return [*members, *members.values()]
    return cast('Iterable[Any]', container)


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as exc:
        raise DataParsingError('Body has a lone surrogate') from exc
