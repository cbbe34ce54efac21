"""Numbers with fractions are found in JSON, wherever they are."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmr.internal.fractions import may_have_fractions

_INTEGERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inside: st.one_of(
        st.lists(inside, max_size=3),
        st.dictionaries(st.text(), inside, max_size=3),
    ),
    max_leaves=8,
)


@pytest.mark.parametrize(
    ('body', 'expected'),
    [
        (b'1.5', True),
        (b' -1.5', True),
        (b'1e5', True),
        (b'[1E5]', True),
        (b'[1, 2.5]', True),
        (b'{"x": -0.5}', True),
        (b'{"x":\r\n\t1e-5}', True),
        (b'', False),
        (b'15', False),
        (b'[1, -2]', False),
        (b'{"x":"1.5","y":["-1e5"]}', False),
        (b'{"price.net": "1.50", "e": true}', False),
        # Text that only looks like a number.
        (b'["1, 2.5"]', True),
    ],
)
def test_fractions_are_found(body: bytes, *, expected: bool) -> None:
    """Signs and space do not hide them, quotes do."""
    assert expected == may_have_fractions(body)


@given(
    _INTEGERS,
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.sampled_from([None, 1]),
)
def test_no_fraction_is_overlooked(
    around: Any,
    number: str,
    indent: int | None,
) -> None:
    """Beside and inside of anything."""
    body = json.dumps(
        [around, {'x': [around, '<here>']}, around], indent=indent
    )

    assert may_have_fractions(body.replace('"<here>"', number).encode())
