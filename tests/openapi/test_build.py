"""Whole documents of whole controllers."""

import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, Literal

import msgspec
import pydantic
import pytest
from django.http import FileResponse, HttpResponse
from django.urls import include, re_path
from django.urls import path as django_path
from typing_extensions import TypedDict, override

from dmr import (
    Body,
    Controller,
    Cookies,
    CookieSpec,
    FileMetadata,
    Headers,
    HeaderSpec,
    NewCookie,
    NewHeader,
    Path,
    Query,
    ResponseSpec,
    modify,
    validate,
)
from dmr.components import ComponentParser
from dmr.endpoint import Endpoint
from dmr.exceptions import UnsolvableAnnotationsError
from dmr.files import FileResponseSpec
from dmr.openapi import OpenAPIContext, build_schema
from dmr.openapi.exceptions import MethodNotSupportedError
from dmr.openapi.objects import (
    Components,
    Encoding,
    Example,
    ExternalDocumentation,
    Link,
    MediaTypeMetadata,
    Operation,
    Parameter,
    ParameterMetadata,
    PathItem,
    Reference,
    Schema,
    Server,
)
from dmr.parsers import FormUrlEncodedParser, MultiPartParser
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import FileRenderer, JsonRenderer, Renderer
from dmr.routing import Router, path
from tests.openapi.shop import API_KEY, BASIC
from tests.openapi.support import (
    config,
    document_of,
    operation_of,
    schemas_of,
)

_REF = '#/components/schemas/'


class _Model(pydantic.BaseModel):
    """A model."""

    number: int


def test_empty_router_has_an_empty_document() -> None:
    """Empty collections stay, as tools expect them."""
    document = build_schema(Router('api/', []), config=config())

    assert {
        'info': {'title': 'T', 'version': '1'},
        'openapi': '3.1.0',
        'paths': {},
        'components': {'schemas': {}, 'securitySchemes': {}},
    } == document.convert(skip_validation=False)


def test_context_and_config_exclude_each_other() -> None:
    """A context has a configuration already."""
    context = OpenAPIContext(config=config())

    with pytest.raises(ValueError, match='Passing both'):
        build_schema(Router('', []), context=context, config=config())


def test_docstring_of_the_endpoint_is_its_documentation() -> None:
    """The first paragraph is the summary, the rest the description."""

    class Some(Controller[PydanticSerializer]):
        def get(self) -> int:
            """Count things.

            All of them.
            """
            raise NotImplementedError

    operation = operation_of(Some)

    assert ('Count things.', 'All of them.') == (
        operation['summary'],
        operation['description'],
    )


def test_options_of_the_decorator_are_written() -> None:
    """Everything that describes an operation is in the document."""

    class Some(Controller[PydanticSerializer]):
        @modify(
            summary='S',
            tags=['a'],
            operation_id='count',
            deprecated=True,
            external_docs=ExternalDocumentation(url='https://example.com'),
            servers=[Server(url='https://api.example.com')],
            response_description='All',
            links={'next': Link(operation_id='count')},
            semantic_responses=False,
            callbacks={'done': {'{$url}': PathItem()}},
        )
        def get(self) -> int:
            """Not this."""
            raise NotImplementedError

    assert {
        'tags': ['a'],
        'summary': 'S',
        'externalDocs': {'url': 'https://example.com'},
        'operationId': 'count',
        'responses': {
            '200': {
                'description': 'All',
                'content': {
                    'application/json': {'schema': {'type': 'integer'}}
                },
                'links': {'next': {'operationId': 'count'}},
            },
        },
        'callbacks': {'done': {'{$url}': {}}},
        'deprecated': True,
        'servers': [{'url': 'https://api.example.com'}],
    } == operation_of(Some)


def test_router_adds_tags_and_deprecation() -> None:
    """Tags of the router come first."""

    class Some(Controller[PydanticSerializer]):
        @modify(tags=['own'])
        def get(self) -> int:
            raise NotImplementedError

    router = Router(
        'api/',
        [path('some/', Some.as_view())],
        tags=['all'],
        deprecated=True,
    )

    converted = build_schema(router, config=config()).convert()

    operation = converted['paths']['/api/some/']['get']
    assert ['all', 'own'] == operation['tags']
    assert operation['deprecated']


