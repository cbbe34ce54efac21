"""Renderers write what their format allows, or say that they cannot."""

import datetime as dt
import decimal
import uuid
from typing import Any

import pytest

from dmr.exceptions import DataRenderingError
from dmr.serializer import BaseSerializer
from tests.contract.subjects import (
    FORMATS,
    PAIRS,
    REQUEST,
    DataclassPoint,
    Format,
    case_id,
)


def _cycle() -> list[Any]:
    items: list[Any] = []
    items.append(items)
    return items


_IMPOSSIBLE = {
    'NaN': float('nan'),
    'infinity': [float('inf')],
    'minus infinity': {'a': float('-inf')},
    'NaN beside null': [None, float('nan')],
    'lone surrogate': ['\ud800'],
    'lone surrogate as key': {'\ud800': 1},
    'unknown type': [object()],
    'cycle': _cycle(),
}


@pytest.mark.parametrize(('serializer', 'format_'), PAIRS, ids=case_id)
@pytest.mark.parametrize('name', _IMPOSSIBLE)
def test_what_cannot_be_written_is_an_error(
    serializer: type[BaseSerializer],
    format_: Format,
    name: str,
) -> None:
    """Never invalid bytes, never another exception."""
    encode = serializer.compile_encoder(format_.renderer, Any)

    with pytest.raises(DataRenderingError):
        encode(_IMPOSSIBLE[name])

    with pytest.raises(DataRenderingError):
        serializer.serialize(_IMPOSSIBLE[name], renderer=format_.renderer)


@pytest.mark.parametrize(('serializer', 'format_'), PAIRS, ids=case_id)
@pytest.mark.parametrize(
    'harmless',
    [
        [None, 1.5],
        ['null', 'NaN', 'Infinity'],
        {'null': None, 'big': 2**63},
        [0.0, -0.0, 5e-324, 1.7976931348623157e308],
        '\x00\x1f\x7f\u2028\U0001f600"\\',
    ],
)
def test_what_only_looks_impossible_is_written(
    serializer: type[BaseSerializer],
    format_: Format,
    harmless: Any,
) -> None:
    """Text may say NaN."""
    encode = serializer.compile_encoder(format_.renderer, Any)

    written = encode(harmless)

    assert harmless == format_.renderer.validation_parser.parse(
        written,
        request=REQUEST,
        model=Any,
    )


@pytest.mark.parametrize(('serializer', 'format_'), PAIRS, ids=case_id)
def test_sets_are_written_as_arrays(
    serializer: type[BaseSerializer],
    format_: Format,
) -> None:
    """Formats have no sets."""
    encode = serializer.compile_encoder(format_.renderer, set[int])

    assert format_.write([1]) == encode({1})
    assert format_.write([2]) == encode(frozenset({2}))


@pytest.mark.parametrize(('serializer', 'format_'), PAIRS, ids=case_id)
def test_dataclasses_are_written_wherever_they_stand(
    serializer: type[BaseSerializer],
    format_: Format,
) -> None:
    """In lists, dictionaries and tuples."""
    encode = serializer.compile_encoder(format_.renderer, Any)

    written = encode({'a': [DataclassPoint(1)], 'b': (DataclassPoint(2),)})

    assert written == format_.write(
        {
            'a': [{'x': 1, 'label': 'none'}],
            'b': [{'x': 2, 'label': 'none'}],
        }
    )


@pytest.mark.parametrize(('serializer', 'format_'), PAIRS, ids=case_id)
def test_the_standard_library_is_written(
    serializer: type[BaseSerializer],
    format_: Format,
) -> None:
    """Dates, identifiers and decimals have a place in every format."""
    structure = {
        'day': dt.date(2020, 1, 2),
        'uid': uuid.UUID(int=1),
        'price': decimal.Decimal('1.10'),
    }

    written = serializer.serialize(structure, renderer=format_.renderer)

    assert written == format_.write(
        {
            'day': '2020-01-02',
            'uid': '00000000-0000-0000-0000-000000000001',
            'price': '1.10',
        }
    )


@pytest.mark.parametrize('format_', FORMATS, ids=case_id)
def test_renderers_name_what_they_write(format_: Format) -> None:
    """The parser for a rendered response is of the same media type."""
    renderer = format_.renderer

    assert format_.parser.content_type == renderer.content_type
    assert renderer.content_type == renderer.validation_parser.content_type
