"""Looking at MessagePack without reading it."""

import struct
from typing import Any

import msgspec
import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from dmr.plugins.msgspec.hostile import (
    has_nan,
    is_deep,
    is_finite,
    may_be_deep,
    may_have_nan,
)

pytestmark = pytest.mark.any_django

_DATA = st.recursive(
    st.one_of(
        st.none(),
        st.integers(-(2**63), 2**64 - 1),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=50),
        st.binary(max_size=50),
    ),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3),
        st.dictionaries(
            st.text(max_size=3) | st.just((1, (2,))),
            inside,
            max_size=3,
        ),
    ),
    max_leaves=20,
)


def _depth(data: Any) -> int:
    if isinstance(data, dict):
        return 1 + max(map(_depth, [*data, *data.values()]), default=0)
    if isinstance(data, list | tuple):
        return 1 + max(map(_depth, data), default=0)
    return 0


@given(_DATA, st.integers(1, 12))
def test_depth_is_exact(data: Any, limit: int) -> None:
    """The quick look is never wrong about what is harmless."""
    packed = msgspec.msgpack.encode(data)

    with override_settings(DMR_SETTINGS={'max_nesting_depth': limit}):
        assert (_depth(data) > limit) == is_deep(data)
        assert may_be_deep(packed) or not is_deep(data)


@given(_DATA)
def test_finite_numbers_are_accepted(data: Any) -> None:
    """Whatever bytes they are made of."""
    assert is_finite(data)
    assert not has_nan(msgspec.msgpack.encode(data))


@given(_DATA, st.sampled_from([float('nan'), float('inf'), -float('inf')]))
def test_others_are_found(data: Any, number: float) -> None:
    """However deep they are hidden."""
    hidden = [data, {'a': [number]}]

    assert not is_finite(hidden)
    assert has_nan(msgspec.msgpack.encode(hidden))


@pytest.mark.parametrize('number', [float('nan'), float('inf'), -float('inf')])
def test_short_floats_are_looked_at(number: float) -> None:
    """Clients may write floats with 32 bits."""
    assert may_have_nan(b'\xca' + struct.pack('>f', number))
    assert not may_have_nan(b'\xca' + struct.pack('>f', 3.4e38))


def test_keys_may_be_no_number() -> None:
    """JSON could not say so."""
    assert not is_finite({float('nan'): 1})
    assert is_finite({b'bytes': 1, (1, 2): None})
