"""Components: each part of a request arrives as a validated argument."""

import dataclasses
from http import HTTPStatus
from typing import Annotated, Any, ClassVar, Final, Generic, NamedTuple, TypeVar

import msgspec
import pydantic
import pytest
from django.test import override_settings
from django.urls import re_path
from typing_extensions import TypedDict

from dmr import Body, Cookies, Headers, Path, Query
from dmr.components import ComponentParser, QueryComponent
from dmr.endpoint import Endpoint, SerializerContext
from dmr.exceptions import RequestSerializationError, UnsolvableAnnotationsError
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from tests.integration.serving import Service

_T = TypeVar('_T')
_PY: Final = PydanticSerializer
_MS: Final = MsgspecSerializer


@dataclasses.dataclass
class _Page:
    size: int
    word: str = 'none'


class _PageDict(TypedDict):
    size: int
    word: str


class _PageTuple(NamedTuple):
    size: int
    word: str


class _PageModel(pydantic.BaseModel):
    size: int
    word: str


class _PageStruct(msgspec.Struct):
    size: int
    word: str


@dataclasses.dataclass
class _Generic(Generic[_T]):
    __dmr_force_list__: ClassVar[frozenset[str]] = frozenset(('size',))

    size: _T


def _plain(model: Any) -> Any:
    """Return *model* as primitives."""
    if isinstance(model, pydantic.BaseModel):
        return model.model_dump()
    if dataclasses.is_dataclass(model) and not isinstance(model, type):
        return dataclasses.asdict(model)
    return msgspec.to_builtins(model)


def _service(
    serializer: Any, name: str, marker: Any, **members: Any
) -> Service:
    """Answer with what one component got."""

    def post(self: Any, **arguments: Any) -> Any:
        return _plain(arguments[name])

    post.__annotations__ = {name: marker, 'return': Any}
    return Service(serializer, post=post, **members)


# Models of all kinds

_KINDS: Final = [
    pytest.param(_PY, _PageModel, id='pydantic-model'),
    pytest.param(_PY, _Page, id='pydantic-dataclass'),
    pytest.param(_PY, _PageDict, id='pydantic-typeddict'),
    pytest.param(_PY, _PageTuple, id='pydantic-namedtuple'),
    pytest.param(_PY, _Page | None, id='pydantic-union'),
    pytest.param(_PY, Annotated[_Page, 'about'], id='pydantic-annotated'),
    pytest.param(_MS, _PageStruct, id='msgspec-struct'),
    pytest.param(_MS, _Page, id='msgspec-dataclass'),
    pytest.param(_MS, _PageDict, id='msgspec-typeddict'),
    pytest.param(_MS, _Page | None, id='msgspec-union'),
    pytest.param(_MS, Annotated[_Page, 'about'], id='msgspec-annotated'),
]
_of_all_kinds = pytest.mark.parametrize(('serializer', 'model'), _KINDS)


def _sized(found: Any) -> tuple[int, str]:
    if isinstance(found, list):
        return found[0], found[1]
    return found['size'], found['word']


@_of_all_kinds
def test_query_takes_models_of_all_kinds(serializer: Any, model: Any) -> None:
    """Whatever the serializer knows can be the model of a query."""
    service = _service(serializer, 'parsed_query', Query[model])

    answer = service('POST', '/?size=5&word=a+b%26')

    assert (201, (5, 'a b&')) == (answer.status_code, _sized(answer.data))


@_of_all_kinds
def test_body_takes_models_of_all_kinds(serializer: Any, model: Any) -> None:
    """Whatever the serializer knows can be the model of a body."""
    service = _service(serializer, 'parsed_body', Body[model])

    answer = service.post_json({'size': 5, 'word': 'ä'})

    assert (201, (5, 'ä')) == (answer.status_code, _sized(answer.data))


@_of_all_kinds
def test_headers_take_models_of_all_kinds(serializer: Any, model: Any) -> None:
    """Names of headers have no letter case, models may write any."""
    service = _service(serializer, 'parsed_headers', Headers[model])

    answer = service('POST', headers={'Size': '5', 'WORD': 'x'})

    assert (201, (5, 'x')) == (answer.status_code, _sized(answer.data))


