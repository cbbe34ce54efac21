"""One boundary for hostile bytes, the same for every parser.

What no honest client sends is refused with a short message before or after
the real parser has seen it: nesting without end, lone surrogates, numbers
that are none.
"""

import json
import math
import re
from itertools import accumulate
from typing import Any, Final

from dmr.exceptions import DataParsingError
from dmr.internal.conf import max_nesting_depth

_STRING: Final = re.compile(rb'"[^"]*"')
_SURROGATE: Final = re.compile(rb'\\u[dD][89abAB]|\\u[dD][c-fC-F]')
_STRUCTURE: Final = b'[]{}"'
_NOT_STRUCTURE: Final = bytes(
    code for code in range(256) if code not in _STRUCTURE
)
_AS_SQUARE: Final = bytes.maketrans(b'{}', b'[]')
_AS_STEPS: Final = bytes.maketrans(b'[]', b'\x01\xff')
_HONEST_LEVELS: Final = 8

# Digits and their sign become 0, what starts an exponent becomes e.
_AS_NUMBERS: Final = bytes.maketrans(
    bytes(range(256)),
    bytes(
        ord('0')
        if code in b'0123456789+'
        else ord('e')
        if code in b'eE'
        else ord(' ')
        for code in range(256)
    ),
)
_LONG_BODY: Final = 64 * 1024
_LONG_EXPONENT: Final = b'0e000'
_LONG_NUMBER: Final = b'0' * 200
#: Python reads no number that is longer; of a long body each such byte is read.
_MAX_DIGITS: Final = 4300
_SAMPLED: Final = 256


def reject_deep_nesting(body: bytes | bytearray) -> None:
    """Refuse JSON that is nested deeper than the setting allows.

    Counting opening brackets settles it for most bodies; only what has more
    of them than levels are allowed is looked at closely.

    Raises:
        DataParsingError: *body* is nested too deep.
    """
    if _is_deep(body, max_nesting_depth()):
        raise too_deep()


def is_ordinary_json(body: bytes | bytearray) -> bool:
    """Tell whether JSON is certain to have nothing hostile in it.

    For decoders that skip what a model does not ask for: they look neither at
    the range of numbers nor at characters there. ``False`` means that a parser
    has to read everything. Costs 1.5 ms for 1 MB of small objects.
    """
    # Fewer than 200 digits and an exponent below 100 always fit in a float.
    numbers = body.translate(_AS_NUMBERS)
    if numbers.rfind(_LONG_EXPONENT) >= 0:
        return False
    size = len(body)
    if size >= len(_LONG_NUMBER) and _LONG_NUMBER in numbers:
        return False
    if not body.isascii() and not _is_utf8(body):
        return False
    limit = max_nesting_depth()
    return size <= limit or not _is_deep(body, limit)


def is_long_json(body: bytes | bytearray) -> bool:
    """Tell whether nobody looks at what a model skips in this JSON.

    What is skipped reaches nobody, whatever it is. In short bodies it is
    refused all the same, as a parser does that reads everything; in long ones
    looking for it would take longer than reading. Numbers without end are
    found there, too.
    """
    if len(body) <= _LONG_BODY:
        return False
    sample = body[::_SAMPLED].translate(_AS_NUMBERS)
    return _LONG_NUMBER[: _MAX_DIGITS // _SAMPLED] not in sample


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


def _is_utf8(body: bytes | bytearray) -> bool:
    try:
        str(body, 'utf-8')
    except UnicodeDecodeError:
        return False
    return True


def _is_deep(body: bytes | bytearray, limit: int) -> bool:
    if len(body) <= limit:
        return False
    structure = body.translate(_AS_SQUARE, _NOT_STRUCTURE)
    if structure.count(b'[') <= limit:
        return False
    if b'\\' in body:
        body = body.replace(b'\\\\', b'').replace(b'\\"', b'')
        structure = body.translate(_AS_SQUARE, _NOT_STRUCTURE)
    if structure.count(b'""') * 2 != structure.count(b'"'):
        # Some strings have brackets in them.
        structure = _STRING.sub(b'', structure.replace(b'""', b''))
    return _is_nested(structure.translate(None, b'"'), limit)


def _is_nested(brackets: bytes | bytearray, limit: int) -> bool:
    # Every round takes the innermost level away, honest bodies have few.
    for level in range(min(limit, _HONEST_LEVELS)):
        if b'[' * (limit - level + 1) in brackets:
            return True
        inner = brackets.replace(b'[]', b'')
        if len(inner) == len(brackets):
            # Nothing is left, or brackets do not match: the parser says so.
            return False
        brackets = inner
    steps = memoryview(brackets.translate(_AS_STEPS)).cast('b')
    deepest = max(accumulate(steps), default=0)
    return deepest > limit - min(limit, _HONEST_LEVELS)
