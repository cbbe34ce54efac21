"""What only CBOR can hide is refused, whatever the bytes are."""

import math
from typing import Any

import cbor2
import pytest
from django.test import RequestFactory, override_settings
from hypothesis import given
from hypothesis import strategies as st

from dmr.exceptions import DataParsingError, DataRenderingError
from dmr.serializer import BaseSerializer
from dmr_cbor import CborParser, CborRenderer

REQUEST = RequestFactory().post('/')
#: Tags that are read: moments and big integers.
READ = {0, 1, 2, 3}


def parse(body: bytes) -> Any:
    return CborParser().parse(body, request=REQUEST, model=Any)


def render(structure: Any) -> bytes:
    return CborRenderer().render(structure, BaseSerializer.serialize_hook)


@pytest.mark.parametrize('tag', sorted({*range(300), 1004, 43000} - READ))
def test_other_tags_are_refused(tag: int) -> None:
    """Also those that cbor2 would know, and those of its next version."""
    for content in (1, 'a', b'a', [1, 2], {'a': 1}):
        with pytest.raises(DataParsingError, match=f'Tag {tag} is not'):
            parse(b'\xd9' + tag.to_bytes(2) + cbor2.dumps(content))


@pytest.mark.parametrize('limit', [1, 3, 128])
@pytest.mark.parametrize(
    ('start', 'innermost'),
    [
        (b'\x81', b'\x80'),
        (b'\xa1\x61a', b'\xa0'),
        (b'\x81', b'\x81\xc1\x01'),
        (b'\x81', b'\x81\xc2\x41\x01'),
    ],
)
def test_nesting_is_limited_exactly(
    limit: int,
    start: bytes,
    innermost: bytes,
) -> None:
    """The setting is the deepest that passes; tags are no levels."""
    with override_settings(DMR_SETTINGS={'max_nesting_depth': limit}):
        parse(start * (limit - 1) + innermost)
        with pytest.raises(DataParsingError, match=f'than {limit} levels'):
            parse(start * limit + innermost)


@given(st.binary(max_size=40))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    """Never another exception, and what is read can be written."""
    try:
        parsed = parse(body)
    except DataParsingError:
        return

    assert render(parsed)


_plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec='utf-8'))
    | st.binary(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.text(st.characters(codec='utf-8')) | st.integers(),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(_plain)
def test_plain_data_come_back(structure: Any) -> None:
    """What is written is read as the same."""
    parsed = parse(render(structure))

    assert structure == parsed


@given(_plain, st.sampled_from([math.nan, math.inf, -math.inf]))
def test_numbers_without_end_are_never_written(
    structure: Any,
    number: float,
) -> None:
    """Wherever they stand."""
    with pytest.raises(DataRenderingError, match='NaN or Infinity'):
        render([structure, {'a': [number]}])


def _cycle() -> list[Any]:
    items: list[Any] = []
    items.append(items)
    return items


def _deep() -> Any:
    nested: Any = 1
    for _ in range(2000):
        nested = [nested]
    return nested


@pytest.mark.parametrize('structure', [_cycle(), [_cycle()], _deep()])
def test_nesting_without_end_is_not_written(structure: Any) -> None:
    """It would end the process."""
    with pytest.raises(DataRenderingError, match='nested too deep'):
        render(structure)
