"""Models for large bodies, and what their items look like in JSON."""

import datetime as dt
import decimal
import uuid
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import msgspec
import pydantic

from bench.inprocess import project


class MFlat(msgspec.Struct):
    id: int
    sku: str
    title: str
    quantity: int


class MPoint(msgspec.Struct):
    x: float
    y: float
    z: float
    label: str


class MVisit(msgspec.Struct):
    uid: uuid.UUID
    at: dt.datetime
    day: dt.date
    name: str


class MPrice(msgspec.Struct):
    sku: str
    net: decimal.Decimal
    tax: decimal.Decimal


class MOrder(msgspec.Struct):
    id: int
    customer: project.MUser
    lines: list[project.MLine]


class MNote(msgspec.Struct):
    id: int
    title: str
    weight: float
    note: str | None = None


class PFlat(pydantic.BaseModel):
    id: int
    sku: str
    title: str
    quantity: int


class PPoint(pydantic.BaseModel):
    x: float
    y: float
    z: float
    label: str


class PVisit(pydantic.BaseModel):
    uid: uuid.UUID
    at: dt.datetime
    day: dt.date
    name: str


class PPrice(pydantic.BaseModel):
    sku: str
    net: decimal.Decimal
    tax: decimal.Decimal


class POrder(pydantic.BaseModel):
    id: int
    customer: project.PUser
    lines: list[project.PLine]


class PNote(pydantic.BaseModel):
    id: int
    title: str
    weight: float
    note: str | None = None


class Body(NamedTuple):
    """Both models of an item, and the item of a number."""

    of_msgspec: Any
    of_pydantic: Any
    item: Callable[[int], Mapping[str, Any]]


def _line(number: int) -> Mapping[str, Any]:
    return {
        'sku': f'SKU-{number}',
        'title': f'A title {number}',
        'quantity': number,
        'price': number + 0.5,
    }


def _flat(number: int) -> Mapping[str, Any]:
    return {
        'id': number,
        'sku': f'SKU-{number}',
        'title': f'A title {number}',
        'quantity': number,
    }


def _point(number: int) -> Mapping[str, Any]:
    return {
        'x': number / 7,
        'y': number * 1.5,
        'z': number + 0.25,
        'label': f'P{number}',
    }


def _visit(number: int) -> Mapping[str, Any]:
    return {
        'uid': str(uuid.UUID(int=number**7)),
        'at': '2026-01-02T03:04:05+00:00',
        'day': '2026-01-02',
        'name': f'N {number}',
    }


def _price(number: int) -> Mapping[str, Any]:
    return {
        'sku': f'SKU-{number}',
        'net': f'{number}.50',
        'tax': f'{number}.19',
    }


def _order(number: int) -> Mapping[str, Any]:
    return {
        'id': number,
        'customer': {
            'email': 'ann@example.com',
            'age': 41,
            'is_active': True,
        },
        'lines': [_line(number), _line(number)],
    }


def _note(number: int) -> Mapping[str, Any]:
    return {
        'id': number,
        'title': f'A title {number}',
        'weight': number + 0.5,
        'note': None,
    }


#: Name → what there are ten thousand of.
BODIES: Final[Mapping[str, Body]] = MappingProxyType(
    {
        'lines': Body(project.MLine, project.PLine, _line),
        'no floats': Body(MFlat, PFlat, _flat),
        'floats': Body(MPoint, PPoint, _point),
        'dates': Body(MVisit, PVisit, _visit),
        'decimals': Body(MPrice, PPrice, _price),
        'nested': Body(MOrder, POrder, _order),
        'null': Body(MNote, PNote, _note),
    }
)