@_of_all_kinds
def test_cookies_take_models_of_all_kinds(serializer: Any, model: Any) -> None:
    """Whatever the serializer knows can be the model of cookies."""
    service = _service(serializer, 'parsed_cookies', Cookies[model])

    answer = service('POST', headers={'Cookie': 'size=5; word=x'})

    assert (201, (5, 'x')) == (answer.status_code, _sized(answer.data))


@_of_all_kinds
def test_path_takes_models_of_all_kinds(serializer: Any, model: Any) -> None:
    """Whatever the serializer knows can be the model of a path."""
    service = _service(
        serializer,
        'parsed_path',
        Path[model],
        route='<int:size>/<str:word>/',
    )

    answer = service('POST', '/5/x/')

    assert (201, (5, 'x')) == (answer.status_code, _sized(answer.data))


# Query


@dataclasses.dataclass
class _Listed:
    __dmr_force_list__: ClassVar[frozenset[str]] = frozenset(('tags', 'gone'))
    __dmr_cast_null__: ClassVar[frozenset[str]] = frozenset(('tags', 'note'))
    __dmr_split_commas__: ClassVar[frozenset[str]] = frozenset(('plain',))

    tags: list[str | None]
    note: str | None = 'default'
    plain: str = ''
    gone: list[str] = dataclasses.field(default_factory=list)


_DEFAULTS: Final = {'note': 'default', 'plain': '', 'gone': []}


@pytest.mark.parametrize(
    ('query', 'expected'),
    [
        ('tags=a', {'tags': ['a']}),
        ('tags=a&tags=b&tags=', {'tags': ['a', 'b', '']}),
        ('tags=a,b', {'tags': ['a,b']}),
        ('tags=null&tags=b', {'tags': [None, 'b']}),
        ('tags=a&note=null', {'tags': ['a'], 'note': None}),
        ('tags=a&note=NULL', {'tags': ['a'], 'note': 'NULL'}),
        ('tags=a&note=', {'tags': ['a'], 'note': ''}),
        ('tags=a&note=x&note=y', {'tags': ['a'], 'note': 'y'}),
        # Queries are not split, and not every field is cast:
        ('tags=a&plain=b,c', {'tags': ['a'], 'plain': 'b,c'}),
        ('tags=a&plain=null', {'tags': ['a'], 'plain': 'null'}),
    ],
)
def test_query_is_shaped_by_its_model(
    serializer: Any,
    query: str,
    expected: dict[str, Any],
) -> None:
    """The last value counts, lists and nulls exist where the model says so."""
    service = _service(serializer, 'parsed_query', Query[_Listed])

    answer = service('POST', f'/?{query}')

    assert (HTTPStatus.CREATED, _DEFAULTS | expected) == answer.outcome


def test_forced_list_does_not_make_up_a_field(serializer: Any) -> None:
    """A missing field stays missing."""
    service = _service(serializer, 'parsed_query', Query[_Listed])

    answer = service('POST')

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert 'tags' in answer.content.decode()


@pytest.mark.parametrize(
    'model',
    [_Generic[list[int]], Annotated[_Generic[list[int]], 'about']],
)
def test_shape_of_a_generic_model(serializer: Any, model: Any) -> None:
    """A subscripted model has the shape of its class."""
    service = _service(serializer, 'parsed_query', Query[model])

    answer = service('POST', '/?size=1&size=2')

    assert (HTTPStatus.CREATED, {'size': [1, 2]}) == answer.outcome


class _AliasedModel(pydantic.BaseModel):
    __dmr_force_list__: ClassVar[frozenset[str]] = frozenset(('tag[]',))

    tags: list[int] = pydantic.Field(alias='tag[]')


class _AliasedStruct(msgspec.Struct):
    __dmr_force_list__: ClassVar[frozenset[str]] = frozenset(('tag[]',))

    tags: list[int] = msgspec.field(name='tag[]')


@pytest.mark.parametrize(
    ('serializer', 'model'),
    [(_PY, _AliasedModel), (_MS, _AliasedStruct)],
)
def test_shape_goes_by_alias(serializer: Any, model: Any) -> None:
    """The sets name fields as clients do."""

    def post(self: Any, parsed_query: Query[model]) -> Any:
        return parsed_query.tags

    answer = Service(serializer, post=post)('POST', '/?tag[]=1&tag[]=2')

    assert (HTTPStatus.CREATED, [1, 2]) == answer.outcome


