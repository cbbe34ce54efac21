"""A small API with one of everything that documents can show."""

import enum
import uuid
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, Literal

import pydantic
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, include
from django.urls import path as django_path

from dmr import (
    Body,
    Controller,
    FileMetadata,
    Headers,
    NewHeader,
    Path,
    Query,
    ResponseSpec,
    modify,
    validate,
)
from dmr.openapi import OpenAPIConfig, build_schema
from dmr.openapi.objects import (
    Contact,
    ExternalDocumentation,
    License,
    OAuthFlow,
    OAuthFlows,
    Operation,
    PathItem,
    Response,
    SecurityScheme,
    Tag,
)
from dmr.openapi.views import (
    OpenAPIJsonView,
    RedocView,
    ScalarView,
    StoplightView,
    SwaggerView,
)
from dmr.openapi.views.yaml import OpenAPIYamlView
from dmr.parsers import FormUrlEncodedParser, MultiPartParser
from dmr.plugins.pydantic import PydanticSerializer
from dmr.routing import Router, path
from dmr.security import SyncAuth

#: Ends the element that carries the document, if somebody forgets to escape.
HOSTILE = '</script><script>window.hacked = true</script><b onclick=x>bold</b>'


class SchemeAuth(SyncAuth):
    """Accept everybody, and describe one scheme."""

    def __init__(self, name: str, scheme: SecurityScheme) -> None:
        self._name = name
        self._scheme = scheme

    @property
    def security_schemes(self) -> Mapping[str, Any]:
        return {self._name: self._scheme}

    @property
    def security_requirement(self) -> Mapping[str, list[str]]:
        return {self._name: []}

    def __call__(self, endpoint: Any, controller: Any) -> Any:
        return self


BASIC = SchemeAuth('basic', SecurityScheme(type='http', scheme='basic'))
BEARER = SchemeAuth(
    'bearer',
    SecurityScheme(type='http', scheme='bearer', bearer_format='JWT'),
)
API_KEY = SchemeAuth(
    'key',
    SecurityScheme(
        type='apiKey',
        name='X-API-Key',
        security_scheme_in='header',
    ),
)
OAUTH = SchemeAuth(
    'oauth',
    SecurityScheme(
        type='oauth2',
        flows=OAuthFlows(
            password=OAuthFlow(token_url='/token/', scopes={}),
        ),
    ),
)


class Color(enum.Enum):
    RED = 'red'
    BLUE = 'blue'


class Size(pydantic.BaseModel):
    """How large something is."""

    width: int = 1


class Item(pydantic.BaseModel):
    """Something to buy."""

    name: Annotated[str, pydantic.Field(min_length=1, examples=['Lamp'])]
    color: Color = Color.RED
    size: Size | None = None

    @pydantic.computed_field
    def label(self) -> str:
        return self.name.upper()


class ItemPath(pydantic.BaseModel):
    pk: int


class ItemQuery(pydantic.BaseModel):
    page: int = 1
    search: str | None = None


class TraceHeaders(pydantic.BaseModel):
    trace: Annotated[uuid.UUID, pydantic.Field(alias='X-Trace-Id')]


class Picture(pydantic.BaseModel):
    content_type: Literal['image/png', 'image/jpeg']


class Pictures(pydantic.BaseModel):
    """Pictures of an item."""

    main: Picture
    others: list[Picture]


class Title(pydantic.BaseModel):
    """What to call it."""

    title: str


class ItemsController(Controller[PydanticSerializer]):
    @modify(tags=['items'])
    def get(self, parsed_query: Query[ItemQuery]) -> list[Item]:
        """List items.

        Those that match the search.
        """
        return [Item(name=parsed_query.search or 'Lamp')]

    @modify(
        tags=['items'],
        auth=[BASIC, BEARER, API_KEY, OAUTH],
        headers={
            'X-Item': NewHeader(
                value='1',
                description='Number of the item.',
                example='7',
            ),
        },
        callbacks={
            'sold': {
                '{$request.body#/url}': PathItem(
                    post=Operation(
                        responses={'200': Response(description='Seen')}
                    ),
                )
            }
        },
    )
    def post(self, parsed_body: Body[Item]) -> Item:
        """Add an item."""
        return parsed_body


class ItemController(Controller[PydanticSerializer]):
    summary = 'One item'

    @modify(tags=['items'], deprecated=True, operation_id='readItem')
    def get(
        self,
        parsed_path: Path[ItemPath],
        parsed_headers: Headers[TraceHeaders],
    ) -> Item:
        """Read one item."""
        return Item(name=str(parsed_path.pk))

    @modify(status_code=HTTPStatus.NO_CONTENT)
    def delete(self) -> None:
        """Remove it."""


class PicturesController(Controller[PydanticSerializer]):
    parsers = (MultiPartParser(),)

    def put(
        self,
        parsed_body: Body[Title],
        parsed_file_metadata: FileMetadata[Pictures],
    ) -> int:
        """Replace the pictures."""
        return 1


class NotesController(Controller[PydanticSerializer]):
    parsers = (FormUrlEncodedParser(),)

    @validate(
        ResponseSpec(Title, status_code=HTTPStatus.CREATED),
        description=HOSTILE,
        summary=HOSTILE,
    )
    def post(self, parsed_body: Body[Title]) -> HttpResponse:
        return self.to_response({'title': 'x'})


def plain_view(request: Any) -> HttpResponse:
    """Be no controller, and so no part of the document."""
    return HttpResponse()


URLS: list[URLPattern | URLResolver] = [
    path('items/', ItemsController.as_view(), name='items'),
    path('items/<int:pk>/', ItemController.as_view()),
    path(
        '<uuid:shop>/',
        include(([path('pictures/', PicturesController.as_view())], 'shop')),
    ),
    path('notes/', NotesController.as_view()),
    django_path('plain/', plain_view),
]
ROUTER = Router('api/', URLS, tags=['shop'])


def config(version: Any = '3.1.0') -> OpenAPIConfig:
    """Return a configuration with hostile texts."""
    return OpenAPIConfig(
        title=f'Shop {HOSTILE}',
        version='1.2.3',
        openapi_version=version,
        summary='Sells things',
        description=f'Everything. {HOSTILE}',
        contact=Contact(name='Support', email='support@example.com'),
        license=License(name='MIT', identifier='MIT'),
        external_docs=ExternalDocumentation(url='https://example.com'),
        tags=[Tag(name='items', description='Things')],
        webhooks={
            'sold': PathItem(
                post=Operation(responses={'200': Response(description='ok')}),
            ),
        },
    )


SCHEMA = build_schema(ROUTER, config=config())

urlpatterns = [
    django_path('api/', include((URLS, 'api'))),
    django_path('openapi.json', OpenAPIJsonView.as_view(SCHEMA), name='json'),
    django_path('openapi.yaml', OpenAPIYamlView.as_view(SCHEMA), name='yaml'),
    django_path('swagger/', SwaggerView.as_view(SCHEMA)),
    django_path('redoc/', RedocView.as_view(SCHEMA)),
    django_path('scalar/', ScalarView.as_view(SCHEMA)),
    django_path('stoplight/', StoplightView.as_view(SCHEMA)),
    django_path('secret/', login_required(SwaggerView.as_view(SCHEMA))),
]