def test_controller_describes_its_path() -> None:
    """Class attributes of a controller are fields of the path item."""

    class Some(Controller[PydanticSerializer]):
        summary = 'S'
        description = 'D'
        servers = [Server(url='/v2')]

        def get(self) -> int:
            raise NotImplementedError

    (path_item,) = document_of(Some)['paths'].values()

    assert {
        'summary': 'S',
        'description': 'D',
        'servers': [{'url': '/v2'}],
    } == {
        name: path_item[name] for name in ('summary', 'description', 'servers')
    }


def test_meta_is_the_options_method() -> None:
    """``meta`` answers OPTIONS requests, and is documented there."""

    class Some(Controller[PydanticSerializer]):
        @validate(ResponseSpec(None, status_code=HTTPStatus.NO_CONTENT))
        def meta(self) -> HttpResponse:
            raise NotImplementedError

    operation = operation_of(Some, 'options')

    assert {'description': 'No Content'} == operation['responses']['204']


def test_parameters_of_each_kind() -> None:
    """Each field of a component is a parameter, under its alias."""

    class _Query(pydantic.BaseModel):
        page: int = 1

    class _Headers(pydantic.BaseModel):
        token: Annotated[
            str,
            pydantic.Field(
                alias='X-Token', description='Secret', deprecated=True
            ),
        ]

    class _Path(pydantic.BaseModel):
        pk: int = 1

    class _Cookies(TypedDict):
        session: str

    class Some(Controller[PydanticSerializer]):
        def get(
            self,
            parsed_query: Query[_Query],
            parsed_headers: Headers[_Headers],
            parsed_path: Path[_Path],
            parsed_cookies: Cookies[_Cookies],
        ) -> int:
            raise NotImplementedError

    operation = operation_of(Some, route='<int:pk>/')

    assert [
        {
            'deprecated': False,
            'name': 'page',
            'in': 'query',
            'schema': {'type': 'integer', 'title': 'Page', 'default': 1},
        },
        {
            'description': 'Secret',
            'deprecated': True,
            'name': 'X-Token',
            'in': 'header',
            'schema': {
                'type': 'string',
                'title': 'X-Token',
                'description': 'Secret',
                'deprecated': True,
            },
            'required': True,
        },
        {
            'deprecated': False,
            'name': 'pk',
            'in': 'path',
            'schema': {'type': 'integer', 'title': 'Pk', 'default': 1},
            'required': True,
        },
        {
            'deprecated': False,
            'name': 'session',
            'in': 'cookie',
            'schema': {'type': 'string', 'title': 'Session'},
            'required': True,
        },
    ] == operation['parameters']


def test_metadata_applies_to_all_parameters() -> None:
    """`ParameterMetadata` says how parameters are written."""

    class _Query(pydantic.BaseModel):
        """All of them."""

        ids: list[int]

    class Some(Controller[PydanticSerializer]):
        def get(
            self,
            parsed_query: Query[
                Annotated[
                    _Query,
                    ParameterMetadata(
                        style='form',
                        explode=False,
                        examples={'two': Example(value=[1, 2])},
                    ),
                ]
            ],
        ) -> int:
            raise NotImplementedError

    assert [
        {
            'description': 'All of them.',
            'deprecated': False,
            'style': 'form',
            'explode': False,
            'examples': {'two': {'value': [1, 2]}},
            'name': 'ids',
            'in': 'query',
            'schema': {
                'type': 'array',
                'items': {'type': 'integer'},
                'title': 'Ids',
            },
            'required': True,
        },
    ] == operation_of(Some)['parameters']


def test_required_parameters_take_the_example_of_their_model() -> None:
    """Pages fill it in, and leave empty what is optional."""

    class _Query(pydantic.BaseModel):
        needed: int = pydantic.Field(examples=[7, 8])
        optional: int = pydantic.Field(default=0, examples=[7])

    class Some(Controller[PydanticSerializer]):
        def get(self, parsed_query: Query[_Query]) -> int:
            raise NotImplementedError

    parameters = operation_of(Some)['parameters']

    assert {'needed': 7, 'optional': None} == {
        one['name']: one.get('example') for one in parameters
    }


