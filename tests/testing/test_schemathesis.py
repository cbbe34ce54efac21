"""Schemathesis tests a project without a server."""

import sys

import pytest

from dmr.test.schemathesis import project_schema, schemathesis_test

pytestmark = pytest.mark.slow

pytest_plugins = ('pytester',)

_SETTINGS = """
SECRET_KEY = 'x' * 32
ROOT_URLCONF = 'project_urls'
INSTALLED_APPS = ['django.contrib.contenttypes', 'dmr', 'dmr.openapi']
DATABASES = {
    'default': {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': ':memory:',
    },
}
"""

_URLS = """
from typing import Any

import pydantic
from django.contrib.contenttypes.models import ContentType
from django.urls import include

from dmr import Body, Controller
from dmr.openapi import build_schema
from dmr.openapi.views import OpenAPIJsonView
from dmr.plugins.pydantic import PydanticSerializer
from dmr.routing import Router, path


class Number(pydantic.BaseModel):
    number: int


class Fine(Controller[PydanticSerializer]):
    async def post(self, parsed_body: Body[Number]) -> int:
        assert self.request.headers['X-Sent'] == 'yes'
        return await ContentType.objects.acount()


class Broken(Controller[PydanticSerializer]):
    def post(self, parsed_body: Body[Number]) -> int:
        return 1 // (parsed_body.number * 0)


router = Router(
    'api/',
    [path('fine/', Fine.as_view()), path('broken/', Broken.as_view())],
)
document = build_schema(router)
urlpatterns = [
    path(router.prefix, include((router.urls, 'api'))),
    path('openapi.json', OpenAPIJsonView.as_view(document)),
]
"""

_TESTS = """
import pytest
from dmr.test.schemathesis import project_schema, schemathesis_test
from project_urls import document

options = {
    'max_examples': 5,
    'excluded_checks': [
        # Pydantic takes `true` for 1.
        'negative_data_rejection',
    ],
}


@pytest.fixture
def api_headers():
    return {'X-Sent': 'yes'}


test_served = schemathesis_test(
    '/openapi.json',
    headers_fixture='api_headers',
    **options,
)
test_given = schemathesis_test(
    document,
    headers={'X-Sent': 'yes'},
    excluded_paths=['/api/broken/'],
    **options,
)


@project_schema(document.convert()).parametrize()
@pytest.mark.django_db
def test_own(case):
    pass
"""


def test_every_operation_of_a_project_is_tested(
    pytester: pytest.Pytester,
) -> None:
    """One line is enough; it finds what is broken."""
    pytester.makepyfile(
        test_api=_TESTS,
        project_settings=_SETTINGS,
        project_urls=_URLS,
    )

    outcome = pytester.runpytest_subprocess(
        '--ds=project_settings',
        '-v',
        '-W',
        'ignore',
    )

    outcome.assert_outcomes(passed=4, failed=1)
    outcome.stdout.fnmatch_lines(
        ['*ServerError: Server error', 'FAILED test_api.py::test_served*'],
    )
    outcome.stdout.re_match_lines([r'.*curl -X POST .*/api/broken/$'])


def test_path_without_document_is_an_error() -> None:
    """It says what the project has answered."""
    with pytest.raises(ValueError, match=r"no document at '/no/': .* 404"):
        project_schema('/no/')


def test_unknown_checks_are_an_error() -> None:
    """It names those that exist."""
    document = {
        'openapi': '3.1.0',
        'info': {'title': '', 'version': ''},
        'paths': {},
    }

    with pytest.raises(ValueError, match='not_a_server_error'):
        schemathesis_test(document, excluded_checks=['not_a_serve_error'])


@pytest.mark.parametrize(
    ('module', 'library', 'extra'),
    [
        ('dmr.test._fuzzing', 'schemathesis', 'schemathesis'),
        ('dmr.test.payloads', 'polyfactory', 'polyfactory'),
    ],
)
def test_missing_library_is_named(
    monkeypatch: pytest.MonkeyPatch,
    module: str,
    library: str,
    extra: str,
) -> None:
    """With what to install."""
    for name in [*sys.modules]:
        if name == module or name.partition('.')[0] == library:
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(ImportError, match=rf"'dmr-testing\[{extra}\]'"):
        __import__(module)
