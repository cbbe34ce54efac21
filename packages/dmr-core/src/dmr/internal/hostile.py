"""One boundary for hostile bytes, the same for every parser.

What no honest client sends is refused with a short message before or after
the real parser has seen it: nesting without end, lone surrogates, numbers
that are none.
"""

import json
import math
import re
from typing import Any, Final

from dmr.exceptions import DataParsingError
from dmr.internal.conf import max_nesting_depth

_ESCAPE: Final = re.compile(rb'\\.', re.DOTALL)
_STRING: Final = re.compile(rb'"[^"]*"')
_SURROGATE: Final = re.compile(rb'\\u[dD][89abAB]|\\u[dD][c-fC-F]')
_STRUCTURE: Final = b'[]{}"'
_NOT_STRUCTURE: Final = bytes(
    code for code in range(256) if code not in _STRUCTURE
)
_AS_SQUARE: Final = bytes.maketrans(b'{}', b'[]')


def reject_deep_nesting(body: bytes | bytearray) -> None:
    """Refuse JSON that is nested deeper than the setting allows.

    Counting opening brackets settles it for nearly every body; only what has
    more of them than levels are allowed is looked at closely.

    Raises:
        DataParsingError: *body* is nested too deep.
    """
    limit = max_nesting_depth()
    if body.count(b'[') + body.count(b'{') > limit and _is_deep(body, limit):
        raise too_deep()


def too_deep() -> DataParsingError:
    """Return the error for a body that is nested too deep."""
    return DataParsingError(
        f'Body is nested deeper than {max_nesting_depth()} levels',
    )


def reject_lone_surrogates(body: bytes | bytearray, parsed: Any) -> None:
    """Refuse strings that are no Unicode, which JSON escapes can write.

    Raises:
        DataParsingError: *parsed*, read from *body*, has a lone surrogate.
    """
    if _SURROGATE.search(body) is None:
        return
    try:
        json.dumps(parsed, ensure_ascii=False).encode()
    except UnicodeEncodeError as exc:
        raise DataParsingError('Body has a lone surrogate') from exc


def finite_float(text: str) -> float:
    """Return *text* as a float.

    Raises:
        ValueError: the number is beyond what a float can hold.
    """
    number = float(text)
    if math.isinf(number):
        raise ValueError('Number is out of range')
    return number


def reject_constant(name: str) -> None:
    """Refuse ``NaN`` and ``Infinity``, which are no JSON.

    Raises:
        ValueError: always.
    """
    raise ValueError(f'{name} is not valid JSON')


def _is_deep(body: bytes | bytearray, limit: int) -> bool:
    if b'\\' in body:
        body = _ESCAPE.sub(b'', body)
    nesting = bytes(body).translate(_AS_SQUARE, _NOT_STRUCTURE)
    nesting = nesting.replace(b'""', b'')
    if b'"' in nesting:
        nesting = _STRING.sub(b'', nesting)
    too_many = b'[' * (limit + 1)
    # Every round takes the innermost level away.
    for _ in range(limit):
        if too_many in nesting:
            return True
        inner = nesting.replace(b'[]', b'')
        if len(inner) == len(nesting):
            # Brackets do not match: the parser will say so.
            return False
        nesting = inner
    return bool(nesting)