class _Converter:
    """A URL converter with a schema of its own."""

    regex = '[0-9.]+'
    __dmr_converter_schema__ = float

    def to_python(self, value: str) -> float:
        return float(value)

    def to_url(self, value: float) -> str:
        return str(value)


def test_path_parameters_come_from_the_url() -> None:
    """Every parameter of the path is described, of including URLs as well."""

    class _Path(pydantic.BaseModel):
        pk: int
        elsewhere: int = 1

    class Some(Controller[PydanticSerializer]):
        def get(self, parsed_path: Path[_Path]) -> int:
            raise NotImplementedError

    from django.urls import converters, register_converter  # noqa: PLC0415

    if 'float_of_tests' not in converters.get_converters():
        register_converter(_Converter, 'float_of_tests')
    inner = [
        path('<int:pk>/<slug:name>/<float_of_tests:size>/', Some.as_view()),
        re_path(r'^old/(?P<pk>\d+)/$', Some.as_view()),
    ]
    router = Router('api/', [django_path('<uuid:org>/', include((inner, 'x')))])

    paths = build_schema(router, config=config()).convert()['paths']

    assert {
        '/api/{org}/{pk}/{name}/{size}/': [
            ('pk', {'type': 'integer', 'title': 'Pk'}),
            ('org', {'type': 'string', 'format': 'uuid'}),
            ('name', {'type': 'string'}),
            ('size', {'type': 'number'}),
        ],
        '/api/{org}/old/{pk}/': [
            ('pk', {'type': 'integer', 'title': 'Pk'}),
            ('org', {'type': 'string', 'format': 'uuid'}),
        ],
    } == {
        route: [
            (parameter['name'], parameter['schema'])
            for parameter in path_item['get']['parameters']
        ]
        for route, path_item in paths.items()
    }


def test_body_has_each_media_type_of_the_parsers() -> None:
    """One schema stands under every media type that can be parsed."""

    class Some(Controller[PydanticSerializer]):
        parsers = (FormUrlEncodedParser(), MultiPartParser())

        def post(self, parsed_body: Body[_Model]) -> int:
            raise NotImplementedError

    schema = {'schema': {'$ref': f'{_REF}_Model'}}
    assert {
        'content': {
            'application/x-www-form-urlencoded': schema,
            'multipart/form-data': schema,
        },
        'description': 'A model.',
        'required': True,
    } == operation_of(Some, 'post')['requestBody']


def test_media_type_metadata_is_written() -> None:
    """Users add examples and encodings to bodies by annotation."""

    class Some(Controller[PydanticSerializer]):
        def post(
            self,
            parsed_body: Body[
                Annotated[
                    list[int],
                    MediaTypeMetadata(
                        example=[1],
                        encoding={'a': Encoding(content_type='text/plain')},
                    ),
                ]
            ],
        ) -> Annotated[int, MediaTypeMetadata(example=7)]:
            raise NotImplementedError

    operation = operation_of(Some, 'post')

    assert {
        'schema': {'type': 'array', 'items': {'type': 'integer'}},
        'example': [1],
        'encoding': {'a': {'contentType': 'text/plain'}},
    } == operation['requestBody']['content']['application/json']
    assert {
        'schema': {'type': 'integer'},
        'example': 7,
    } == operation['responses']['201']['content']['application/json']


class _Picture(pydantic.BaseModel):
    content_type: Literal['image/png', 'image/jpeg']


class _Attachment(pydantic.BaseModel):
    size: int


class _Files(pydantic.BaseModel):
    """Files of a form."""

    picture: _Picture
    pictures: list[_Picture]
    other: _Attachment


_FILES_SCHEMA = {
    'properties': {
        'picture': {'type': 'string', 'format': 'binary'},
        'pictures': {
            'type': 'array',
            'items': {'type': 'string', 'format': 'binary'},
        },
        'other': {'type': 'string', 'format': 'binary'},
    },
    'type': 'object',
    'required': ['picture', 'pictures', 'other'],
    'title': '_Files',
    'description': 'Files of a form.',
}
_FILES_ENCODING = {
    'picture': {'contentType': 'image/png, image/jpeg'},
    'pictures': {'contentType': 'image/png, image/jpeg'},
}