@pytest.mark.parametrize(
    ('query', 'expected'),
    [
        ('', {}),
        ('a', {'a': ''}),
        ('a=', {'a': ''}),
        ('&&a=1&', {'a': '1'}),
        ('a=1=2', {'a': '1=2'}),
        ('=1', {'': '1'}),
        ('a=1;b=2', {'a': '1;b=2'}),
        ('a+b=c%20d', {'a b': 'c d'}),
        ('a=%ff&b=%zz', {'a': '\ufffd', 'b': '%zz'}),
        ('&'.join(f'f{one}={one}' for one in range(99)), None),
    ],
)
def test_query_is_read_like_django_does(
    serializer: Any,
    query: str,
    expected: dict[str, str] | None,
) -> None:
    """Whatever a query looks like, the component agrees with Django."""

    def get(self: Any, parsed_query: Query[dict[str, str]]) -> Any:
        assert parsed_query == self.request.GET.dict()
        return parsed_query

    answer = Service(serializer, get=get)('GET', f'/?{query}')

    found = None if expected is None else answer.data
    assert (HTTPStatus.OK, expected) == (answer.status_code, found)


@pytest.mark.parametrize('model', [dict[str, str], _Listed])
def test_too_many_query_fields_are_413(serializer: Any, model: Any) -> None:
    """Django's limit on fields is answered in the error model."""
    service = _service(serializer, 'parsed_query', Query[model])

    with override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=2):
        accepted = service('POST', '/?tags=1&b=2')
        refused = service('POST', '/?tags=1&b=2&c=3')

    assert accepted.status_code == HTTPStatus.CREATED
    assert refused.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert ['msg', 'type'] == sorted(refused.data['detail'][0])


# Headers


class _HeaderModel(pydantic.BaseModel):
    __dmr_split_commas__: ClassVar[frozenset[str]] = frozenset(('x-tags',))

    token: str = pydantic.Field(alias='X-Token')
    agent: str = pydantic.Field('none', alias='user-agent')
    length: int = pydantic.Field(0, alias='Content-Length')
    kind: str = pydantic.Field('', alias='Content-Type')
    tags: list[str] = pydantic.Field([], alias='X-Tags')


class _HeaderStruct(msgspec.Struct):
    __dmr_split_commas__: ClassVar[frozenset[str]] = frozenset(('x-tags',))

    token: str = msgspec.field(name='X-Token')
    agent: str = msgspec.field(default='none', name='user-agent')
    length: int = msgspec.field(default=0, name='Content-Length')
    kind: str = msgspec.field(default='', name='Content-Type')
    tags: list[str] = msgspec.field(default_factory=list, name='X-Tags')


_with_aliases = pytest.mark.parametrize(
    ('serializer', 'model'),
    [
        pytest.param(_PY, _HeaderModel, id='pydantic'),
        pytest.param(_MS, _HeaderStruct, id='msgspec'),
    ],
)


@_with_aliases
@pytest.mark.parametrize('name', ['X-Token', 'x-token', 'X-TOKEN'])
def test_header_names_have_no_letter_case(
    serializer: Any,
    model: Any,
    name: str,
) -> None:
    """Names of the model and of the client differ in case only."""

    def post(self: Any, parsed_headers: Headers[model]) -> Any:
        found = parsed_headers
        return [found.token, found.agent, found.length, found.kind, found.tags]

    answer = Service(serializer, post=post)(
        'POST',
        body=b'xyz',
        headers={name: 't', 'User-Agent': 'me', 'Content-Type': 'a/b'},
    )

    assert (HTTPStatus.CREATED, ['t', 'me', 3, 'a/b', []]) == answer.outcome


@_with_aliases
@pytest.mark.parametrize(
    ('header', 'expected'),
    [
        ('a', ['a']),
        ('a,b', ['a', 'b']),
        (' a , b\t,c d ', ['a', 'b', 'c d']),
    ],
)
def test_header_is_split_at_commas(
    serializer: Any,
    model: Any,
    header: str,
    expected: list[str],
) -> None:
    """Spaces around the members of a list do not belong to them."""

    def post(self: Any, parsed_headers: Headers[model]) -> Any:
        return parsed_headers.tags

    answer = Service(serializer, post=post)(
        'POST',
        headers={'X-Token': 't', 'X-Tags': header},
    )

    assert (HTTPStatus.CREATED, expected) == answer.outcome


