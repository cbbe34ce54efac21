"""dmr-core and dmr-msgspec, without pydantic anywhere."""

import importlib
from importlib.metadata import distributions

import django
import msgspec
import pytest
from django.conf import settings

settings.configure(
    SECRET_KEY='isolated-secret-key-of-more-than-32-bytes',
    ALLOWED_HOSTS=['*'],
    INSTALLED_APPS=['dmr'],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    DMR_SETTINGS={
        'parsers': ['json', 'msgpack'],
        'renderers': ['json', 'msgpack'],
    },
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from dmr import Body, Controller, discovery  # noqa: E402
from dmr.plugins.msgspec import MsgspecSerializer  # noqa: E402
from dmr.routing import path  # noqa: E402


class Point(msgspec.Struct):
    x: int
    y: int = 0


class Points(Controller[MsgspecSerializer]):
    def post(self, parsed_body: Body[Point]) -> Point:
        return parsed_body


class AsyncPoints(Controller[MsgspecSerializer]):
    async def post(self, parsed_body: Body[Point]) -> Point:
        return parsed_body


urlpatterns = [
    path('points/', Points.as_view()),
    path('async/', AsyncPoints.as_view()),
]

both = pytest.mark.parametrize('url', ['/points/', '/async/'])


def test_pydantic_is_not_there() -> None:
    """The environment is what this module says it is."""
    installed = {
        one.name.lower()
        for one in distributions()
        if one.name.lower().startswith(('dmr', 'pydantic'))
    }

    assert {'dmr-core', 'dmr-msgspec'} == installed


@pytest.mark.parametrize('module', ['pydantic', 'dmr.plugins.pydantic'])
def test_pydantic_cannot_be_imported(module: str) -> None:
    """Neither the library nor the plugin."""
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(module)


@both
def test_json_is_served(url: str) -> None:
    """Structs are read, validated and written as JSON."""
    response = Client().post(
        url,
        '{"x": 1}',
        content_type='application/json',
    )

    assert (201, 'application/json', {'x': 1, 'y': 0}) == (
        response.status_code,
        response.headers['Content-Type'],
        response.json(),
    )


@both
def test_messagepack_is_served(url: str) -> None:
    """The same as MessagePack, named by its plugin in the settings."""
    response = Client().post(
        url,
        msgspec.msgpack.encode({'x': 1, 'y': 2}),
        content_type='application/msgpack',
        headers={'Accept': 'application/msgpack'},
    )

    assert (201, 'application/msgpack', {'x': 1, 'y': 2}) == (
        response.status_code,
        response.headers['Content-Type'],
        msgspec.msgpack.decode(response.content),
    )


@both
def test_invalid_body_is_answered(url: str) -> None:
    """The error says where."""
    response = Client().post(
        url,
        '{"x": "a"}',
        content_type='application/json',
    )

    assert 400 == response.status_code
    assert [['parsed_body', 'x']] == [
        detail['loc'] for detail in response.json()['detail']
    ]


@pytest.mark.parametrize('group', [discovery.PARSERS, discovery.RENDERERS])
def test_plugin_serves_json(group: str) -> None:
    """It is preferred to the standard library."""
    assert 'dmr-msgspec' == discovery.find(group, 'json').distribution


def test_system_checks_pass(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is missing."""
    call_command('check', tags=['dmr'], fail_level='WARNING')

    assert 'dmr.W' not in capsys.readouterr().err