def test_files_are_binary_strings() -> None:
    """The facts about files are not sent by clients, so they are no schema."""

    class Some(Controller[PydanticSerializer]):
        parsers = (MultiPartParser(),)

        def post(self, parsed_file_metadata: FileMetadata[_Files]) -> int:
            raise NotImplementedError

    document = document_of(Some)

    assert {
        'content': {
            'multipart/form-data': {
                'schema': _FILES_SCHEMA,
                'encoding': _FILES_ENCODING,
            },
        },
        'description': 'Files of a form.',
        'required': True,
    } == document['paths']['/some/']['post']['requestBody']
    assert {} == schemas_of(document)


def test_files_and_fields_are_one_body() -> None:
    """Only media types that can carry both are left."""

    class Some(Controller[PydanticSerializer]):
        parsers = (MultiPartParser(), FormUrlEncodedParser())

        def post(
            self,
            parsed_body: Body[_Model],
            parsed_file_metadata: FileMetadata[_Files],
        ) -> int:
            raise NotImplementedError

    assert {
        'content': {
            'multipart/form-data': {
                'schema': {
                    'allOf': [_FILES_SCHEMA, {'$ref': f'{_REF}_Model'}],
                },
                'encoding': _FILES_ENCODING,
            },
        },
        'description': 'A model. Files of a form.',
        'required': True,
    } == operation_of(Some, 'post')['requestBody']


def test_headers_and_cookies_of_responses() -> None:
    """Cookies are ``Set-Cookie`` headers, examples are written."""

    class Some(Controller[PydanticSerializer]):
        @modify(
            semantic_responses=False,
            headers={
                'X-New': NewHeader(value='1', description='N', example='7'),
                'X-Old': HeaderSpec(
                    deprecated=True,
                    required=False,
                    skip_validation=True,
                ),
            },
            cookies={
                'new': NewCookie(value='1'),
                'old': CookieSpec(
                    description='O',
                    required=False,
                    skip_validation=True,
                ),
            },
        )
        def get(self) -> int:
            raise NotImplementedError

    assert {
        'X-New': {
            'schema': {'type': 'string'},
            'description': 'N',
            'required': True,
            'example': '7',
        },
        'X-Old': {'schema': {'type': 'string'}, 'deprecated': True},
        'Set-Cookie: new': {
            'schema': {'type': 'string', 'example': 'new=123'},
            'required': True,
        },
        'Set-Cookie: old': {
            'schema': {'type': 'string', 'example': 'old=123'},
            'description': 'O',
        },
    } == operation_of(Some)['responses']['200']['headers']


@pytest.mark.parametrize('serializer', [PydanticSerializer, MsgspecSerializer])
def test_file_responses_are_binary(serializer: Any) -> None:
    """The stand-in for the content of a file is no component."""

    class Some(Controller[serializer]):
        @validate(
            FileResponseSpec(),
            renderers=[FileRenderer('image/png')],
            semantic_responses=False,
        )
        def get(self) -> FileResponse:
            raise NotImplementedError

    document = document_of(Some)

    header = {'schema': {'type': 'string'}, 'required': True}
    assert {
        '200': {
            'description': 'OK',
            'headers': {
                'Content-Length': header,
                'Content-Disposition': header,
            },
            'content': {
                'image/png': {'schema': {'type': 'string', 'format': 'binary'}},
            },
        },
    } == document['paths']['/some/']['get']['responses']
    assert {} == schemas_of(document)


@pytest.mark.parametrize(
    ('renderers', 'expected'),
    [
        ([FileRenderer()], {'application/json'}),
        ([FileRenderer('image/png'), JsonRenderer('text/json')], {'text/json'}),
    ],
)
def test_errors_of_downloads_are_no_files(
    renderers: list[Renderer],
    expected: set[str],
) -> None:
    """They have the media type in which they are really answered."""

    class Some(Controller[PydanticSerializer]):
        @validate(FileResponseSpec(), renderers=renderers)
        def get(self) -> FileResponse:
            raise NotImplementedError

    responses = operation_of(Some)['responses']

    assert expected == responses['406']['content'].keys()


