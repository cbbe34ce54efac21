"""dmr-core and dmr-openapi, without any serializer."""

import importlib
from importlib.metadata import distributions

import django
import pytest
from django.conf import settings

settings.configure(
    SECRET_KEY='isolated-secret-key-of-more-than-32-bytes',
    ALLOWED_HOSTS=['*'],
    INSTALLED_APPS=['django.contrib.staticfiles', 'dmr', 'dmr.openapi'],
    ROOT_URLCONF=__name__,
    STATIC_URL='/static/',
    TEMPLATES=[
        {
            'BACKEND': 'django.template.backends.django.DjangoTemplates',
            'APP_DIRS': True,
        },
    ],
    USE_TZ=True,
)
django.setup()

from django.contrib.staticfiles import finders  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import include  # noqa: E402

from dmr import Controller  # noqa: E402
from dmr.openapi import build_schema  # noqa: E402
from dmr.openapi.views import OpenAPIJsonView, SwaggerView  # noqa: E402
from dmr.routing import Router, path  # noqa: E402
from dmr.serializer import (  # noqa: E402
    BaseEndpointOptimizer,
    BaseSchemaGenerator,
    BaseSerializer,
)


class PlainSchemas(BaseSchemaGenerator):
    @classmethod
    def get_schema(cls, model, ref_template, *, used_for_response=False):
        return {'type': 'object'}, {}

    @classmethod
    def schema_name(cls, model):
        return None


class PlainSerializer(BaseSerializer):
    validation_error = TypeError
    optimizer = BaseEndpointOptimizer
    schema_generator = PlainSchemas

    @classmethod
    def serialize(cls, structure, *, renderer):
        return renderer.render(structure, cls.serialize_hook)

    @classmethod
    def from_python(cls, unstructured, model, *, strict):
        return unstructured


class Hello(Controller[PlainSerializer]):
    def get(self) -> dict:
        """Say hello."""
        return {'hello': 'world'}


router = Router('api/', [path('hello/', Hello.as_view(), name='hello')])
schema = build_schema(router)
urlpatterns = [
    path(router.prefix, include((router.urls, 'api'), namespace='api')),
    path('openapi.json', OpenAPIJsonView.as_view(schema), name='openapi'),
    path('docs/', SwaggerView.as_view(schema), name='swagger'),
]


def test_no_serializer_is_there() -> None:
    """The environment is what this module says it is."""
    installed = {
        one.name.lower()
        for one in distributions()
        if one.name.lower().startswith(('dmr', 'pydantic', 'msgspec'))
    }

    assert {'dmr-core', 'dmr-openapi'} == installed


@pytest.mark.parametrize(
    'module',
    ['pydantic', 'msgspec', 'yaml', 'openapi_spec_validator', 'polyfactory'],
)
def test_extras_are_not_there(module: str) -> None:
    """What is optional was not installed."""
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(module)


def test_document_describes_the_api() -> None:
    """The operation is found, with its path and summary."""
    response = Client().get('/openapi.json')

    operations = {
        (place, method): operation.get('summary')
        for place, item in response.json()['paths'].items()
        for method, operation in item.items()
    }
    assert 200 == response.status_code
    assert {('/api/hello/', 'get'): 'Say hello.'} == operations


def test_docs_page_is_served() -> None:
    """The template is in the wheel."""
    response = Client().get('/docs/')

    assert (200, 'text/html') == (
        response.status_code,
        response.headers['Content-Type'].partition(';')[0],
    )


def test_assets_are_in_the_wheel() -> None:
    """Every script and style sheet of the page is a static file."""
    page = Client().get('/docs/').text

    links = {
        part.split('"')[0].removeprefix('/static/')
        for word in ('src="', 'href="')
        for part in page.split(word)[1:]
        if part.startswith('/static/')
    }
    assert links
    assert [] == [link for link in links if finders.find(link) is None]
    assert 'https://' not in page