@_with_aliases
def test_missing_header_is_reported_by_its_name(
    serializer: Any,
    model: Any,
) -> None:
    """The error names the header as the model does."""
    service = _service(serializer, 'parsed_headers', Headers[model])

    answer = service('POST')

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert answer.data['detail'][0]['loc'][0] == 'parsed_headers'
    assert 'X-Token' in answer.content.decode()


def test_mapping_gets_all_headers(serializer: Any) -> None:
    """A model that takes any name gets every header, cookies included."""

    def get(self: Any, parsed_headers: Headers[dict[str, str]]) -> list[str]:
        return sorted(f'{name}: {one}' for name, one in parsed_headers.items())

    answer = Service(serializer, get=get)(
        headers={'X-One': '1', 'Cookie': 'a=b'},
    )

    assert (HTTPStatus.OK, ['Cookie: a=b', 'X-One: 1']) == answer.outcome


# Path


def test_path_converters_have_done_their_work(serializer: Any) -> None:
    """Values arrive as the converters of Django left them."""

    def get(self: Any, parsed_path: Path[dict[str, Any]]) -> list[str]:
        return [type(one).__name__ for one in parsed_path.values()]

    service = Service(
        serializer,
        get=get,
        route='<int:a>/<uuid:b>/<slug:c>/<path:d>',
    )

    answer = service('GET', '/1/6f4d7d35-4d5c-4a40-8d3e-1b2b8ad3f2b0/a-b/x/y')

    assert (HTTPStatus.OK, ['int', 'UUID', 'str', 'str']) == answer.outcome


def test_missing_path_parameter_is_400(serializer: Any) -> None:
    """A route without the parameter cannot satisfy the model."""
    service = _service(serializer, 'parsed_path', Path[_Page], route='x/')

    answer = service('POST', '/x/')

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert answer.data['detail'][0]['loc'][0] == 'parsed_path'


def test_unnamed_path_parameters_are_400(serializer: Any) -> None:
    """Positional captures have no names, so no field to go to."""
    service = _service(
        serializer,
        'parsed_path',
        Path[_Page],
        route=lambda view: re_path(r'^(\d+)/(x*)$', view),
    )

    answer = service('POST', '/15/' + 'x' * 500)

    detail = answer.data['detail']
    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert [{'msg', 'type'}] == [set(one) for one in detail]
    assert "args=('15', 'xxx" in detail[0]['msg']
    assert 'does not allow unnamed path parameters' in detail[0]['msg']
    assert len(detail[0]['msg']) < 500


# Cookies


@pytest.mark.parametrize(
    ('header', 'expected'),
    [
        ('a=1', {'a': '1'}),
        ('a=1; b="x y"', {'a': '1', 'b': 'x y'}),
        ('a=1; a=2', {'a': '2'}),
        ('A=1; a=2', {'A': '1', 'a': '2'}),
        ('broken', {'': 'broken'}),
    ],
)
def test_cookies_are_read_by_name(
    serializer: Any,
    header: str,
    expected: dict[str, str],
) -> None:
    """Names keep their letter case, the last one of a name counts."""
    service = _service(serializer, 'parsed_cookies', Cookies[dict[str, str]])

    answer = service('POST', headers={'Cookie': header})

    assert (HTTPStatus.CREATED, expected) == answer.outcome


# Several components


def _all_parts(
    self: Any,
    parsed_query: Query[_Page],
    parsed_body: Body[_Page],
    parsed_headers: Headers[_Page],
    parsed_path: Path[_Page],
    parsed_cookies: Cookies[_Page],
) -> list[Any]:
    return [
        parsed_query.size,
        parsed_body.size,
        parsed_headers.size,
        parsed_path.size,
        parsed_cookies.size,
    ]


def test_all_components_together(serializer: Any) -> None:
    """Each argument has its own part of the request."""
    service = Service(serializer, post=_all_parts, route='<int:size>/')

    answer = service(
        'POST',
        '/4/?size=1',
        body=b'{"size":2}',
        headers={
            'Content-Type': 'application/json',
            'Size': '3',
            'Cookie': 'size=5',
        },
    )

    assert (HTTPStatus.CREATED, [1, 2, 3, 4, 5]) == answer.outcome


