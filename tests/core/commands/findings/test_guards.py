"""The doctor sees what protects endpoints badly."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.test import override_settings
from django.urls import path

from dmr import Controller, modify
from dmr.commands.findings.endpoints import Place, places
from dmr.commands.findings.guards import (
    session_findings,
    throttle_findings,
    token_findings,
)
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.security.django_session import DjangoSessionSyncAuth
from dmr.security.jwt import JWTSyncAuth
from dmr.throttling import SyncThrottle
from dmr.url_walk import project_views
from tests.core.commands.shop import urls

_REDIS = {'BACKEND': 'django.core.cache.backends.redis.RedisCache'}


class _Controller(Controller[MsgspecSerializer]):
    throttling_allow_unsafe_cache = None

    def get(self) -> str:
        return ''


class _SessionController(Controller[MsgspecSerializer]):
    auth = (DjangoSessionSyncAuth(),)

    def get(self) -> str:
        return ''


class _OwnSessions(SessionMiddleware):
    pass


def _places(*controllers: type[Controller[Any]]) -> list[Place]:
    patterns = [
        path(f'{number}/', controller.as_view())
        for number, controller in enumerate(controllers)
    ]
    with override_settings(ROOT_URLCONF=urls(*patterns)):
        return list(places(project_views()))


def _with_auth(auth: Any) -> list[Place]:
    class _TokenController(Controller[MsgspecSerializer]):
        @modify(auth=[auth])
        def get(self) -> str:
            return ''

    return _places(_TokenController)


def _throttled(*, allow: bool | None) -> list[Place]:
    with override_settings(
        CACHES={'default': {**_REDIS, 'LOCATION': 'redis://127.0.0.1:1'}},
    ):

        class _Throttled(Controller[MsgspecSerializer]):
            throttling = (SyncThrottle(1, 1),)
            throttling_allow_unsafe_cache = allow

            def get(self) -> str:
                return ''

        return _places(_Throttled, _Throttled, _Controller)


def test_cache_of_one_process_is_told() -> None:
    """Endpoints with the same cache are one finding."""
    (finding,) = throttle_findings(_throttled(allow=True))

    assert 'dmr.D021' == finding.id
    assert finding.msg.startswith('GET /0/ and 1 more: throttling with the')


def test_cache_that_was_allowed_is_not_told() -> None:
    """Whoever says so knows it already."""
    assert [] == list(throttle_findings(_throttled(allow=None)))


def test_shared_cache_is_not_told() -> None:
    """It counts for all processes."""
    found = _throttled(allow=True)

    with override_settings(
        CACHES={'default': {**_REDIS, 'LOCATION': 'redis://127.0.0.1:1'}},
    ):
        assert [] == list(throttle_findings(found))


@pytest.mark.parametrize(
    ('secret', 'algorithm', 'expected'),
    [
        ('x' * 31, 'HS256', ['dmr.D022']),
        ('x' * 32, 'HS256', []),
        (b'x' * 63, 'HS512', ['dmr.D022']),
        ('django-insecure-' + 'x' * 32, 'HS256', ['dmr.D023']),
        (None, 'HS256', []),
    ],
)
def test_weak_secret_of_tokens_is_told(
    secret: Any,
    algorithm: str,
    expected: list[str],
) -> None:
    """How long it must be depends on the algorithm."""
    found = _with_auth(
        JWTSyncAuth(
            secret=secret,
            algorithm=algorithm,
            enforce_minimum_key_length=False,
        ),
    )

    assert expected == [one.id for one in token_findings(found)]


def test_missing_middleware_of_sessions_is_told() -> None:
    """Each one has its own consequence."""
    found = _places(_SessionController)

    with override_settings(MIDDLEWARE=[]):
        findings = list(session_findings(found))

    assert [
        ('dmr.D024', 'nobody has a session.'),
        ('dmr.D024', 'clients get no CSRF token, so they can only read.'),
        ('dmr.D024', 'nobody is ever logged in.'),
    ] == [(one.id, one.msg.partition(': ')[2]) for one in findings]


def test_middleware_of_ones_own_counts() -> None:
    """Subclasses do what their base does."""
    own = [
        f'{__name__}._OwnSessions' if 'sessions' in one else one
        for one in settings.MIDDLEWARE
    ]

    with override_settings(MIDDLEWARE=own):
        assert [] == list(session_findings(_places(_SessionController)))


def test_middleware_of_sessions_is_not_needed_without_them() -> None:
    """Other endpoints have nothing to do with sessions."""
    with override_settings(MIDDLEWARE=[]):
        assert [] == list(session_findings(_places(_Controller)))
