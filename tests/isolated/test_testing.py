"""dmr-core and dmr-testing, without any serializer."""

import importlib
from importlib.metadata import distributions
from typing import TYPE_CHECKING, Any

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

from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402

from dmr.parsers import JsonParser  # noqa: E402
from dmr.settings import resolve_setting  # noqa: E402
from dmr.test import check_parser  # noqa: E402

if TYPE_CHECKING:
    from dmr.test import DMRClient, DMRRequestFactory


def echo(request: HttpRequest) -> JsonResponse:
    return JsonResponse(
        [request.content_type, request.body.decode()], safe=False
    )


urlpatterns = [path('echo/', echo)]


def test_no_serializer_is_there() -> None:
    """The environment is what this module says it is."""
    installed = {
        one.name.lower()
        for one in distributions()
        if one.name.lower().startswith(('dmr', 'pydantic', 'msgspec'))
    }

    assert {'dmr-core', 'dmr-testing'} == installed


def test_client_sends_json(dmr_client: 'DMRClient') -> None:
    """The plugin is loaded, its client works with the core's own JSON."""
    response = dmr_client.post('/echo/', {'name': 'Ada'})

    assert ['application/json', '{"name":"Ada"}'] == response.json()


def test_factory_sends_json(dmr_rf: 'DMRRequestFactory') -> None:
    """So does the factory."""
    assert b'[1]' == dmr_rf.put('/', [1]).body


def test_settings_can_be_overridden(settings: Any) -> None:
    """A value that a test sets is the value that the framework reads."""
    settings.DMR_SETTINGS = {'validate_responses': False}

    assert resolve_setting('validate_responses') is False


def test_settings_are_restored() -> None:
    """The default is back after a test that changed it."""
    assert resolve_setting('validate_responses') is True


@pytest.mark.parametrize('fixture', ['dmr_async_client', 'dmr_async_rf'])
def test_async_fixtures_are_there(
    request: pytest.FixtureRequest,
    fixture: str,
) -> None:
    """They need no plugin for asynchronous tests."""
    assert request.getfixturevalue(fixture) is not None


@pytest.mark.parametrize(
    ('module', 'advice'),
    [
        ('dmr.test.payloads', "'dmr-testing[polyfactory]'"),
        ('dmr.test._fuzzing', "'dmr-testing[schemathesis]'"),
        ('dmr.test.jwt', "'dmr-core[jwt]'"),
    ],
)
def test_missing_library_is_named(module: str, advice: str) -> None:
    """Only the module that needs it asks for it, and says what to install."""
    with pytest.raises(ImportError) as caught:
        importlib.import_module(module)

    assert advice in str(caught.value)


def test_helpers_need_no_library() -> None:
    """They work with the core alone."""
    from dmr.test import override_dmr_settings  # noqa: PLC0415

    with override_dmr_settings(max_nesting_depth=3):
        assert 3 == resolve_setting('max_nesting_depth')


@pytest.mark.max_queries(0)
def test_marker_is_known() -> None:
    """The plugin has announced it, and there is no database here."""


def test_plugins_can_be_checked() -> None:
    """The kit needs nothing but the core."""
    report = check_parser(JsonParser, plugin_name='json')

    assert report.ok, str(report)
