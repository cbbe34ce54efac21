"""Nobody gets in while the database is gone or locked."""

import datetime as dt
import sqlite3
from collections.abc import Iterator
from typing import Any, Final

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client, override_settings

from dmr.security.jwt import JWToken
from dmr.security.token.app.models import Token
from tests.integration.hostile import guards, project
from tests.integration.hostile.sending import PROTOCOLS, Request

pytestmark = pytest.mark.django_db(transaction=True)

_TABLES: Final = ('auth_user', 'django_session', 'dmr_token_token')

#: Guards that need nothing but the request.
_OFFLINE: Final = frozenset(('basic', 'key'))


@pytest.fixture(autouse=True)
def _project() -> Iterator[None]:
    with override_settings(
        ROOT_URLCONF=project.__name__,
        MIDDLEWARE=[
            'django.contrib.sessions.middleware.SessionMiddleware',
            'django.contrib.auth.middleware.AuthenticationMiddleware',
        ],
    ):
        yield


@pytest.fixture
def credentials() -> dict[str, dict[str, str]]:
    """Return guard → headers that open it while the database is there."""
    user = User.objects.create_user('ada', password=guards.PASSWORD)
    client = Client()
    client.force_login(user)
    assert SESSION_KEY in client.session
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    _row, raw = Token.issue(user)
    jwt = JWToken(
        sub=str(user.pk),
        exp=dt.datetime.now(dt.UTC) + dt.timedelta(hours=1),
        jti='id',
    ).encode(settings.SECRET_KEY, 'HS256')
    return {
        'session': {'Cookie': f'sessionid={session}'},
        'jwt': {'Authorization': f'Bearer {jwt}'},
        'revocable': {'Authorization': f'Bearer {jwt}'},
        'jwt-cookie': {'Cookie': f'access_token={jwt}'},
        'token': {'X-API-Token': raw},
        'token-cookie': {'Cookie': f'api_token={raw}'},
    }


@pytest.fixture
def _gone() -> Iterator[None]:
    _rename('{0}', 'no_{0}')
    yield
    _rename('no_{0}', '{0}')


@pytest.fixture
def _locked() -> Iterator[None]:
    name = connection.settings_dict['NAME']
    other = sqlite3.connect(name, uri=True, isolation_level=None)
    other.execute('BEGIN IMMEDIATE')
    for table in _TABLES:
        # Whoever reads a table while somebody writes it, is refused.
        other.execute(f'DELETE FROM {table}')
    yield
    other.execute('ROLLBACK')
    other.close()


@pytest.mark.parametrize('site', project.SITES)
@pytest.mark.parametrize('state', ['_gone', '_locked'])
def test_no_auth_vouches_without_a_database(
    request: pytest.FixtureRequest,
    credentials: dict[str, dict[str, str]],
    site: str,
    state: str,
) -> None:
    """What was 200 is an error that tells nothing, also for logging in."""
    before = {name: _ask(site, name, credentials) for name in credentials}

    request.getfixturevalue(state)
    after = {name: _ask(site, name, credentials) for name in credentials}
    logins = {_login(site, name) for name in ('obtain', 'token-obtain')}

    assert dict.fromkeys(before, (200, b'"hello"')) == before
    assert dict.fromkeys(before, _ERROR) == after
    assert {_ERROR} == logins


def test_all_guards_are_tested(credentials: Any) -> None:
    """A new one cannot be forgotten."""
    assert guards.AUTHS.keys() - _OFFLINE == credentials.keys()


_ERROR: Final = (
    500,
    b'{"detail":[{"msg":"Internal server error","type":"internal_error"}]}',
)


def _ask(
    site: str,
    guard: str,
    credentials: dict[str, dict[str, str]],
) -> tuple[int, bytes]:
    return _answer(
        site,
        Request(
            target=f'/api/{site}/{guard}/',
            headers=tuple(
                (name, text.encode())
                for name, text in credentials[guard].items()
            ),
        ),
    )


def _login(site: str, view: str) -> tuple[int, bytes]:
    return _answer(
        site,
        Request(
            target=f'/api/{site}/{view}/',
            method='POST',
            headers=(('Content-Type', b'application/json'),),
            body=(
                f'{{"username": "ada", "password": "{guards.PASSWORD}"}}'
            ).encode(),
        ),
    )


def _answer(site: str, request: Request) -> tuple[int, bytes]:
    protocol = 'asgi' if site.endswith('async') else 'wsgi'
    answer = PROTOCOLS[protocol](request)
    return answer.status, answer.body


def _rename(old: str, new: str) -> None:
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(
                f'ALTER TABLE {old.format(table)} '
                f'RENAME TO {new.format(table)}',
            )