def test_responses_without_a_body_have_no_content() -> None:
    """``None`` is sent as an empty body."""

    class Some(Controller[PydanticSerializer]):
        @modify(semantic_responses=False)
        def get(self) -> None:
            raise NotImplementedError

    assert {'200': {'description': 'OK'}} == operation_of(Some)['responses']


def test_security_of_an_operation() -> None:
    """Schemes are components, requirements are alternatives."""

    class Some(Controller[PydanticSerializer]):
        @modify(auth=[BASIC, API_KEY])
        def get(self) -> int:
            raise NotImplementedError

        def post(self) -> int:
            raise NotImplementedError

    document = document_of(Some)

    path_item = document['paths']['/some/']
    assert [{'basic': []}, {'key': []}] == path_item['get']['security']
    assert 'security' not in path_item['post']
    assert '401' in path_item['get']['responses']
    assert {
        'basic': {'type': 'http', 'scheme': 'basic'},
        'key': {'type': 'apiKey', 'name': 'X-API-Key', 'in': 'header'},
    } == document['components']['securitySchemes']


def test_configured_components_are_merged() -> None:
    """What the configuration defines stands beside what endpoints need."""

    class Some(Controller[PydanticSerializer]):
        @modify(semantic_responses=False)
        def get(self) -> _Model:
            raise NotImplementedError

    document = document_of(
        Some,
        components=[
            Components(schemas={'Extra': Schema(type='integer')}),
            Components(
                parameters={
                    'P': Parameter(
                        name='p',
                        param_in='query',
                        schema=Schema(),
                    )
                }
            ),
        ],
    )

    assert ['_Model', 'Extra'] == list(document['components']['schemas'])
    assert ['P'] == list(document['components']['parameters'])


class _Purging(Controller[PydanticSerializer]):
    allowed_http_methods = frozenset(('get', 'query', 'purge'))

    @modify(status_code=HTTPStatus.OK, semantic_responses=False)
    def query(self) -> int:
        raise NotImplementedError

    @modify(status_code=HTTPStatus.OK, semantic_responses=False)
    def purge(self) -> int:
        raise NotImplementedError


def test_any_method_can_be_described_since_3_2() -> None:
    """QUERY has a field of its own, others are additional."""
    document = document_of(_Purging, openapi_version='3.2.0')

    (path_item,) = document['paths'].values()
    assert ['query', 'additionalOperations'] == list(path_item)
    assert ['PURGE'] == list(path_item['additionalOperations'])


def test_unknown_methods_are_an_error_before_3_2() -> None:
    """The message says where, what, and what to do."""
    with pytest.raises(MethodNotSupportedError) as raised:
        document_of(_Purging)

    assert (
        '_Purging.purge (PURGE /_purging/): OpenAPI 3.1.0 has no HTTP method '
        "'PURGE'. Set `openapi_version` to 3.2.0, or leave the endpoint out of "
        'the document.'
    ) == str(raised.value)


def test_other_views_are_skipped() -> None:
    """Views that are not controllers have no description."""

    class Some(Controller[PydanticSerializer]):
        def get(self) -> int:
            raise NotImplementedError

    def view(request: Any) -> HttpResponse:
        raise NotImplementedError

    router = Router(
        '',
        [django_path('view/', view), path('some/', Some.as_view())],
    )

    document = build_schema(router, config=config()).convert()

    assert ['/some/'] == list(document['paths'])


