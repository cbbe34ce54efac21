"""Pydantic can be told what to do with what is no number."""

from typing import Any

import pydantic
import pytest
from packaging import version

from dmr.plugins.pydantic.adapters import adapter
from dmr.plugins.pydantic.rewriting import (
    serializer_with_constants,
    validator_of_finite,
)

pytestmark = [
    pytest.mark.any_django,
    pytest.mark.skipif(
        version.parse(pydantic.VERSION) < version.parse('2.13'),
        reason='Pydantic takes what it has made for models before.',
    ),
]


class _Price(pydantic.BaseModel):
    amount: float
    note: str | None = None


class _Order(pydantic.BaseModel):
    prices: list[_Price]
    by_name: dict[str, _Price] = {}
    either: tuple[float, ...] = ()


class _Tree(pydantic.BaseModel):
    weight: float = 0.0
    children: list['_Tree'] = []


_NAN = float('nan')


@pytest.mark.parametrize(
    ('structure', 'written'),
    [
        (_Price(amount=_NAN), b'{"amount":NaN,"note":null}'),
        (
            _Order(prices=[_Price(amount=_NAN)]),
            b'{"prices":[{"amount":NaN,"note":null}],"by_name":{},"either":[]}',
        ),
        (
            _Order(
                prices=[],
                by_name={'a': _Price(amount=float('inf'))},
                either=(_NAN,),
            ),
            (
                b'{"prices":[],"by_name":{"a":{"amount":Infinity,"note":null}},'
                b'"either":[NaN]}'
            ),
        ),
        (
            _Tree(children=[_Tree(weight=-float('inf'))]),
            b'{"weight":0.0,"children":[{"weight":-Infinity,"children":[]}]}',
        ),
    ],
)
def test_constants_are_written_wherever_they_are(
    structure: Any,
    written: bytes,
) -> None:
    """Models inside of models, lists, dictionaries and themselves."""
    serializer = serializer_with_constants(adapter(type(structure)).core_schema)

    assert serializer is not None
    assert written == serializer.to_json(structure)


@pytest.mark.parametrize(
    ('model', 'body'),
    [
        (_Price, b'{"amount":1e999}'),
        (_Price, b'{"amount":NaN}'),
        (_Order, b'{"prices":[{"amount":-1e999}]}'),
        (_Order, b'{"prices":[],"by_name":{"a":{"amount":Infinity}}}'),
        (_Tree, b'{"children":[{"weight":1e999}]}'),
        (list[float], b'[1,1e999]'),
    ],
)
def test_infinities_are_refused_wherever_they_are(
    model: Any,
    body: bytes,
) -> None:
    """Models inside of models, lists, dictionaries and themselves."""
    validator = validator_of_finite(adapter(model).core_schema)

    assert validator is not None
    with pytest.raises(pydantic.ValidationError, match='finite'):
        validator.validate_json(body)


def test_models_keep_their_class() -> None:
    """What is read is an instance of the model of the user."""
    validator = validator_of_finite(adapter(_Order).core_schema)

    assert validator is not None
    assert _Order(prices=[_Price(amount=1.5)]) == validator.validate_json(
        b'{"prices":[{"amount":1.5}]}',
    )
