"""Log in and out with sessions."""

from typing import Any

import pytest
from django.test import override_settings
from typing_extensions import override

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.django_session import DjangoSessionSyncAuth
from dmr.security.django_session.views import (
    DjangoSessionAsyncController,
    DjangoSessionLogoutAsyncController,
    DjangoSessionLogoutSyncController,
    DjangoSessionPayload,
    DjangoSessionResponse,
    DjangoSessionSyncController,
)
from tests.core.security.asking import (
    PASSWORD,
    denied,
    make_user,
    outcome,
)
from tests.core.security.django_session import strict_sessions
from tests.core.serving import serving

pytestmark = pytest.mark.django_db


class _SyncLogin(
    DjangoSessionSyncController[
        PydanticSerializer,
        DjangoSessionPayload,
        DjangoSessionResponse,
    ],
):
    @override
    def convert_auth_payload(
        self,
        payload: DjangoSessionPayload,
    ) -> DjangoSessionPayload:
        return payload

    @override
    def make_api_response(self) -> DjangoSessionResponse:
        return {'user_id': str(self.request.user.pk)}


class _AsyncLogin(
    DjangoSessionAsyncController[
        PydanticSerializer,
        DjangoSessionPayload,
        DjangoSessionResponse,
    ],
):
    @override
    async def convert_auth_payload(
        self,
        payload: DjangoSessionPayload,
    ) -> DjangoSessionPayload:
        return payload

    @override
    async def make_api_response(self) -> DjangoSessionResponse:
        return {'user_id': str((await self.request.auser()).pk)}


class _SyncLogout(DjangoSessionLogoutSyncController[PydanticSerializer]):
    """The only thing to choose is the serializer."""


class _AsyncLogout(DjangoSessionLogoutAsyncController[PydanticSerializer]):
    """The only thing to choose is the serializer."""


class _Guarded(Controller[PydanticSerializer]):
    auth = [DjangoSessionSyncAuth()]

    def get(self) -> str:
        return str(self.request.user)


both = pytest.mark.parametrize('login', [_SyncLogin, _AsyncLogin])


@both
def test_login_opens_a_session(login: Any) -> None:
    """Cookies come with the answer, which nobody may store."""
    user = make_user()

    with serving(login=login, it=_Guarded) as client:
        response = client.post(
            '/login/',
            {'username': 'ada', 'password': PASSWORD},
        )
        inside = client.get('/it/')

    assert (200, {'user_id': str(user.pk)}, None) == outcome(response)
    assert {'csrftoken', 'sessionid'} == set(response.cookies)
    assert 'no-store' == response.headers['Cache-Control']
    assert (200, 'ada', None) == outcome(inside)


@both
@override_settings(SESSION_ENGINE=strict_sessions.__name__)
def test_session_with_an_odd_key_is_replaced(login: Any) -> None:
    """Whatever the cookie of a browser has, people can log in."""
    make_user()

    with serving(login=login) as client:
        response = client.post(
            '/login/',
            {'username': 'ada', 'password': PASSWORD},
            headers={'Cookie': r'sessionid="\000\000aaaaaaaa"'},
        )

    assert 200 == response.status_code
    assert response.cookies['sessionid'].value.isalnum()


@both
@pytest.mark.parametrize(
    ('username', 'password'),
    [
        ('ada', 'wrong'),
        ('nobody', PASSWORD),
        ('gone', PASSWORD),
        ('ada\x00', PASSWORD),
    ],
)
def test_wrong_credentials_are_all_the_same(
    login: Any,
    username: str,
    password: str,
) -> None:
    """The answer does not tell who exists, and sets no cookie."""
    make_user()
    make_user('gone', is_active=False)

    with serving(login=login) as client:
        response = client.post(
            '/login/',
            {'username': username, 'password': password},
        )

    assert denied('Credentials') == outcome(response)
    assert {} == dict(response.cookies)


@both
@pytest.mark.parametrize('body', [{}, {'username': 'ada'}, [], 1])
def test_malformed_body_is_400(login: Any, body: Any) -> None:
    """It never comes to a password."""
    with serving(login=login) as client:
        response = client.post('/login/', body)

    assert 400 == response.status_code


@pytest.mark.parametrize('logout', [_SyncLogout, _AsyncLogout])
def test_logout_ends_the_session(logout: Any) -> None:
    """It needs the CSRF token, as all unsafe requests with a session do."""
    make_user()

    with serving(login=_SyncLogin, logout=logout, it=_Guarded) as client:
        client.post('/login/', {'username': 'ada', 'password': PASSWORD})
        token = client.cookies['csrftoken'].value
        forged = client.post('/logout/')
        response = client.post('/logout/', headers={'X-CSRFToken': token})
        outside = client.get('/it/')

    assert 403 == forged.status_code
    assert (204, None, None) == outcome(response)
    assert denied('Session cookie="sessionid"') == outcome(outside)
