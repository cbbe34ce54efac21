"""All five distributions from their wheels, in one environment."""

from importlib.metadata import distributions

import django
import msgspec
import pydantic
import pytest
from django.conf import settings

settings.configure(
    SECRET_KEY='isolated-secret-key-of-more-than-32-bytes',
    ALLOWED_HOSTS=['*'],
    INSTALLED_APPS=['django.contrib.staticfiles', 'dmr', 'dmr.openapi'],
    ROOT_URLCONF=__name__,
    STATIC_URL='/static/',
    USE_TZ=True,
)
django.setup()

from django.core.management import call_command  # noqa: E402
from django.urls import include  # noqa: E402

from dmr import Body, Controller  # noqa: E402
from dmr.openapi import build_schema  # noqa: E402
from dmr.openapi.views import OpenAPIJsonView  # noqa: E402
from dmr.plugins.msgspec import MsgspecSerializer  # noqa: E402
from dmr.plugins.pydantic import PydanticSerializer  # noqa: E402
from dmr.routing import Router, path  # noqa: E402
from dmr.test import DMRClient  # noqa: E402


class UserModel(pydantic.BaseModel):
    name: str


class UserStruct(msgspec.Struct):
    name: str


class WithPydantic(Controller[PydanticSerializer]):
    def post(self, parsed_body: Body[UserModel]) -> UserModel:
        return parsed_body


class WithMsgspec(Controller[MsgspecSerializer]):
    async def post(self, parsed_body: Body[UserStruct]) -> UserStruct:
        return parsed_body


router = Router(
    'api/',
    [
        path('pydantic/', WithPydantic.as_view(), name='pydantic'),
        path('msgspec/', WithMsgspec.as_view(), name='msgspec'),
    ],
)
urlpatterns = [
    path(router.prefix, include((router.urls, 'api'), namespace='api')),
    path('openapi.json', OpenAPIJsonView.as_view(build_schema(router))),
]


def test_all_distributions_are_there() -> None:
    """The environment is what this module says it is."""
    installed = {
        one.name.lower()
        for one in distributions()
        if one.name.lower().startswith('dmr')
    }

    assert {
        'dmr-core',
        'dmr-msgspec',
        'dmr-openapi',
        'dmr-pydantic',
        'dmr-testing',
    } == installed


@pytest.mark.parametrize('url', ['/api/pydantic/', '/api/msgspec/'])
def test_serializers_work_side_by_side(url: str) -> None:
    """Each controller has the serializer that it names."""
    response = DMRClient().post(url, {'name': 'Ada'})

    assert (201, {'name': 'Ada'}) == (response.status_code, response.json())


def test_document_describes_both() -> None:
    """One document has the operations of both serializers."""
    paths = DMRClient().get('/openapi.json').json()['paths']

    assert {
        '/api/pydantic/': ['post'],
        '/api/msgspec/': ['post'],
    } == {place: list(item) for place, item in paths.items()}


def test_system_checks_pass(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is missing, nothing clashes."""
    call_command('check', tags=['dmr'])

    assert 'dmr.W' not in capsys.readouterr().err