def test_endpoints_and_controllers_can_be_left_out() -> None:
    """A ``get_schema`` that returns ``None`` hides an endpoint.

    A path without any operation is no path.
    """

    class _Hidden(Endpoint):
        @override
        def get_schema(self, *args: Any, **kwargs: Any) -> Any:
            if self.metadata.method == 'post':
                return None
            return super().get_schema(*args, **kwargs)

    class Some(Controller[PydanticSerializer]):
        endpoint_cls = _Hidden

        def get(self) -> int:
            raise NotImplementedError

        def post(self) -> int:
            raise NotImplementedError

    class Silent(Controller[PydanticSerializer]):
        endpoint_cls = _Hidden

        def post(self) -> int:
            raise NotImplementedError

    class Internal(Controller[PydanticSerializer]):
        def get(self) -> int:
            raise NotImplementedError

        @override
        @classmethod
        def get_path_item(cls, *args: Any, **kwargs: Any) -> Any:
            return None

    document = document_of(Some, Silent, Internal)

    assert {'/some/': ['get']} == {
        route: list(path_item) for route, path_item in document['paths'].items()
    }


def test_documented_overrides_are_used() -> None:
    """Overrides without *router* keep the tags of the router."""

    class _Spec(ResponseSpec):
        @override
        def get_schema(
            self,
            metadata: Any,
            serializer: Any,
            context: Any,
        ) -> Any:
            response = super().get_schema(metadata, serializer, context)
            response.description = 'Overridden'
            return response

    class _Endpoint(Endpoint):
        @override
        def get_operation_id(self, *args: Any) -> str:
            return 'overridden'

        @override
        def get_schema(  # type: ignore[override]
            self,
            path: str,
            pattern: Any,
            controller_name: str,
            serializer: Any,
            context: Any,
        ) -> Any:
            operation: Operation = super().get_schema(
                path,
                pattern,
                controller_name,
                serializer,
                context,
            )
            operation.summary = 'Overridden'
            return operation

    class Some(Controller[PydanticSerializer]):
        endpoint_cls = _Endpoint

        @validate(
            _Spec(int, status_code=HTTPStatus.OK),
            semantic_responses=False,
        )
        def get(self) -> HttpResponse:
            raise NotImplementedError

        @override
        @classmethod
        def get_path_item(  # type: ignore[override]
            cls,
            path: str,
            pattern: Any,
            context: Any,
        ) -> Any:
            path_item: PathItem = super().get_path_item(path, pattern, context)
            path_item.summary = 'Overridden'
            return path_item

    router = Router('', [path('some/', Some.as_view())], tags=['all'])

    converted = build_schema(router, config=config()).convert()

    assert {
        'summary': 'Overridden',
        'get': {
            'tags': ['all'],
            'summary': 'Overridden',
            'operationId': 'overridden',
            'responses': {
                '200': {
                    'description': 'Overridden',
                    'content': {
                        'application/json': {'schema': {'type': 'integer'}},
                    },
                },
            },
            'deprecated': False,
        },
    } == converted['paths']['/some/']


