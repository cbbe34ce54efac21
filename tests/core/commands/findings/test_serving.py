"""The doctor sees how a project is served."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from django.urls import path

import dmr.asgi
from dmr import Controller
from dmr.commands.findings.endpoints import Place, places
from dmr.commands.findings.serving import (
    middleware_findings,
    production_findings,
    server_findings,
)
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.streaming.jsonl import Json, JsonLinesController
from dmr.url_walk import project_views
from tests.core.commands.shop import AsyncController, urls

_HERE = __name__

wsgi = get_wsgi_application()
asgi = get_asgi_application()
own_asgi = dmr.asgi.get_asgi_application()


class _SyncController(Controller[MsgspecSerializer]):
    def get(self) -> str:
        return ''


class _StreamController(JsonLinesController[MsgspecSerializer]):
    async def get(self) -> AsyncIterator[Json]:
        async def lines() -> AsyncIterator[Json]:
            yield {}

        return lines()


class _SyncMiddleware:
    async_capable = False


def _places(controller: type[Controller[Any]]) -> list[Place]:
    with override_settings(
        ROOT_URLCONF=urls(path('x/', controller.as_view())),
    ):
        return list(places(project_views()))


@pytest.mark.parametrize(
    ('overridden', 'expected'),
    [
        ({'DEBUG': True}, ['dmr.D011']),
        ({'DATA_UPLOAD_MAX_MEMORY_SIZE': None}, ['dmr.D012']),
        ({}, []),
    ],
)
def test_unsafe_settings_are_told(
    overridden: dict[str, Any],
    expected: list[str],
) -> None:
    """They are fine while developing."""
    with override_settings(**overridden):
        assert expected == [one.id for one in production_findings()]


@pytest.mark.parametrize(
    ('overridden', 'expected'),
    [
        ({'WSGI_APPLICATION': f'{_HERE}.asgi'}, ['dmr.D013']),
        ({'ASGI_APPLICATION': f'{_HERE}.wsgi'}, ['dmr.D013']),
        ({'ASGI_APPLICATION': f'{_HERE}.asgi'}, []),
        ({'WSGI_APPLICATION': f'{_HERE}.wsgi'}, []),
        ({'WSGI_APPLICATION': 'not.there'}, []),
    ],
)
def test_handlers_that_are_mixed_up_are_told(
    overridden: dict[str, Any],
    expected: list[str],
) -> None:
    """Each server gets the other's application then."""
    with override_settings(**overridden):
        found = [one.id for one in server_findings(_places(_SyncController))]

    assert expected == found


@pytest.mark.parametrize(
    ('controller', 'application', 'expected'),
    [
        (AsyncController, f'{_HERE}.asgi', ['dmr.D014']),
        (AsyncController, f'{_HERE}.own_asgi', []),
        (AsyncController, None, []),
        (_SyncController, f'{_HERE}.asgi', []),
        (_StreamController, None, ['dmr.D015']),
        (_StreamController, f'{_HERE}.own_asgi', []),
    ],
)
def test_handler_that_does_not_fit_the_endpoints_is_told(
    controller: type[Controller[Any]],
    application: str | None,
    expected: list[str],
) -> None:
    """Sync endpoints do not care."""
    found = _places(controller)

    with override_settings(ASGI_APPLICATION=application):
        assert expected == [one.id for one in server_findings(found)]


_GZIP = 'django.middleware.gzip.GZipMiddleware'


@pytest.mark.parametrize(
    ('controller', 'middleware', 'expected'),
    [
        (_StreamController, _GZIP, ['dmr.D016']),
        (_SyncController, _GZIP, []),
        (AsyncController, f'{_HERE}._SyncMiddleware', ['dmr.D017']),
        (_SyncController, f'{_HERE}._SyncMiddleware', []),
        (AsyncController, 'django.middleware.common.CommonMiddleware', []),
    ],
)
def test_middleware_that_does_not_fit_the_endpoints_is_told(
    controller: type[Controller[Any]],
    middleware: str,
    expected: list[str],
) -> None:
    """It is named, and an endpoint that suffers from it."""
    found = _places(controller)

    with override_settings(MIDDLEWARE=[middleware]):
        findings = list(middleware_findings(found))

    assert expected == [one.id for one in findings]
    assert all(middleware in one.msg for one in findings)
    assert all('GET /x/' in one.msg for one in findings)
