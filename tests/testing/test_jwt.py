"""Requests with JSON web tokens."""

import datetime as dt
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from django.contrib.auth.models import User
from django.urls import path

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.jwt import (
    CookieJWTSyncAuth,
    JWTAsyncAuth,
    JWTSyncAuth,
    request_jwt,
)
from dmr.test import DMRClient
from dmr.test.jwt import jwt_cookies, jwt_headers, make_jwt

_PRIVATE: Final = ed25519.Ed25519PrivateKey.generate()

#: An auth that is strict about everything.
_STRICT: Final = JWTSyncAuth(
    auth_header='X-Token',
    auth_scheme='JWT',
    algorithm='EdDSA',
    secret=_PRIVATE.public_key(),
    accepted_audiences=['api', 'app'],
    accepted_issuers='issuer',
    require_token_type=True,
    require_claims=['jti'],
    user_id_field='username',
)


class _Plain(Controller[PydanticSerializer]):
    auth = [JWTSyncAuth()]

    def get(self) -> list[str]:
        token = request_jwt(self.request, strict=True)
        return [str(self.request.user), token.extras.get('type', '')]


class _Async(Controller[PydanticSerializer]):
    auth = [JWTAsyncAuth()]

    async def get(self) -> str:
        return str(await self.request.auser())


class _Strict(Controller[PydanticSerializer]):
    auth = [_STRICT]

    def get(self) -> str:
        return str(self.request.user)


class _Cookie(Controller[PydanticSerializer]):
    auth = [CookieJWTSyncAuth(cookie_name='mine')]

    def get(self) -> str:
        return str(self.request.user)


urlpatterns = [
    path('plain/', _Plain.as_view()),
    path('async/', _Async.as_view()),
    path('strict/', _Strict.as_view()),
    path('cookie/', _Cookie.as_view()),
]

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def ada() -> User:
    """Return a user."""
    return User.objects.create_user('ada')


def test_token_opens_endpoints_with_the_usual_auth(ada: User) -> None:
    """Key and algorithm are the default ones, the type is access."""
    response = DMRClient().get('/plain/', headers=jwt_headers(ada))

    assert ['ada', 'access'] == response.json()


def test_token_opens_async_endpoints(ada: User) -> None:
    """The same token does for both kinds."""
    response = DMRClient().get('/async/', headers=jwt_headers(ada))

    assert 'ada' == response.json()


def test_token_is_made_for_an_auth(ada: User) -> None:
    """With header, scheme, key, audience, issuer and user as it wants them."""
    headers = jwt_headers(ada, auth=_STRICT, secret=_PRIVATE)

    response = DMRClient().get('/strict/', headers=headers)

    assert (200, 'ada') == (response.status_code, response.json())


def test_token_is_in_the_cookie_of_an_auth(ada: User) -> None:
    """A client takes all cookies at once."""
    client = DMRClient()

    client.cookies.load(
        jwt_cookies(ada, auth=CookieJWTSyncAuth(cookie_name='mine')),
    )

    assert 'ada' == client.get('/cookie/').json()


@pytest.mark.parametrize(
    'options',
    [
        {'expires_in': dt.timedelta(minutes=-1)},
        {'expires_in': dt.timedelta(days=-1)},
        {'token_type': 'refresh'},
        {'aud': 'somebody-else'},
        {'sub': '12345'},
        {'secret': 'another key of more than thirty-two bytes'},
    ],
)
def test_tokens_can_be_wrong(ada: User, options: dict[str, Any]) -> None:
    """Each of these must be refused."""
    response = DMRClient().get('/plain/', headers=jwt_headers(ada, **options))

    assert 401 == response.status_code


def test_token_can_be_without_type(ada: User) -> None:
    """As those that others have made."""
    token = make_jwt(ada, token_type=None)

    response = DMRClient().get(
        '/plain/',
        headers={'Authorization': f'Bearer {token}'},
    )

    assert ['ada', ''] == response.json()
