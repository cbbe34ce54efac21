"""Where ``null`` in JSON is explained by the model."""

import enum
import math
from typing import Annotated, Any, Generic, TypeVar

import msgspec
import pytest

from dmr.exceptions import DataRenderingError
from dmr.plugins.msgspec import MsgspecJsonRenderer, MsgspecSerializer
from dmr.plugins.msgspec.nulls import explanation_of

_NAN = math.nan
_ItemT = TypeVar('_ItemT')


class _Price(msgspec.Struct):
    amount: float
    note: str | None = None


class _Closed(msgspec.Struct):
    amount: float


class _Optional(msgspec.Struct, rename='camel'):
    best_price: Annotated[float, msgspec.Meta(ge=0)] | None = None


class _Order(msgspec.Struct):
    prices: list[_Price]
    by_name: dict[str, _Price | None] = {}


class _Tree(msgspec.Struct):
    weight: float
    children: list['_Tree'] = []
    parent: '_Tree | None' = None


class _Box(msgspec.Struct, Generic[_ItemT]):
    item: _ItemT


class _Boxes(msgspec.Struct):
    name: _Box[str]
    weight: _Box[float]
    note: str | None = None


class _Rows(msgspec.Struct):
    rows: list[float | None]


class _Array(msgspec.Struct, array_like=True):
    amount: float
    note: str | None = None


class _Anything(msgspec.Struct):
    anything: Any


class _Number(enum.Enum):
    pi = 3.14


class _Numbered(msgspec.Struct):
    number: _Number
    note: str | None = None


class _Parent(msgspec.Struct):
    name: str
    note: str | None = None


class _Child(_Parent):
    weight: float = 0.0


class _Family(msgspec.Struct):
    members: list[_Parent]


@pytest.mark.parametrize(
    ('model', 'is_explained'),
    [
        (_Price, True),
        (list[_Price], True),
        (_Order, True),
        (_Optional, True),
        (_Tree, True),
        (list[_Boxes], True),
        (_Closed, False),
        (list[_Closed], False),
        (_Rows, False),
        (_Array, False),
        (_Anything, False),
        (_Numbered, False),
        (list[float | None], False),
        (dict[str, _Price], False),
        (float, False),
        (Any, False),
    ],
)
def test_models_explain_null(model: Any, *, is_explained: bool) -> None:
    """Structs do, if something can be ``None`` and numbers have names."""
    assert is_explained == (explanation_of(model) is not None)


@pytest.mark.parametrize(
    ('model', 'structure', 'is_explained'),
    [
        (_Price, _Price(1.5), True),
        (_Price, _Price(_NAN), False),
        (_Price, _Closed(1.5), False),
        (list[_Price], [_Price(1.5)], True),
        (list[_Price], [_Price(1.5), _Price(math.inf)], False),
        (list[_Price], [_Price(1.5), None], False),
        (list[_Price], (_Price(1.5),), False),
        (list[_Price], None, False),
        (_Order, _Order([_Price(1.5)], {'a': None}), True),
        (_Order, _Order([_Price(1.5)], {'a': _Price(_NAN)}), False),
        (_Optional, _Optional(1.5), True),
        (_Optional, _Optional(), False),
        (_Tree, _Tree(1.5, [_Tree(2.5)]), True),
        (_Tree, _Tree(1.5, [_Tree(-math.inf)]), False),
        (_Boxes, _Boxes(_Box('a'), _Box(1.5)), True),
        (_Boxes, _Boxes(_Box('a'), _Box(_NAN)), False),
        # Not what is declared.
        (_Boxes, _Boxes(_Box(_NAN), _Box(1.5)), False),
        # Something else may be inside of what is derived.
        (_Family, _Family([_Parent('a')]), False),
        (_Family, _Family([_Child('a', weight=_NAN)]), False),
    ],
)
def test_null_is_explained_where_nothing_else_can_be_meant(
    model: Any,
    structure: Any,
    *,
    is_explained: bool,
) -> None:
    """Numbers write ``null`` as well, and so does what is not declared."""
    explains = explanation_of(model)
    assert explains is not None

    written = msgspec.json.encode(structure)

    assert is_explained == explains(structure, written)


@pytest.mark.parametrize('is_checked', [False, True])
@pytest.mark.parametrize(
    ('model', 'structure', 'is_written'),
    [
        (_Price, _Price(1.5), True),
        (_Price, _Price(_NAN), False),
        (list[_Price], [_Price(1.5)], True),
        (list[_Price], [_Price(1.5), _Price(_NAN, 'a')], False),
        (_Optional, _Optional(), True),
        (_Optional, _Optional(math.inf), False),
        (_Family, _Family([_Parent('a'), _Child('a')]), True),
        (_Family, _Family([_Child('a', weight=_NAN)]), False),
    ],
)
def test_what_is_no_number_is_never_written(
    model: Any,
    structure: Any,
    *,
    is_written: bool,
    is_checked: bool,
) -> None:
    """Beside ``None`` neither."""
    compiled: Any = (
        MsgspecSerializer.compile_checked_encoder
        if is_checked
        else MsgspecSerializer.compile_encoder
    )
    encode = compiled(MsgspecJsonRenderer(), model)

    if is_written:
        assert msgspec.json.encode(structure) == encode(structure)
    else:
        with pytest.raises(DataRenderingError, match='NaN'):
            encode(structure)