def test_all_faulty_components_are_reported(serializer: Any) -> None:
    """One answer has all faults, in the order of the parameters."""
    service = Service(serializer, post=_all_parts, route='<str:size>/')

    answer = service(
        'POST',
        '/x/?size=x',
        body=b'{"size":"x"}',
        headers={
            'Content-Type': 'application/json',
            'Size': 'x',
            'Cookie': 'size=x',
        },
    )

    assert answer.places == (
        HTTPStatus.BAD_REQUEST,
        [
            ('parsed_query', 'size'),
            ('parsed_body', 'size'),
            ('parsed_headers', 'size'),
            ('parsed_path', 'size'),
            ('parsed_cookies', 'size'),
        ],
    )


def test_unreadable_body_is_reported_alone(serializer: Any) -> None:
    """Before anything can be compared with models, it must be readable."""
    service = Service(serializer, post=_all_parts, route='<str:size>/')

    answer = service(
        'POST',
        '/x/?size=x',
        body=b'{"size"',
        headers={'Content-Type': 'application/json'},
    )

    assert answer.status_code == HTTPStatus.BAD_REQUEST
    assert [{'msg', 'type'}] == [set(one) for one in answer.data['detail']]


_ERRORS: Final[dict[Any, dict[str, Any]]] = {
    _PY: {
        'msg': 'Input should be a valid integer, unable to parse string as an '
        'integer',
        'loc': ['parsed_body', 'items', '1', 'size'],
        'type': 'value_error',
    },
    _MS: {
        'msg': 'Expected `int`, got `str` - at `$.parsed_body.items[1].size`',
        'loc': ['parsed_body', 'items', '1', 'size'],
        'type': 'value_error',
    },
}


@dataclasses.dataclass
class _Items:
    items: list[_Page]


def test_error_tells_message_place_and_type(serializer: Any) -> None:
    """The place leads through lists and fields, all as strings."""
    service = _service(serializer, 'parsed_body', Body[_Items])

    answer = service.post_json({'items': [{'size': 1}, {'size': 'x'}]})

    expected = {'detail': [_ERRORS[serializer]]}
    assert (HTTPStatus.BAD_REQUEST, expected) == answer.outcome


def test_all_faults_of_one_component_are_reported() -> None:
    """Where the serializer knows more than one fault, all are told."""
    service = _service(_PY, 'parsed_body', Body[_PageModel])

    answer = service.post_json({'size': 'x'})

    assert answer.places == (
        HTTPStatus.BAD_REQUEST,
        [('parsed_body', 'size'), ('parsed_body', 'word')],
    )


@pytest.mark.parametrize('body', [b'', b'null'])
def test_empty_body_is_null(serializer: Any, body: bytes) -> None:
    """The model decides whether there may be nothing."""
    optional = _service(serializer, 'parsed_body', Body[_Page | None])
    required = _service(serializer, 'parsed_body', Body[_Page])
    headers = {'Content-Type': 'application/json'}

    accepted = optional('POST', body=body, headers=headers)
    refused = required('POST', body=body, headers=headers)

    assert accepted.status_code == HTTPStatus.CREATED
    assert (HTTPStatus.BAD_REQUEST, [('parsed_body',)]) == refused.places


def test_body_of_json_ignores_shapes(serializer: Any) -> None:
    """JSON has lists and null of its own."""
    service = _service(serializer, 'parsed_body', Body[_Listed])

    answer = service.post_json({'tags': ['null'], 'note': 'null'})

    expected = {'tags': ['null'], 'note': 'null', 'plain': '', 'gone': []}
    assert (HTTPStatus.CREATED, expected) == answer.outcome


# Customization


class _StrictContext(SerializerContext):
    strict_validation = True


class _StrictEndpoint(Endpoint):
    serializer_context_cls = _StrictContext


def test_strict_validation_refuses_text_for_numbers(serializer: Any) -> None:
    """A subclass of the context makes all components strict."""
    lax = _service(serializer, 'parsed_body', Body[list[int]])
    strict = _service(
        serializer,
        'parsed_body',
        Body[list[int]],
        endpoint_cls=_StrictEndpoint,
    )

    assert lax.post_json(['1']).outcome == (HTTPStatus.CREATED, [1])
    assert strict.post_json(['1']).places == (
        HTTPStatus.BAD_REQUEST,
        [('parsed_body', '0')],
    )


