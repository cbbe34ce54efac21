"""Component schemas: one for each model, and never a wrong one."""

import dataclasses
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec
import pydantic
import pytest

from dmr import Body, Controller, modify
from dmr.openapi import OpenAPIContext, build_schema
from dmr.openapi.core.registry import SchemaRegistry
from dmr.openapi.exceptions import NameCollisionError
from dmr.openapi.objects import (
    Components,
    Reference,
    Schema,
    SecurityScheme,
)
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.plugins.pydantic.schema import PydanticSchemaGenerator
from dmr.routing import Router, path
from tests.openapi.shop import SchemeAuth
from tests.openapi.support import config, document_of, schemas_of

_REF = '#/components/schemas/'
_T = TypeVar('_T')


def _reads(
    model: Any,
    name: str = 'Reads',
    serializer: Any = PydanticSerializer,
) -> type[Controller[Any]]:
    """Return a controller that takes *model* in a body."""

    class Some(Controller[serializer]):
        def post(self, parsed_body: Body[model]) -> None:
            raise NotImplementedError

    Some.__name__ = Some.__qualname__ = name
    return Some


def _writes(
    model: Any,
    name: str = 'Writes',
    serializer: Any = PydanticSerializer,
) -> type[Controller[Any]]:
    """Return a controller that answers with *model*."""

    class Some(Controller[serializer]):
        def get(self) -> model:
            raise NotImplementedError

    Some.__name__ = Some.__qualname__ = name
    return Some


def _user(**fields: Any) -> Any:
    """Return a new model with the name ``User``."""
    return pydantic.create_model('User', **fields)


class _Same(pydantic.BaseModel):
    number: int = 1


class _Inner(pydantic.BaseModel):
    number: int

    @pydantic.computed_field
    def double(self) -> int:
        return self.number * 2


class _Outer(pydantic.BaseModel):
    inner: _Inner
    others: list['_Outer'] = []


class _Page(pydantic.BaseModel, Generic[_T]):
    members: list[_T]


def _refs(document: Any) -> dict[str, str]:
    """Return what request and response refer to."""
    paths = document['paths']
    body = paths['/reads/']['post']['requestBody']['content']
    answer = paths['/writes/']['get']['responses']['200']['content']
    return {
        'request': body['application/json']['schema']['$ref'],
        'response': answer['application/json']['schema']['$ref'],
    }


def test_equal_modes_are_one_component() -> None:
    """A model that reads like it writes has one schema."""
    document = document_of(_reads(_Same), _writes(_Same))

    assert {'request': f'{_REF}_Same', 'response': f'{_REF}_Same'} == _refs(
        document,
    )
    assert ['_Same'] == list(schemas_of(document))


@pytest.mark.parametrize('request_first', [True, False])
def test_different_modes_are_two_components(request_first: bool) -> None:
    """Models around a model that differs are two, whatever comes first."""
    controllers = [_reads(_Outer), _writes(_Outer)]
    if not request_first:
        controllers.reverse()

    document = document_of(*controllers)

    schemas = schemas_of(document)
    assert {
        'request': f'{_REF}_Outer',
        'response': f'{_REF}_Outer-Output',
    } == _refs(document)
    assert ['_Inner', '_Inner-Output', '_Outer', '_Outer-Output'] == (
        list(schemas)
    )
    assert {
        'inner': {'$ref': f'{_REF}_Inner-Output'},
        'others': {
            'type': 'array',
            'items': {'$ref': f'{_REF}_Outer-Output'},
            'title': 'Others',
            'default': [],
        },
    } == schemas['_Outer-Output']['properties']
    assert ['number', 'double'] == list(schemas['_Inner-Output']['properties'])
    assert ['number'] == list(schemas['_Inner']['properties'])
    assert {
        '_Inner': '_Inner',
        '_Inner-Output': '_Inner-Output',
        '_Outer': '_Outer',
        '_Outer-Output': '_Outer-Output',
    } == {name: schema['title'] for name, schema in schemas.items()}