class _Odd:
    """A type that no serializer can describe."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415

        return core_schema.is_instance_schema(cls)


class _OddController(Controller[PydanticSerializer]):
    def post(self, parsed_body: Body[_Odd]) -> int:
        raise NotImplementedError


def test_type_without_schema_is_an_error_that_says_where() -> None:
    """Controller, method, component and type are in the message."""
    with pytest.raises(UnsolvableAnnotationsError) as raised:
        document_of(_OddController)

    message = str(raised.value)
    assert message.startswith(
        'Cannot generate OpenAPI schema from '
        "<class 'tests.openapi.test_build._Odd'> for parsed_body of "
        '_OddController.post (POST /_oddcontroller/), consider registering it',
    )
    assert raised.value.__cause__ is not None


@pytest.mark.parametrize(
    'schema',
    [
        Schema(type='string', title='Odd'),
        lambda *args, **kwargs: Schema(type='string', title='Odd'),
    ],
)
def test_registered_schema_is_used(schema: Any) -> None:
    """Users say what serializers do not know."""
    context = OpenAPIContext(config=config())
    context.register_schema(_Odd, schema)

    operation = operation_of(_OddController, 'post', context=context)

    assert {
        'application/json': {'schema': {'type': 'string', 'title': 'Odd'}},
    } == operation['requestBody']['content']


def test_registered_callback_can_decline() -> None:
    """``None`` leaves the type to the serializer."""
    calls: list[Any] = []

    def decline(
        annotation: Any,
        origin: Any,
        type_args: tuple[Any, ...],
        *,
        used_for_response: bool,
        skip_registration: bool,
    ) -> None:
        calls.append(
            (
                annotation,
                origin,
                type_args,
                used_for_response,
                skip_registration,
            )
        )

    class Some(Controller[PydanticSerializer]):
        @modify(semantic_responses=False)
        def get(self) -> list[int]:
            raise NotImplementedError

    context = OpenAPIContext(config=config())
    context.register_schema(list[str], decline)

    operation = operation_of(Some, context=context)

    assert [(list[int], list, (int,), True, False)] == calls
    assert {'type': 'array', 'items': {'type': 'integer'}} == (
        operation['responses']['200']['content']['application/json']['schema']
    )


def test_schema_is_registered_once_or_overridden() -> None:
    """Replacing a schema is said explicitly."""
    context = OpenAPIContext(config=config())
    context.register_schema(_Odd, Schema(type='string'))

    with pytest.raises(ValueError, match='is already registered'):
        context.register_schema(_Odd, Schema(type='integer'))
    context.register_schema(_Odd, Schema(type='integer'), override=True)

    operation = operation_of(_OddController, 'post', context=context)
    assert {'schema': {'type': 'integer'}} == (
        operation['requestBody']['content']['application/json']
    )


def test_reference_to_a_schema_written_by_hand() -> None:
    """Components can be added by hand and referred to."""
    context = OpenAPIContext(config=config())
    reference = context.registries.schema.register(
        'Odd',
        Schema(type='string'),
        _Odd,
    )
    context.register_schema(_Odd, reference)

    document = document_of(_OddController, context=context)

    assert Reference(ref=f'{_REF}Odd') == reference
    assert {'Odd': {'type': 'string'}} == schemas_of(document)


def test_component_must_return_parameters_or_a_body() -> None:
    """A component of a user that returns something else is an error."""

    class _Strange(ComponentParser):
        context_name = 'parsed_strange'

        @override
        def provide_context_data(self, *args: Any, **kwargs: Any) -> Any:
            raise NotImplementedError

        @override
        def get_schema(self, *args: Any, **kwargs: Any) -> Any:
            return 'strange'

    class Some(Controller[PydanticSerializer]):
        def get(self, parsed_strange: Annotated[int, _Strange()]) -> int:
            raise NotImplementedError

    with pytest.raises(TypeError, match=r"Returning <class 'str'> from"):
        document_of(Some)


def test_msgspec_models() -> None:
    """Names, defaults and aliases of structs are those of msgspec."""

    class Item(msgspec.Struct):
        """An item."""

        name: Annotated[str, msgspec.Meta(min_length=1)]
        size: int = msgspec.field(default=1, name='itemSize')
        kind: uuid.UUID | None = None

    class Some(Controller[MsgspecSerializer]):
        @modify(semantic_responses=False)
        def post(self, parsed_body: Body[Item]) -> list[Item]:
            raise NotImplementedError

    document = document_of(Some)

    assert {
        'Item': {
            'title': 'Item',
            'description': 'An item.',
            'type': 'object',
            'properties': {
                'name': {'type': 'string', 'minLength': 1},
                'itemSize': {'type': 'integer', 'default': 1},
                'kind': {
                    'anyOf': [
                        {'type': 'string', 'format': 'uuid'},
                        {'type': 'null'},
                    ],
                },
            },
            'required': ['name'],
        },
    } == {
        name: dict(schema)
        for name, schema in document['components']['schemas'].items()
        if name == 'Item'
    }


def _without_schema(document: Mapping[str, Any]) -> list[str]:
    schemas = document['components']['schemas']
    text = str(document)
    return [name for name in schemas if f'{_REF}{name}' not in text]


@pytest.mark.parametrize('version', ['3.0.0', '3.1.0', '3.2.0'])
def test_document_of_the_shop_is_valid(version: str) -> None:
    """One of everything is valid in each version, with no unused schema."""
    from tests.openapi import shop  # noqa: PLC0415

    document = build_schema(shop.ROUTER, config=shop.config(version))

    converted = document.convert(skip_validation=False)

    assert [] == _without_schema(converted)
