"""Authentication with a JSON web token in a cookie."""

from http import HTTPStatus
from typing import Any

import pytest

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.jwt import (
    CookieJWTAsyncAuth,
    CookieJWTSyncAuth,
    JWTSyncAuth,
)
from tests.core.security.asking import (
    denied,
    make_user,
    outcome,
)
from tests.core.security.jwt.making import encoded_token
from tests.core.serving import serving

pytestmark = pytest.mark.django_db


class _Sync(Controller[PydanticSerializer]):
    auth = [CookieJWTSyncAuth()]

    def get(self) -> str:
        return str(self.request.user)

    def post(self) -> str:
        return str(self.request.user)


class _Async(Controller[PydanticSerializer]):
    auth = [CookieJWTAsyncAuth()]

    async def get(self) -> str:
        return str(self.request.user)

    async def post(self) -> str:
        return str(self.request.user)


both = pytest.mark.parametrize('controller', [_Sync, _Async])


@both
def test_cookie_opens(controller: Any) -> None:
    """Reading needs nothing else."""
    with serving(it=controller) as client:
        client.cookies['access_token'] = encoded_token(make_user())
        response = client.get('/it/')

    assert (200, 'ada', None) == outcome(response)


@both
def test_unsafe_requests_need_the_csrf_token(controller: Any) -> None:
    """Browsers send cookies for other sites, too."""
    with serving(it=controller) as client:
        client.cookies['access_token'] = encoded_token(make_user())
        forged = client.post('/it/')
        client.cookies['csrftoken'] = 'a' * 32
        own = client.post('/it/', headers={'X-CSRFToken': 'a' * 32})

    assert [403, 201] == [forged.status_code, own.status_code]


@both
@pytest.mark.parametrize('method', ['GET', 'POST'])
def test_without_the_cookie_others_may_try(
    controller: Any,
    method: str,
) -> None:
    """Then there is nothing to protect either."""
    with serving(it=controller) as client:
        response = client.generic(method, '/it/')

    assert denied('Cookie cookie="access_token"') == outcome(response)


@both
def test_invalid_cookie_is_not_authenticated(controller: Any) -> None:
    """A refresh token in the wrong cookie is none."""
    with serving(it=controller) as client:
        client.cookies['access_token'] = encoded_token(
            make_user(),
            extras={'type': 'refresh'},
        )
        response = client.get('/it/')

    assert denied(
        'Bearer error="invalid_token", Cookie cookie="access_token"',
    ) == outcome(response)


def test_header_and_cookie_can_both_be_offered() -> None:
    """Programs send the header and need no CSRF token."""

    class _Both(Controller[PydanticSerializer]):
        auth = [JWTSyncAuth(), CookieJWTSyncAuth()]

        def post(self) -> str:
            return str(self.request.user)

    token = encoded_token(make_user())
    with serving(it=_Both) as client:
        response = client.post(
            '/it/',
            headers={'Authorization': f'Bearer {token}'},
        )

    assert (201, 'ada', None) == outcome(response)


@both
def test_both_cookies_and_403_are_described(controller: Any) -> None:
    """As with sessions."""
    metadata = controller.api_endpoints['POST'].metadata

    auth = metadata.auth[0]

    assert {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN} <= set(
        metadata.responses,
    )
    assert {'jwt_cookie': [], 'csrf': []} == auth.security_requirement
    assert {'type': 'apiKey', 'in': 'cookie', 'name': 'access_token'} == (
        auth.security_schemes['jwt_cookie']
    )