def test_response_only_model_has_the_plain_name() -> None:
    """A suffix is only needed where there are two."""
    document = document_of(_writes(_Outer))

    schemas = schemas_of(document)
    assert ['_Inner', '_Outer'] == list(schemas)
    assert ['number', 'double'] == list(schemas['_Inner']['properties'])


def test_generic_model_has_one_name_nested_or_not() -> None:
    """The title keeps the readable form of a generic model."""
    holder = pydantic.create_model('Holder', page=(_Page[_Same], ...))

    document = document_of(_writes(_Page[_Same]), _writes(holder, 'Nested'))

    schemas = schemas_of(document)
    assert ['Holder', '_Page__Same_', '_Same'] == list(schemas)
    assert '_Page[_Same]' == schemas['_Page__Same_']['title']


@pytest.mark.parametrize(
    'wrap',
    [
        lambda model: model,
        lambda model: list[model],
        lambda model: pydantic.create_model('Holder', user=(model, ...)),
    ],
    ids=['itself', 'in a list', 'in a model'],
)
def test_two_models_under_one_name_are_an_error(wrap: Any) -> None:
    """The message names both places, and no document is made."""
    first = _reads(_user(name=(str, ...)), 'First')
    second = _writes(wrap(_user(age=(int, ...))), 'Second')

    with pytest.raises(NameCollisionError) as raised:
        document_of(first, second)

    message = str(raised.value)
    assert message.startswith('Different schemas under a single name: User. ')
    assert 'in parsed_body of' in message
    assert '(POST /first/)' in message
    assert 'in response 200 of' in message
    assert '(GET /second/)' in message


def test_two_models_under_one_name_in_one_mode_are_an_error() -> None:
    """Nested ones are found as well."""
    first = pydantic.create_model('A', user=(_user(name=(str, ...)), ...))
    second = pydantic.create_model('B', user=(_user(name=(int, ...)), ...))

    with pytest.raises(NameCollisionError, match='single name: User'):
        document_of(_writes(first, 'First'), _writes(second, 'Second'))


def test_equal_models_under_one_name_are_one_component() -> None:
    """Where nobody can tell them apart, nothing can be wrong."""
    first, second = (_user(name=(str, ...)) for _ in range(2))

    document = document_of(_writes(first, 'First'), _writes(second, 'Second'))

    assert ['User'] == list(schemas_of(document))


def test_models_that_are_told_apart_in_one_model_only() -> None:
    """A serializer may use longer names where a short one is ambiguous."""
    first, second = _user(name=(str, ...)), _user(age=(int, ...))
    second.__module__ = 'elsewhere'
    pair = pydantic.create_model('Pair', a=(first, ...), b=(second, ...))

    document = document_of(_writes(pair, 'First'), _writes(first, 'Second'))

    names = list(schemas_of(document))
    assert 'User' in names
    assert 4 == len(names)


@dataclasses.dataclass
class _Shared:
    """Known to both serializers."""

    number: int


def test_one_model_with_two_serializers_is_one_component() -> None:
    """Serializers word things differently, the schema means the same."""
    document = document_of(
        _writes(_Shared, 'First', PydanticSerializer),
        _writes(_Shared, 'Second', MsgspecSerializer),
    )

    assert ['_Shared'] == list(schemas_of(document))


def test_generic_structs_have_allowed_names() -> None:
    """What one serializer needs brackets for, the other one does as well."""

    class Page(msgspec.Struct, Generic[_T]):
        members: list[_T]

    document = document_of(_writes(Page[int], serializer=MsgspecSerializer))

    assert {'Page_int_': 'Page[int]'} == {
        name: schema['title'] for name, schema in schemas_of(document).items()
    }


