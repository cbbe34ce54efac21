"""Which models are decoded in one pass."""

import datetime as dt
import decimal
from typing import Any

import msgspec
import pytest

from dmr.plugins.msgspec.shapes import (
    Shape,
    is_one_pass_without_fractions,
    shape_of,
    takes_floats,
)

pytestmark = pytest.mark.any_django


class _Open(msgspec.Struct):
    x: int


class _Closed(msgspec.Struct, forbid_unknown_fields=True):
    x: int
    when: dt.datetime | None = None


class _Tree(msgspec.Struct, forbid_unknown_fields=True):
    children: list['_Tree']


class _Price(msgspec.Struct):
    amount: decimal.Decimal


class _Raw(msgspec.Struct):
    content: msgspec.Raw


class _Foreign:
    """Nothing that msgspec knows."""


@pytest.mark.parametrize(
    ('model', 'one_pass', 'skips', 'endless', 'floats', 'foreign'),
    [
        (int, True, False, False, False, False),
        (list[int], True, False, False, False, False),
        (dict[str, Any], True, False, True, True, True),
        (_Open, True, True, False, False, False),
        (list[_Open | None], True, True, False, False, False),
        (_Closed, True, False, False, False, False),
        (float | None, True, False, False, True, False),
        (_Tree, True, False, True, False, False),
        (dict[int, int], False, False, False, True, True),
        (_Price, False, True, False, True, True),
        (dict[str, _Price], False, True, False, True, True),
        (_Raw, False, True, True, True, True),
        (_Foreign, False, False, False, True, True),
        ('not a model', False, True, True, True, True),
    ],
)
def test_shapes(
    model: Any,
    *,
    one_pass: bool,
    skips: bool,
    endless: bool,
    floats: bool,
    foreign: bool,
) -> None:
    """Everything inside a model counts."""
    expected = Shape(
        one_pass=one_pass,
        skips=skips,
        endless=endless,
        floats=floats,
        foreign=foreign,
    )

    assert expected == shape_of(model)


class _Either(msgspec.Struct):
    amount: decimal.Decimal | float


class _PriceOrNone(msgspec.Struct):
    amount: decimal.Decimal | None


class _PriceAndMore(msgspec.Struct):
    amount: decimal.Decimal
    more: Any


@pytest.mark.parametrize(
    ('model', 'one_pass', 'floats'),
    [
        (_Price, True, False),
        (list[_PriceOrNone], True, False),
        (_Open, True, False),
        (_Either, False, True),
        (_PriceAndMore, False, True),
        (dict[int, decimal.Decimal], False, True),
        (_Foreign, False, True),
        ('not a model', False, True),
    ],
)
def test_decimals_are_the_same_without_fractions(
    model: Any,
    *,
    one_pass: bool,
    floats: bool,
) -> None:
    """Unless they might be something else, and they are no floats."""
    assert (one_pass, floats) == (
        is_one_pass_without_fractions(model),
        takes_floats(model),
    )
