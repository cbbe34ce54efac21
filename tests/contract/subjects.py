"""Everything the contract is checked with: plugins, formats and models.

Plugins are found like users find them, so one that is installed additionally
is checked too.
"""

import dataclasses
import datetime as dt
import enum
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import (
    Any,
    Final,
    Generic,
    Literal,
    NamedTuple,
    NotRequired,
    TypeVar,
)

import attrs
import msgspec
import pydantic
from django.http import HttpRequest
from django.test import RequestFactory
from typing_extensions import TypedDict

from dmr import discovery
from dmr.exceptions import DataParsingError
from dmr.parsers import JsonParser, Parser
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticFastSerializer, PydanticSerializer
from dmr.renderers import JsonRenderer, Renderer
from dmr.serializer import BaseSerializer

_ItemT = TypeVar('_ItemT')

REQUEST: Final[HttpRequest] = RequestFactory().post('/')


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write bodies: a parser, its renderer, and a neutral writer."""

    name: str
    parser: Parser
    renderer: Renderer
    write: Callable[[Any], bytes]

    def __str__(self) -> str:
        return self.name


def _write_json(body: Any) -> bytes:
    return json.dumps(body, separators=(',', ':'), ensure_ascii=False).encode()


_WRITERS: Final[Mapping[str, Callable[[Any], bytes]]] = {
    'application/json': _write_json,
    'application/msgpack': msgspec.msgpack.encode,
}


def _formats() -> list[Format]:
    parsers = {
        plugin.name: discovery.load(plugin)()
        for plugin in discovery.plugins('dmr.parsers')
        if not plugin.is_core
    }
    renderers = {
        plugin.name: discovery.load(plugin)()
        for plugin in discovery.plugins('dmr.renderers')
        if not plugin.is_core
    }
    return [
        Format('core-json', JsonParser(), JsonRenderer(), _write_json),
        *(
            Format(
                name,
                parsers[name],
                renderers[name],
                _WRITERS[parsers[name].content_type],
            )
            for name in sorted(parsers)
        ),
    ]


FORMATS: Final = _formats()

SERIALIZERS: Final[list[type[BaseSerializer]]] = [
    *(
        discovery.load(plugin)
        for plugin in discovery.plugins('dmr.serializers')
    ),
    PydanticFastSerializer,
]

#: All that go together.
PAIRS: Final = [
    (serializer, one)
    for serializer in SERIALIZERS
    for one in FORMATS
    if serializer.is_supported(one.parser)
]


class Color(enum.Enum):
    red = 'red'
    blue = 'blue'


@dataclasses.dataclass
class DataclassPoint:
    x: int
    label: str = 'none'


class DictPoint(TypedDict):
    x: int
    label: NotRequired[str]


class TuplePoint(NamedTuple):
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
    children: list['StructTree'] = []


class StructBox(msgspec.Struct, Generic[_ItemT]):
    item: _ItemT


class StructClosed(msgspec.Struct, forbid_unknown_fields=True):
    x: int


class StructAlias(msgspec.Struct, rename='camel'):
    first_name: str


class StructWide(msgspec.Struct):
    integer: int = 0
    number: float = 0.0
    text: str = ''
    flag: bool = False
    moment: dt.datetime | None = None
    day: dt.date | None = None
    time: dt.time | None = None
    delay: dt.timedelta | None = None
    uid: uuid.UUID | None = None
    color: Color | None = None
    choice: Literal['x', 'y'] = 'x'
    numbers: list[int] = []
    names: set[str] = set()
    pair: tuple[int, str] | None = None
    scores: dict[str, float] = {}
    anything: Any = None
    point: DataclassPoint | None = None
    entry: DictPoint | None = None
    either: int | str = 0


class ModelPoint(pydantic.BaseModel):
    x: int
    label: str = 'none'


class ModelTree(pydantic.BaseModel):
    name: str
    children: list['ModelTree'] = []


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
    day: dt.date | None = None


class ModelWide(pydantic.BaseModel):
    integer: int = 0
    number: float = 0.0
    text: str = ''
    flag: bool = False
    moment: dt.datetime | None = None
    day: dt.date | None = None
    time: dt.time | None = None
    delay: dt.timedelta | None = None
    uid: uuid.UUID | None = None
    color: Color | None = None
    choice: Literal['x', 'y'] = 'x'
    numbers: list[int] = []
    names: set[str] = set()
    pair: tuple[int, str] | None = None
    scores: dict[str, float] = {}
    anything: Any = None
    point: DataclassPoint | None = None
    entry: DictPoint | None = None


class ModelChecked(pydantic.BaseModel):
    x: int

    @pydantic.field_validator('x')
    @classmethod
    def _must_be_positive(cls, x: int) -> int:
        if x < 0:
            raise ValueError('negative')
        return x


#: What every serializer has to know, and the same body for each.
COMMON_MODELS: Final[Mapping[str, tuple[Any, Any]]] = {
    'dataclass': (DataclassPoint, {'x': 1, 'label': 'a'}),
    'typed dict': (DictPoint, {'x': 1, 'label': 'a'}),
    'named tuple': (TuplePoint, [1, 'a']),
    'list': (list[int], [1, 2]),
    'dict': (dict[str, int], {'a': 1}),
    'union': (int | str | None, 'a'),
    'none': (None, None),
    'any': (Any, {'a': [1, 2.5, None, True, 'x']}),
    'list of dataclasses': (list[DataclassPoint], [{'x': 1, 'label': 'a'}]),
    'dict of typed dicts': (dict[str, DictPoint], {'a': {'x': 1}}),
}

_STRUCTS: Final[Mapping[str, tuple[Any, Any]]] = {
    'own': (StructPoint, {'x': 1, 'label': 'a'}),
    'recursive': (
        StructTree,
        {
            'name': 'a',
            'children': [
                {'name': 'b', 'children': []},
            ],
        },
    ),
    'generic': (StructBox[int], {'item': 1}),
    'generic of own': (
        StructBox[StructPoint],
        {
            'item': {'x': 1, 'label': 'a'},
        },
    ),
    'closed': (StructClosed, {'x': 1}),
    'alias': (StructAlias, {'firstName': 'a'}),
    'attrs': (AttrsPoint, {'x': 1, 'label': 'a'}),
    'wide': (list[StructWide], []),
}
_MODELS: Final[Mapping[str, tuple[Any, Any]]] = {
    'own': (ModelPoint, {'x': 1, 'label': 'a'}),
    'recursive': (
        ModelTree,
        {
            'name': 'a',
            'children': [
                {'name': 'b', 'children': []},
            ],
        },
    ),
    'generic': (ModelBox[int], {'item': 1}),
    'generic of own': (
        ModelBox[ModelPoint],
        {
            'item': {'x': 1, 'label': 'a'},
        },
    ),
    'closed': (ModelClosed, {'x': 1}),
    'alias': (ModelAlias, {'firstName': 'a'}),
    'strict': (ModelStrict, {'x': 1, 'day': None}),
    'checked': (ModelChecked, {'x': 1}),
    'wide': (list[ModelWide], []),
}


def models_of(
    serializer: type[BaseSerializer],
) -> dict[str, tuple[Any, Any]]:
    """Return kind → model and a body that fits it."""
    if issubclass(serializer, MsgspecSerializer):
        return {**COMMON_MODELS, **_STRUCTS}
    if issubclass(serializer, PydanticSerializer):
        return {**COMMON_MODELS, **_MODELS}
    return dict(COMMON_MODELS)


def case_id(argument: Any) -> str | None:
    """Name the arguments of a case that have a name."""
    if isinstance(argument, type):
        return argument.__name__
    return str(argument) if isinstance(argument, Format | str) else ''


def outcome(
    serializer: type[BaseSerializer],
    call: Callable[..., Any],
    *arguments: Any,
) -> tuple[Any, ...]:
    """Return the value of a call with its type, or everything of its error."""
    try:
        returned = call(*arguments)
    except serializer.validation_error as exc:
        return (
            'invalid',
            serializer.serialize_validation_error(exc),
            serializer.locate_validation_error(exc, 'parsed_body'),
        )
    except DataParsingError as exc:
        return ('malformed', str(exc))
    return ('valid', type(returned), repr(returned))