def test_discriminator_follows_the_names() -> None:
    """A mapping points to the components of its own mode."""
    alternatives = [
        pydantic.create_model(
            name,
            __base__=_Inner,
            kind=(Any, pydantic.Field(json_schema_extra={'const': name})),
        )
        for name in ('Cat', 'Dog')
    ]

    class Pet(pydantic.BaseModel):
        pet: Any = pydantic.Field(
            json_schema_extra={
                'discriminator': {
                    'propertyName': 'kind',
                    'mapping': {'Cat': f'{_REF}Cat', 'Dog': f'{_REF}Dog'},
                },
            },
        )
        cat: alternatives[0]
        dog: alternatives[1]

    document = document_of(_reads(Pet), _writes(Pet))

    assert {
        'Cat': f'{_REF}Cat-Output',
        'Dog': f'{_REF}Dog-Output',
    } == (
        schemas_of(document)['Pet-Output']['properties']['pet'][
            'discriminator'
        ]['mapping']
    )


def test_each_model_is_asked_for_once() -> None:
    """A hundred endpoints with one model cost one schema of each mode."""
    asked: list[tuple[Any, bool]] = []

    class _Counting(PydanticSchemaGenerator):
        @classmethod
        def get_schema(
            cls,
            model: Any,
            ref_template: str,
            *,
            used_for_response: bool = False,
        ) -> Any:
            asked.append((model, used_for_response))
            return super().get_schema(
                model,
                ref_template,
                used_for_response=used_for_response,
            )

    class _Serializer(PydanticSerializer):
        schema_generator = _Counting

    controllers = [
        make(_Same, f'{make.__name__}{number}', _Serializer)
        for number in range(50)
        for make in (_reads, _writes)
    ]

    document_of(*controllers)

    assert 1 == asked.count((_Same, False))
    assert 1 == asked.count((_Same, True))


def test_operation_ids_are_unique() -> None:
    """The message names both endpoints."""

    class First(Controller[PydanticSerializer]):
        @modify(operation_id='same')
        def get(self) -> int:
            raise NotImplementedError

    class Second(Controller[PydanticSerializer]):
        @modify(operation_id='same')
        def post(self) -> int:
            raise NotImplementedError

    with pytest.raises(NameCollisionError) as raised:
        document_of(First, Second)

    message = str(raised.value)
    assert "Operation ID 'same' is already registered" in message
    assert 'First.get (GET /first/)' in message
    assert 'Second.post (POST /second/)' in message


def test_one_controller_at_two_paths_has_two_ids() -> None:
    """The path is a part of the id."""
    controller = _writes(_Same)
    router = Router(
        '',
        [path('a/', controller.as_view()), path('b/', controller.as_view())],
    )

    paths = build_schema(router, config=config()).convert()['paths']

    assert ['getWritesA', 'getWritesB'] == [
        path_item['get']['operationId'] for path_item in paths.values()
    ]


def test_two_controllers_at_one_path_are_an_error() -> None:
    """The second one can never be reached, or only sometimes."""
    router = Router(
        'api/',
        [
            path('<int:pk>/', _writes(_Same, 'First').as_view()),
            path('<str:pk>/', _writes(_Same, 'Second').as_view()),
        ],
    )

    with pytest.raises(NameCollisionError) as raised:
        build_schema(router, config=config())

    message = str(raised.value)
    assert message.startswith('Two controllers at a single path: /api/{pk}/. ')
    assert 'First' in message
    assert 'Second' in message


def test_two_security_schemes_under_one_name_are_an_error() -> None:
    """Clients would authenticate in the wrong way."""

    class Some(Controller[PydanticSerializer]):
        @modify(
            auth=[
                SchemeAuth('a', SecurityScheme(type='http', scheme='basic')),
                SchemeAuth('a', SecurityScheme(type='http', scheme='bearer')),
            ],
        )
        def get(self) -> int:
            raise NotImplementedError

    with pytest.raises(NameCollisionError, match='single name: a'):
        document_of(Some)


def test_configured_component_must_not_contradict_a_model() -> None:
    """The configuration does not replace what serializers say."""
    components = Components(schemas={'_Same': Schema(type='string')})

    with pytest.raises(NameCollisionError, match='single name: _Same'):
        document_of(_writes(_Same), components=components)


@dataclasses.dataclass
class _Box(Generic[_T]):
    content: _T


