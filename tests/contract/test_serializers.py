"""Our serializers keep the contract, with every format, by its public kit."""

import dataclasses
import datetime as dt
from decimal import Decimal
from typing import Final, Generic, TypeVar

import attrs
import msgspec
import pydantic
import pytest

from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticFastSerializer, PydanticSerializer
from dmr.test import Capabilities, SerializerContract
from dmr.test.contracts import Example, Wrong
from tests.contract.formats import CORE_JSON, MSGPACK, MSGSPEC_JSON

pytestmark = pytest.mark.any_django

_ItemT = TypeVar('_ItemT')

_TREE: Final = {'name': 'a', 'children': [{'name': 'b', 'children': []}]}
_WIDE: Final = {
    'day': '2020-01-02',
    'price': '1.10',
    'numbers': [1],
    'point': {'x': 1, 'label': 'a'},
}


@dataclasses.dataclass
class DataclassPoint:
    x: int
    label: str = 'none'


@attrs.define
class AttrsPoint:
    x: int
    label: str = 'none'


class StructPoint(msgspec.Struct):
    x: int
    label: str = 'none'


class StructTree(msgspec.Struct):
    name: str
    children: list['StructTree']


class StructBox(msgspec.Struct, Generic[_ItemT]):
    item: _ItemT


class StructClosed(msgspec.Struct, forbid_unknown_fields=True):
    x: int


class StructAlias(msgspec.Struct, rename='camel'):
    first_name: str


class StructWide(msgspec.Struct):
    day: dt.date
    price: Decimal
    numbers: list[int]
    point: DataclassPoint


class ModelPoint(pydantic.BaseModel):
    x: int
    label: str = 'none'


class ModelTree(pydantic.BaseModel):
    name: str
    children: list['ModelTree']


class ModelBox(pydantic.BaseModel, Generic[_ItemT]):
    item: _ItemT


class ModelClosed(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(extra='forbid')

    x: int


class ModelAlias(pydantic.BaseModel):
    first_name: str = pydantic.Field(alias='firstName')


class ModelStrict(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(strict=True)

    x: int


class ModelChecked(pydantic.BaseModel):
    x: int

    @pydantic.field_validator('x')
    @classmethod
    def _must_be_positive(cls, x: int) -> int:
        if x < 0:
            raise ValueError('negative')
        return x


class ModelWide(pydantic.BaseModel):
    day: dt.date
    price: Decimal
    numbers: list[int]
    point: DataclassPoint


_STRUCTS: Final = (
    Example(
        model=StructPoint,
        body={'x': 1, 'label': 'a'},
        wrong=(Wrong(body={'x': 'a'}, loc=('x',)), Wrong(body={})),
    ),
    Example(
        model=AttrsPoint,
        body={'x': 1, 'label': 'a'},
        wrong=(Wrong(body={'x': 'a'}, loc=('x',)),),
    ),
    Example(
        model=StructTree,
        body=_TREE,
        wrong=(
            Wrong(
                body={'name': 'a', 'children': [{'name': 1}]},
                loc=('children', '0', 'name'),
            ),
        ),
    ),
    Example(model=StructBox[StructPoint], body={'item': {'x': 1, 'label': ''}}),
    Example(
        model=StructClosed,
        body={'x': 1},
        wrong=(Wrong(body={'x': 1, 'y': 2}),),
    ),
    Example(
        model=StructAlias,
        body={'firstName': 'a'},
        wrong=(Wrong(body={'firstName': 1}, loc=('firstName',)),),
    ),
    Example(model=StructWide, body=_WIDE),
)
_MODELS: Final = (
    Example(
        model=ModelPoint,
        body={'x': 1, 'label': 'a'},
        wrong=(
            Wrong(body={'x': 'a'}, loc=('x',)),
            Wrong(body={}, loc=('x',)),
        ),
    ),
    Example(
        model=ModelTree,
        body=_TREE,
        wrong=(
            Wrong(
                body={'name': 'a', 'children': [{'name': 1, 'children': []}]},
                loc=('children', '0', 'name'),
            ),
        ),
    ),
    Example(model=ModelBox[ModelPoint], body={'item': {'x': 1, 'label': ''}}),
    Example(
        model=ModelClosed,
        body={'x': 1},
        wrong=(Wrong(body={'x': 1, 'y': 2}, loc=('y',)),),
    ),
    Example(
        model=ModelAlias,
        body={'firstName': 'a'},
        wrong=(Wrong(body={'firstName': 1}, loc=('firstName',)),),
    ),
    Example(
        model=ModelStrict,
        body={'x': 1},
        wrong=(Wrong(body={'x': '1'}, loc=('x',)),),
    ),
    Example(
        model=ModelChecked,
        body={'x': 1},
        wrong=(Wrong(body={'x': -1}, loc=('x',), in_schema=False),),
    ),
    Example(model=ModelWide, body=_WIDE),
)


class _Pydantic(SerializerContract):
    serializer = PydanticSerializer
    plugin_name = 'pydantic'
    # Pydantic takes bytes for text in UTF-8, which not all are.
    capabilities = Capabilities(every_error=True, bytes_=False)
    examples = _MODELS


class TestPydanticWithJson(_Pydantic):
    """Pydantic and the JSON of the core."""

    formats = (CORE_JSON,)


class TestPydanticWithMsgspecJson(_Pydantic):
    """Pydantic and the JSON of msgspec."""

    formats = (MSGSPEC_JSON,)
    expected_failures = {
        'types.bytes': 'the renderer writes base64 where pydantic reads text',
    }


class TestPydanticWithMsgpack(_Pydantic):
    """Pydantic and MessagePack."""

    formats = (MSGPACK,)


class TestPydanticFast(_Pydantic):
    """Pydantic alone, whatever the parsers and renderers for JSON are."""

    serializer = PydanticFastSerializer
    plugin_name = None
    formats = (CORE_JSON, MSGSPEC_JSON)


class _Msgspec(SerializerContract):
    serializer = MsgspecSerializer
    plugin_name = 'msgspec'
    examples = _STRUCTS


class TestMsgspecWithJson(_Msgspec):
    """Msgspec and the JSON of the core."""

    formats = (CORE_JSON,)


class TestMsgspecWithMsgspecJson(_Msgspec):
    """Msgspec and its own JSON."""

    formats = (MSGSPEC_JSON,)


class TestMsgspecWithMsgpack(_Msgspec):
    """Msgspec and its own MessagePack."""

    formats = (MSGPACK,)
