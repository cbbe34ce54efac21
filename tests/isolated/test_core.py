"""dmr-core alone: an API with a serializer of a few lines."""

import importlib
from importlib.metadata import distributions
from typing import Any

import django
import pytest
from django.conf import settings

settings.configure(
    SECRET_KEY='isolated-secret-key-of-more-than-32-bytes',
    ALLOWED_HOSTS=['*'],
    INSTALLED_APPS=['dmr'],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import include  # noqa: E402

from dmr import Body, Controller, Query, discovery  # noqa: E402
from dmr.exceptions import PluginError  # noqa: E402
from dmr.routing import Router, path  # noqa: E402
from dmr.serializer import (  # noqa: E402
    BaseEndpointOptimizer,
    BaseSchemaGenerator,
    BaseSerializer,
)


class PlainSerializer(BaseSerializer):
    """Checks the outermost type, that is all."""

    validation_error = TypeError
    optimizer = BaseEndpointOptimizer
    schema_generator = BaseSchemaGenerator

    @classmethod
    def serialize(cls, structure, *, renderer):
        return renderer.render(structure, cls.serialize_hook)

    @classmethod
    def deserialize(cls, buffer, *, parser, request, model):
        return parser.parse(
            buffer,
            cls.deserialize_hook,
            request=request,
            model=model,
        )

    @classmethod
    def from_python(cls, unstructured, model, *, strict):
        if model in {dict, list} and not isinstance(unstructured, model):
            raise TypeError(f'expected {model.__name__}')
        return unstructured

    @classmethod
    def to_python(cls, structured):
        return structured

    @classmethod
    def serialize_validation_error(cls, exc):
        return [{'msg': str(exc), 'type': 'value_error'}]


class Echo(Controller[PlainSerializer]):
    def get(self, parsed_query: Query[dict]) -> dict:
        return {'query': parsed_query}

    def post(self, parsed_body: Body[dict]) -> dict:
        return {'body': parsed_body}


class AsyncEcho(Controller[PlainSerializer]):
    async def post(self, parsed_body: Body[list]) -> list:
        return parsed_body


router = Router(
    'api/',
    [
        path('echo/', Echo.as_view()),
        path('async/', AsyncEcho.as_view()),
    ],
)
urlpatterns = [path(router.prefix, include((router.urls, 'api')))]


def _post(url: str, body: str) -> Any:
    return Client().post(url, body, content_type='application/json')


def test_only_the_core_is_installed() -> None:
    """The environment is what this module says it is."""
    installed = {
        one.name.lower()
        for one in distributions()
        if one.name.lower().startswith(('dmr', 'pydantic', 'msgspec'))
    }

    assert {'dmr-core'} == installed


@pytest.mark.parametrize(
    'module',
    [
        'pydantic',
        'msgspec',
        'dmr.plugins.pydantic',
        'dmr.plugins.msgspec',
        'dmr.openapi',
        'dmr.test',
        'dmr_pytest',
    ],
)
def test_nothing_else_can_be_imported(module: str) -> None:
    """Neither a library of a plugin nor another distribution is there."""
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(module)


def test_query_is_served() -> None:
    """A request goes the whole way."""
    response = Client().get('/api/echo/?a=1&b=2')

    assert (200, {'query': {'a': '1', 'b': '2'}}) == (
        response.status_code,
        response.json(),
    )


def test_body_is_served() -> None:
    """JSON comes in and goes out with the standard library."""
    response = _post('/api/echo/', '{"name": "Zoë", "tags": [1, null]}')

    assert (201, {'body': {'name': 'Zoë', 'tags': [1, None]}}) == (
        response.status_code,
        response.json(),
    )


def test_async_endpoint_is_served() -> None:
    """The asynchronous twin does the same."""
    response = _post('/api/async/', '[1, 2]')

    assert (201, [1, 2]) == (response.status_code, response.json())


def test_invalid_body_is_answered() -> None:
    """The serializer's error comes in the error model."""
    response = _post('/api/echo/', '[]')

    expected = {
        'detail': [
            {
                'msg': 'expected dict',
                'loc': ['parsed_body'],
                'type': 'value_error',
            },
        ],
    }
    assert (400, expected) == (response.status_code, response.json())


def test_malformed_body_is_answered() -> None:
    """What is no JSON gets 400, not an exception."""
    response = _post('/api/echo/', '{"name": ')

    assert 400 == response.status_code
    assert {'detail'} == set(response.json())


def test_json_of_the_core_is_the_default() -> None:
    """Its own parser and renderer serve JSON when nobody else does."""
    serving = {
        discovery.find(group, 'json').distribution
        for group in (discovery.PARSERS, discovery.RENDERERS)
    }

    assert {'dmr-core'} == serving


@pytest.mark.parametrize(
    ('group', 'name', 'command'),
    [
        (discovery.SERIALIZERS, 'pydantic', 'pip install dmr-pydantic'),
        (discovery.SERIALIZERS, 'msgspec', 'pip install dmr-msgspec'),
        (discovery.PARSERS, 'msgpack', 'install the package that brings'),
        (discovery.OPENAPI, 'openapi', 'pip install dmr-openapi'),
    ],
)
def test_missing_plugin_says_what_to_install(
    group: str,
    name: str,
    command: str,
) -> None:
    """The error has the command that mends it."""
    with pytest.raises(PluginError, match=command):
        discovery.get(group, name)


@pytest.mark.parametrize(
    ('module', 'command'),
    [
        ('dmr.plugins.pydantic', 'pip install dmr-pydantic'),
        ('dmr.plugins.msgspec', 'pip install dmr-msgspec'),
        ('dmr.openapi', 'pip install dmr-openapi'),
        ('dmr.openapi.views', 'pip install dmr-openapi'),
        ('dmr.test', 'pip install dmr-testing'),
    ],
)
def test_missing_distribution_says_what_to_install(
    module: str,
    command: str,
) -> None:
    """So does the import of a part that another distribution brings."""
    with pytest.raises(ModuleNotFoundError, match=command) as caught:
        importlib.import_module(module)

    assert module.startswith(caught.value.name or '?')


@pytest.mark.parametrize(
    'module',
    [
        'dmr.security',
        'dmr.security.api_key',
        'dmr.security.django_session',
        'dmr.security.http',
        'dmr.security.permissions',
        'dmr.security.token',
        'dmr.throttling',
        'dmr.throttling.backends',
        'dmr.throttling.cache_keys',
    ],
)
def test_guards_need_no_extras(module: str) -> None:
    """Neither PyJWT nor the client of Redis is installed."""
    assert importlib.import_module(module)


@pytest.mark.parametrize(
    ('module', 'command'),
    [
        ('dmr.security.jwt', r"pip install 'dmr-core\[jwt\]'"),
        ('dmr.security.jwt.views', r"pip install 'dmr-core\[jwt\]'"),
        ('dmr.throttling.backends.redis', r"pip install 'dmr-core\[redis\]'"),
    ],
)
def test_missing_extra_says_what_to_install(module: str, command: str) -> None:
    """The import fails with the command that mends it."""
    with pytest.raises(ImportError, match=command):
        importlib.import_module(module)


def test_system_checks_say_what_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No serializer is installed: a warning with a hint, no error."""
    call_command('check', tags=['dmr'])

    assert 'dmr.W001' in capsys.readouterr().err
