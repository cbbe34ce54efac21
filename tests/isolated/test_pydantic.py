"""dmr-core and dmr-pydantic, without msgspec anywhere."""

import importlib
from importlib.metadata import distributions
from typing import NamedTuple

import django
import pydantic
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

from dmr import Body, Controller, discovery  # noqa: E402
from dmr.plugins.pydantic import (  # noqa: E402
    PydanticFastSerializer,
    PydanticSerializer,
)
from dmr.routing import path  # noqa: E402


class Point(NamedTuple):
    x: int
    y: int


class Shape(pydantic.BaseModel):
    name: str
    points: list[Point]


class Shapes(Controller[PydanticSerializer]):
    def post(self, parsed_body: Body[Shape]) -> Shape:
        return parsed_body


class FastShapes(Controller[PydanticFastSerializer]):
    async def post(self, parsed_body: Body[Shape]) -> Shape:
        return parsed_body


urlpatterns = [
    path('shapes/', Shapes.as_view()),
    path('fast/', FastShapes.as_view()),
]

both = pytest.mark.parametrize('url', ['/shapes/', '/fast/'])


def test_msgspec_is_not_there() -> None:
    """The environment is what this module says it is."""
    installed = {
        one.name.lower()
        for one in distributions()
        if one.name.lower().startswith(('dmr', 'msgspec'))
    }

    assert {'dmr-core', 'dmr-pydantic'} == installed


@pytest.mark.parametrize('module', ['msgspec', 'dmr.plugins.msgspec'])
def test_msgspec_cannot_be_imported(module: str) -> None:
    """Neither the library nor the plugin."""
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module(module)


@both
def test_valid_body_is_served(url: str) -> None:
    """Models are read, validated and written."""
    response = Client().post(
        url,
        '{"name": "line", "points": [[0, 1], [2, 3]]}',
        content_type='application/json',
    )

    assert (201, {'name': 'line', 'points': [[0, 1], [2, 3]]}) == (
        response.status_code,
        response.json(),
    )


@both
def test_invalid_body_is_answered(url: str) -> None:
    """Every error has its place."""
    response = Client().post(
        url,
        '{"points": [[0, "a"]]}',
        content_type='application/json',
    )

    places = [detail['loc'] for detail in response.json()['detail']]
    assert 400 == response.status_code
    assert [
        ['parsed_body', 'name'],
        ['parsed_body', 'points', '0', '1'],
    ] == [[str(step) for step in place] for place in places]


def test_plugin_is_discovered() -> None:
    """The entry point of the wheel works."""
    assert PydanticSerializer is discovery.get('dmr.serializers', 'pydantic')


def test_system_checks_pass(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is missing."""
    call_command('check', tags=['dmr'], fail_level='WARNING')

    assert 'dmr.W' not in capsys.readouterr().err