def test_only_use_of_a_generic_class_has_its_short_name() -> None:
    """Nested or not, it is one component."""
    document = document_of(
        _writes(_Box[int], 'First'),
        _writes(list[_Box[int]], 'Second'),
    )

    assert {'_Box': '_Box'} == {
        name: schema['title'] for name, schema in schemas_of(document).items()
    }


def test_uses_of_a_generic_class_are_told_apart() -> None:
    """Serializers may call all of them alike."""
    document = document_of(
        _writes(_Box[int], 'First'),
        _writes(_Box[list[str]], 'Second'),
    )

    assert {'_Box_int_': '_Box[int]', '_Box_list_str__': '_Box[list[str]]'} == {
        name: schema['title'] for name, schema in schemas_of(document).items()
    }


def test_short_name_belongs_to_who_has_no_other() -> None:
    """A model that is really called like that keeps its name."""
    other = pydantic.create_model('_Box', number=(int, ...))

    document = document_of(
        _writes(_Box[int], 'First'),
        _writes(other, 'Second'),
    )

    assert ['_Box', '_Box_int_'] == list(schemas_of(document))


def test_serializers_may_word_enumerations_differently() -> None:
    """One model with a literal is one component for both serializers."""

    @dataclasses.dataclass
    class Lamp:
        light: Literal['warm', 'cold', 'off']

    document = document_of(
        _writes(Lamp, 'First', PydanticSerializer),
        _writes(Lamp, 'Second', MsgspecSerializer),
    )

    light = schemas_of(document)['Lamp']['properties']['light']
    assert ['warm', 'cold', 'off'] == light['enum']


def test_name_written_by_hand_stands_for_one_type() -> None:
    """Two types under one name are an error, whoever wrote them."""
    registry = SchemaRegistry()
    registry.register('Odd', Schema(type='string'), int)

    assert registry.register('Odd', Schema(type='string'), int) is not None
    with pytest.raises(NameCollisionError, match='single name: Odd'):
        registry.register('Odd', Schema(type='string'), str)


def test_component_written_by_hand_replaces_the_model() -> None:
    """Who writes a schema for a model by hand means it."""
    context = OpenAPIContext(config=config())
    context.registries.schema.register(
        '_Same',
        Schema(type='string', title='_Same'),
        _Same,
    )

    document = document_of(_writes(_Same), context=context)

    assert {'_Same': {'type': 'string', 'title': '_Same'}} == (
        schemas_of(document)
    )


def test_unknown_reference_cannot_be_resolved() -> None:
    """A reference that points nowhere is an error for who follows it."""
    with pytest.raises(KeyError, match='Missing'):
        SchemaRegistry().maybe_resolve_reference(
            Reference(ref=f'{_REF}Missing'),
        )


def test_annotations_need_not_be_hashable() -> None:
    """Metadata that cannot be a key is described all the same."""
    annotated = Annotated[_Same, ['not', 'hashable']]

    document = document_of(_writes(annotated), _writes(annotated, 'Second'))

    assert ['_Same'] == list(schemas_of(document))


class _OneWay(pydantic.BaseModel):
    """A model that can be written but not described as it is read."""

    number: int

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: Any, handler: Any
    ) -> Any:
        schema = handler(core_schema)
        if handler.mode == 'validation':
            schema['description'] = 'Read'
        return schema


def test_descriptions_tell_modes_apart() -> None:
    """Clients are shown what is said about each mode."""
    document = document_of(_reads(_OneWay), _writes(_OneWay))

    assert ['_OneWay', '_OneWay-Output'] == list(schemas_of(document))


def test_unknown_keywords_and_formats_are_kept() -> None:
    """What a model says about itself is not lost."""
    odd = pydantic.create_model(
        'Odd',
        number=(
            int,
            pydantic.Field(json_schema_extra={'format': 'int32', 'x-a': {}}),
        ),
    )

    schema = schemas_of(document_of(_writes(odd)))['Odd']

    assert {
        'type': 'integer',
        'format': 'int32',
        'title': 'Number',
        'x-a': {},
    } == schema['properties']['number']
