"""The boundary for hostile bytes, compared with slow and simple functions."""

import json
import math

import pytest
from django.test import override_settings
from hypothesis import example, given
from hypothesis import strategies as st

from dmr.exceptions import DataParsingError
from dmr.internal.hostile import (
    finite_float,
    is_ordinary_json,
    reject_constant,
    reject_deep_nesting,
    reject_lone_surrogates,
)

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('[]{}"\\a'),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text('[]{}"\\b', max_size=4), inner, max_size=3)
    ),
    max_leaves=20,
)


def _depth(parsed: object) -> int:
    """Return how deep *parsed* is nested, 0 for a scalar."""
    if isinstance(parsed, dict):
        return 1 + max(map(_depth, parsed.values()), default=0)
    if isinstance(parsed, list):
        return 1 + max(map(_depth, parsed), default=0)
    return 0


def _is_refused(body: bytes) -> bool:
    try:
        reject_deep_nesting(body)
    except DataParsingError:
        return True
    return False


@given(_JSON, st.integers(1, 12))
@example([[[]]], 2)
@example([[[]]], 3)
@example({'a]': ['[[[['], '"': {}}, 2)
@example(['\\', '[[[['], 1)
@example(['\\"[[[['], 1)
def test_nesting_is_counted_exactly(parsed: object, limit: int) -> None:
    """Brackets in strings do not count, escaped quotes do not end them."""
    body = json.dumps(parsed).encode()

    with override_settings(DMR_SETTINGS={'max_nesting_depth': limit}):
        refused = _is_refused(body)

    assert refused is (_depth(parsed) > limit)


@given(st.binary(max_size=200), st.integers(1, 4))
@example(b'[[[[[', 2)
@example(b'"[[[[[', 2)
@example(b']]]][[[[[', 2)
@example(b'[}[}[}[}', 2)
def test_any_bytes_are_looked_at_without_a_fault(
    body: bytes,
    limit: int,
) -> None:
    """Malformed bodies are left to the parser, or refused."""
    with override_settings(DMR_SETTINGS={'max_nesting_depth': limit}):
        assert _is_refused(body) in {True, False}
        assert is_ordinary_json(body) in {True, False}


@given(_JSON)
def test_ordinary_json_is_recognized(parsed: object) -> None:
    """What honest clients send is not suspicious."""
    assert is_ordinary_json(json.dumps(parsed, ensure_ascii=False).encode())


@pytest.mark.parametrize(
    'body',
    [b'1e400', b'{"a":1E+4000}', b'9' * 400, b'"\xff"', b'[' * 129],
)
def test_suspicious_json_is_recognized(body: bytes) -> None:
    """What a fast decoder would overlook is given to a parser."""
    assert not is_ordinary_json(body)


@given(st.text(st.characters(min_codepoint=0xD7F0, max_codepoint=0xE010)))
@example('\ud83d\ude00')
def test_lone_surrogates_are_found(text: str) -> None:
    """Whatever JSON escapes write, only whole characters pass."""
    body = json.dumps([text]).encode()
    parsed = json.loads(body)
    try:
        parsed[0].encode()
    except UnicodeEncodeError:
        with pytest.raises(DataParsingError, match='Body has a lone surrogate'):
            reject_lone_surrogates(body, parsed)
    else:
        reject_lone_surrogates(body, parsed)


@pytest.mark.parametrize('text', ['1e400', '-1e400', '1e999999'])
def test_float_out_of_range_is_refused(text: str) -> None:
    """Infinity is no number of JSON."""
    with pytest.raises(ValueError, match='Number is out of range'):
        finite_float(text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_finite_float_is_exact(number: float) -> None:
    """Every float survives."""
    assert math.copysign(1, number) == math.copysign(
        1,
        finite_float(repr(number)),
    )
    assert number == finite_float(repr(number))


@pytest.mark.parametrize('name', ['NaN', 'Infinity', '-Infinity'])
def test_constants_are_refused(name: str) -> None:
    """The standard library would accept them."""
    with pytest.raises(ValueError, match=f'{name} is not valid JSON'):
        reject_constant(name)
