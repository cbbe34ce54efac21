"""Keep tokens in cookies of a browser."""

from typing import Any

import pytest

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.jwt import CookieJWTSyncAuth
from dmr.security.jwt.blocklist import JWTokenBlocklistSyncMixin
from dmr.security.jwt.concrete_views import (
    CookieObtainTokensAsyncView,
    CookieObtainTokensSyncView,
)
from dmr.security.jwt.views import (
    CookieLogoutAsyncController,
    CookieLogoutSyncController,
    CookieRefreshTokensAsyncController,
    CookieRefreshTokensSyncController,
)
from tests.core.security.asking import (
    PASSWORD,
    denied,
    make_user,
    outcome,
)
from tests.core.serving import serving

pytestmark = pytest.mark.django_db


class _Auth(JWTokenBlocklistSyncMixin, CookieJWTSyncAuth):
    """Refuses revoked tokens in cookies."""


class _Guarded(Controller[PydanticSerializer]):
    auth = [_Auth()]

    def get(self) -> str:
        return str(self.request.user)


class _SyncObtain(CookieObtainTokensSyncView[PydanticSerializer]):
    """Logs in."""


class _AsyncObtain(CookieObtainTokensAsyncView[PydanticSerializer]):
    """Logs in."""


class _SyncRefresh(CookieRefreshTokensSyncController[PydanticSerializer]):
    jwt_rotate_refresh_tokens = True


class _AsyncRefresh(CookieRefreshTokensAsyncController[PydanticSerializer]):
    jwt_rotate_refresh_tokens = True


class _SyncLogout(CookieLogoutSyncController[PydanticSerializer]):
    """The only thing to choose is the serializer."""


class _AsyncLogout(CookieLogoutAsyncController[PydanticSerializer]):
    """The only thing to choose is the serializer."""


_SYNC = {
    'obtain': _SyncObtain,
    'refresh': _SyncRefresh,
    'logout': _SyncLogout,
    'it': _Guarded,
}
_ASYNC = {
    'obtain': _AsyncObtain,
    'refresh': _AsyncRefresh,
    'logout': _AsyncLogout,
    'it': _Guarded,
}

both = pytest.mark.parametrize('controllers', [_SYNC, _ASYNC])


def _log_in(client: Any) -> dict[str, str]:
    """Log in, return the header that unsafe requests need from now on."""
    client.post('/obtain/', {'username': 'ada', 'password': PASSWORD})
    return {'X-CSRFToken': client.cookies['csrftoken'].value}


@both
def test_login_sets_cookies_that_scripts_cannot_read(controllers: Any) -> None:
    """They are sent over HTTPS only, and not by forms of other sites."""
    make_user()

    with serving(**controllers) as client:
        response = client.post(
            '/obtain/',
            {'username': 'ada', 'password': PASSWORD},
        )
        inside = client.get('/it/')

    assert (204, None, None) == outcome(response)
    assert 'no-store' == response.headers['Cache-Control']
    assert {'access_token', 'refresh_token', 'csrftoken'} == set(
        response.cookies,
    )
    assert {
        'access_token': (True, True, 'lax', 86400, '/'),
        'refresh_token': (True, True, 'lax', 864000, '/'),
    } == {
        name: tuple(
            response.cookies[name][attribute]
            for attribute in (
                'secure',
                'httponly',
                'samesite',
                'max-age',
                'path',
            )
        )
        for name in ('access_token', 'refresh_token')
    }
    assert (200, 'ada', None) == outcome(inside)


@both
def test_wrong_credentials_set_nothing(controllers: Any) -> None:
    """As without cookies."""
    with serving(**controllers) as client:
        response = client.post(
            '/obtain/',
            {'username': 'ada', 'password': 'wrong'},
        )

    assert denied('Credentials') == outcome(response)
    assert {} == dict(response.cookies)


@both
def test_refresh_takes_and_sets_cookies(controllers: Any) -> None:
    """The old refresh token does not work again."""
    make_user()

    with serving(**controllers) as client:
        headers = _log_in(client)
        old = client.cookies['refresh_token'].value
        forged = client.post('/refresh/')
        response = client.post('/refresh/', headers=headers)
        new = response.cookies['refresh_token'].value
        client.cookies['refresh_token'] = old
        again = client.post('/refresh/', headers=headers)

    assert [403, 204, 401] == [
        forged.status_code,
        response.status_code,
        again.status_code,
    ]
    assert old != new


@both
def test_refresh_without_cookie_is_401(controllers: Any) -> None:
    """There is nothing to exchange."""
    with serving(**controllers) as client:
        assert denied('Credentials') == outcome(client.post('/refresh/'))


@both
def test_logout_removes_cookies_and_revokes_tokens(controllers: Any) -> None:
    """Whoever has kept them cannot use them."""
    make_user()

    with serving(**controllers) as client:
        headers = _log_in(client)
        kept = {
            name: client.cookies[name].value
            for name in ('access_token', 'refresh_token')
        }
        forged = client.post('/logout/')
        response = client.post('/logout/', headers=headers)
        removed = {
            name: (cookie['max-age'], cookie.value)
            for name, cookie in response.cookies.items()
        }
        client.cookies.load(kept)
        inside = client.get('/it/')
        refreshed = client.post('/refresh/', headers=headers)

    assert 403 == forged.status_code
    assert (204, None, None) == outcome(response)
    assert {'access_token': (0, ''), 'refresh_token': (0, '')} == removed
    assert [401, 401] == [inside.status_code, refreshed.status_code]


@both
def test_logout_without_cookies_does_no_harm(controllers: Any) -> None:
    """Nor with cookies that are worth nothing."""
    with serving(**controllers) as client:
        nothing = client.post('/logout/')
        client.cookies['access_token'] = 'nonsense'
        client.cookies['csrftoken'] = 'a' * 32
        nonsense = client.post('/logout/', headers={'X-CSRFToken': 'a' * 32})

    assert [204, 204] == [nothing.status_code, nonsense.status_code]


def test_cookies_can_be_named_and_placed() -> None:
    """Descriptions follow the names."""

    class _Own(_SyncObtain):
        jwt_access_cookie = 'a'
        jwt_refresh_cookie = 'r'
        jwt_refresh_cookie_path = '/refresh/'
        jwt_cookie_domain = 'testserver'
        jwt_cookie_secure = False
        jwt_cookie_samesite = 'strict'

    make_user()
    with serving(obtain=_Own) as client:
        response = client.post(
            '/obtain/',
            {'username': 'ada', 'password': PASSWORD},
        )

    described = _Own.api_endpoints['POST'].metadata.responses[204].cookies
    assert described is not None
    assert {'a', 'r'} == set(described) == {*response.cookies} - {'csrftoken'}
    assert '/refresh/' == response.cookies['r']['path']