class _UpperQuery(QueryComponent):
    """A query whose values are upper case."""

    __slots__ = ()

    def provide_context_data(
        self,
        endpoint: Any,
        controller: Any,
        *,
        field_model: Any,
    ) -> Any:
        shaped = super().provide_context_data(
            endpoint,
            controller,
            field_model=field_model,
        )
        return {name: one.upper() for name, one in shaped.items()}


def test_overridden_source_is_used(serializer: Any) -> None:
    """A subclass of a component collects its data in its own way."""
    marker = Annotated[_Page, _UpperQuery()]
    service = _service(serializer, 'parsed_query', marker)

    answer = service('POST', '/?size=1&word=x')

    assert (HTTPStatus.CREATED, {'size': 1, 'word': 'X'}) == answer.outcome


class _Agent(ComponentParser):
    """A component of its own kind."""

    __slots__ = ()

    context_name = 'parsed_agent'

    def provide_context_data(
        self,
        endpoint: Any,
        controller: Any,
        *,
        field_model: Any,
    ) -> Any:
        agent = controller.request.headers.get('User-Agent')
        if agent is None:
            raise RequestSerializationError('Who are you?')
        return agent

    def get_schema(
        self,
        model: Any,
        model_meta: Any,
        metadata: Any,
        serializer: Any,
        context: Any,
    ) -> Any:
        return []


def test_custom_component(serializer: Any) -> None:
    """A component of the user's own gets data from wherever it likes."""
    service = _service(serializer, 'parsed_agent', Annotated[int, _Agent()])

    valid = service('POST', headers={'User-Agent': '5'})
    invalid = service('POST', headers={'User-Agent': 'x'})
    missing = service('POST')

    assert (HTTPStatus.CREATED, 5) == valid.outcome
    assert (HTTPStatus.BAD_REQUEST, [('parsed_agent',)]) == invalid.places
    assert missing.outcome == (
        HTTPStatus.BAD_REQUEST,
        {'detail': [{'msg': 'Who are you?', 'type': 'value_error'}]},
    )


def test_annotated_metadata_reaches_the_component(serializer: Any) -> None:
    """What else stands in ``Annotated`` is kept for descriptions."""

    def post(
        self: Any,
        parsed_query: Annotated[Query[Annotated[_Page, 'inner']], 'outer'],
    ) -> None:
        """Do nothing."""

    service = Service(serializer, post=post)

    metadata = service.sync_controller.api_endpoints['POST'].metadata
    component, model, rest = metadata.component_parsers[0]
    assert isinstance(component, QueryComponent)
    assert (_Page, ('inner', 'outer')) == (model, rest)
    assert service('POST', '/?size=1').status_code == HTTPStatus.CREATED


def test_wrong_parameter_name_is_refused_at_import(serializer: Any) -> None:
    """The parameter must have the name of the component."""

    def post(self: Any, wrong: Query[_Page]) -> None:
        """Do nothing."""

    with pytest.raises(
        UnsolvableAnnotationsError,
        match=r"QueryComponent of Asked\.post .*'parsed_query', not 'wrong'",
    ):
        Service(serializer, post=post)


def test_parameters_that_are_no_components_are_left_alone(
    serializer: Any,
) -> None:
    """They need a default, nobody fills them."""

    def post(self: Any, parsed_query: Query[_Page], extra: int = 7) -> int:
        return extra

    answer = Service(serializer, post=post)('POST', '/?size=1')

    assert (HTTPStatus.CREATED, 7) == answer.outcome


def test_arguments_are_passed_by_name(serializer: Any) -> None:
    """Keyword-only parameters in any order work."""

    def post(
        self: Any,
        *,
        parsed_body: Body[_Page],
        parsed_query: Query[_Page],
    ) -> list[int]:
        return [parsed_query.size, parsed_body.size]

    service = Service(serializer, post=post)

    answer = service(
        'POST',
        '/?size=1',
        body=b'{"size":2}',
        headers={'Content-Type': 'application/json'},
    )

    assert (HTTPStatus.CREATED, [1, 2]) == answer.outcome
