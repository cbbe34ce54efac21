"""Decode CBOR, and refuse what no honest client sends.

Cbor2 does the work. It knows many tags, some of which make objects that are
expensive or that contain themselves; here only harmless ones are let through.
What cannot be told to cbor2 is looked for afterwards, in bodies that may have
it at all.
"""

from collections.abc import Callable, Mapping
from io import BytesIO
from types import NoneType
from typing import Any, Final, NoReturn

import cbor2

from dmr.exceptions import DataParsingError
from dmr.limits import check_parsed, max_nesting_depth, too_deep
from dmr_cbor.nesting import is_nested_deeper
from dmr_cbor.suspicion import (
    has_special_values,
    is_like_json,
    may_be_deep,
    may_be_odd,
)

#: Says at the start of a body that it is CBOR.
_MARK: Final = b'\xd9\xd9\xf7'

#: Bytes of the biggest integer, it has 4300 digits in decimals.
_MAX_INTEGER_SIZE: Final = 1785

#: What keys of objects can be.
_KEYS: Final = frozenset((str, int, bytes, bool, float, NoneType))

#: Tags that cbor2 knows and that are refused. It asks about unknown ones.
_REFUSED_TAGS: Final = (
    *(4, 5),  # decimals, whose exponents can be astronomical
    *(25, 256),  # references to strings
    *(28, 29),  # shared values, which can be cycles
    *(30, 43000),  # fractions, complex numbers
    *(35, 36),  # regular expressions, mails
    *(37, 52, 54, 260, 261),  # identifiers and addresses, which are text
    *(100, 1004),  # days, which are text
    258,  # sets, which are arrays
    55799,  # the mark, which may only stand at the start
)


def decode(body: bytes) -> Any:
    """Return what *body* means.

    Raises:
        DataParsingError: it is not CBOR, or is not accepted.
    """
    # Cbor2 makes tuples of the arrays below it, as below all foreign tags.
    body = body.removeprefix(_MARK)
    stream = BytesIO(body)
    try:
        parsed = cbor2.CBORDecoder(
            stream,
            tag_hook=_refuse_tag,
            object_hook=_with_plain_keys,
            semantic_decoders=_DECODERS,
            # Tags count as levels. The exact depth is looked at below.
            max_depth=max_nesting_depth() + 1,
            allow_duplicate_keys=False,
        ).decode()
    except (cbor2.CBORDecodeError, ValueError, OverflowError) as exc:
        raise _error(exc) from exc
    except RecursionError as exc:
        raise too_deep() from exc
    if stream.tell() != len(body):
        raise DataParsingError('Body has bytes after its end')
    if may_be_deep(body) and is_nested_deeper(parsed, max_nesting_depth()):
        raise too_deep()
    if may_be_odd(body) and not is_like_json(parsed):
        check_parsed(parsed)
        _reject_special_values(parsed)
    return parsed


def _reject_special_values(parsed: Any) -> None:
    if has_special_values(parsed):
        raise DataParsingError('Undefined and simple values are not accepted')


def _error(exc: Exception) -> DataParsingError:
    cause = exc.__cause__
    if isinstance(cause, DataParsingError):
        return cause
    if 'nesting depth' in str(exc):
        return too_deep()
    if isinstance(exc, cbor2.CBORDecodeEOF):
        return DataParsingError('Body ends too early')
    # What cbor2 says can have parts of the body in it.
    return DataParsingError('Body is not valid CBOR')


def _refuse_tag(tag: cbor2.CBORTag, _immutable: bool) -> NoReturn:
    raise DataParsingError(f'Tag {tag.tag} is not supported')


def _with_plain_keys(
    members: Mapping[Any, Any],
    _immutable: bool,
) -> Mapping[Any, Any]:
    if not _KEYS.issuperset(map(type, members)):
        raise DataParsingError('Keys of objects must be text or numbers')
    return members


def _refuse(number: int) -> Callable[[Any, bool], Any]:
    def refuse(_content: Any, _immutable: bool) -> NoReturn:
        raise DataParsingError(f'Tag {number} is not supported')

    return refuse


def _positive(content: Any, _immutable: bool) -> int:
    if not isinstance(content, bytes):
        raise DataParsingError('A big integer must be bytes')
    if len(content) > _MAX_INTEGER_SIZE:
        raise DataParsingError('Number is out of range')
    return int.from_bytes(content)


def _negative(content: Any, immutable: bool) -> int:
    return -1 - _positive(content, immutable)


_DECODERS: Final[Mapping[int, Callable[[Any, bool], Any]]] = {
    **{number: _refuse(number) for number in _REFUSED_TAGS},
    2: _positive,
    3: _negative,
}
