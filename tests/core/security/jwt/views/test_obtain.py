"""Exchange name and password for tokens."""

import datetime as dt
from typing import Any

import jwt
import pytest
from django.conf import settings
from typing_extensions import override

from dmr.security.jwt import JWToken
from tests.core.security.asking import (
    PASSWORD,
    denied,
    make_user,
    outcome,
)
from tests.core.security.jwt.views.controllers import (
    ASYNC,
    SYNC,
    SyncObtain,
)
from tests.core.serving import serving

pytestmark = pytest.mark.django_db

both = pytest.mark.parametrize('controllers', [SYNC, ASYNC])

_CREDENTIALS = {'username': 'ada', 'password': PASSWORD}


@both
def test_right_password_gives_tokens(controllers: Any) -> None:
    """The access token opens, and nobody may store the answer."""
    make_user()

    with serving(**controllers) as client:
        response = client.post('/obtain/', _CREDENTIALS)
        token = response.json()['access_token']
        inside = client.get(
            '/it/', headers={'Authorization': f'Bearer {token}'}
        )

    assert 200 == response.status_code
    assert 'no-store' == response.headers['Cache-Control']
    assert (200, 'ada', None) == outcome(inside)


@both
@pytest.mark.parametrize(
    ('username', 'password'),
    [
        ('ada', 'wrong'),
        ('nobody', PASSWORD),
        ('gone', PASSWORD),
        ('ada\x00', PASSWORD),
        ('', ''),
    ],
)
def test_wrong_credentials_are_all_the_same(
    controllers: Any,
    username: str,
    password: str,
) -> None:
    """The answer does not tell who exists."""
    make_user()
    make_user('gone', is_active=False)

    with serving(**controllers) as client:
        response = client.post(
            '/obtain/',
            {'username': username, 'password': password},
        )

    assert denied('Credentials') == outcome(response)


@both
@pytest.mark.parametrize('body', [{}, {'username': 'ada'}, [], None])
def test_malformed_body_is_400(controllers: Any, body: Any) -> None:
    """It never comes to a password."""
    with serving(**controllers) as client:
        response = client.generic('POST', '/obtain/', repr(body))

    assert 400 == response.status_code


def test_tokens_are_made_from_class_attributes() -> None:
    """Everything can be chosen once, for all tokens of a controller."""
    secret = 'x' * 64

    class _Own(SyncObtain):
        jwt_audiences = ['here', 'there']
        jwt_issuer = 'us'
        jwt_algorithm = 'HS512'
        jwt_expiration = dt.timedelta(minutes=5)
        jwt_secret = secret

        @override
        def make_jwt_id(self) -> str:
            return 'own id'

    user = make_user()
    with serving(obtain=_Own) as client:
        tokens = client.post('/obtain/', _CREDENTIALS).json()

    token = JWToken.decode(
        tokens['access_token'],
        secret,
        'HS512',
        accepted_audiences='there',
        accepted_issuers='us',
    )
    assert (str(user.pk), 'own id', {'type': 'access'}) == (
        token.sub,
        token.jti,
        token.extras,
    )
    assert dt.timedelta(minutes=5) == token.exp - token.iat


def test_tokens_are_made_from_arguments() -> None:
    """Everything can be chosen for one token."""
    secret = 'x' * 64
    end = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(hours=3)

    class _Own(SyncObtain):
        @override
        def make_api_response(self) -> Any:
            token = self.create_jwt_token(
                expiration=end,
                subject='somebody',
                issuer='us',
                audiences='here',
                jwt_id='own id',
                secret=secret,
                algorithm='HS512',
                token_headers={'kid': 'first'},
            )
            return {'access_token': token, 'refresh_token': ''}

    make_user()
    with serving(obtain=_Own) as client:
        encoded = client.post('/obtain/', _CREDENTIALS).json()['access_token']

    token = JWToken.decode(encoded, secret, 'HS512', accepted_audiences='here')
    assert JWToken('somebody', end, token.iat, 'us', 'here', 'own id') == token
    assert 'first' == jwt.get_unverified_header(encoded)['kid']


def test_lifetimes_differ() -> None:
    """Refresh tokens live for ten days, access tokens for one."""
    make_user()
    with serving(obtain=SyncObtain) as client:
        tokens = client.post('/obtain/', _CREDENTIALS).json()

    lifetimes = [
        token.exp - token.iat
        for token in (
            JWToken.decode(encoded, settings.SECRET_KEY, 'HS256')
            for encoded in tokens.values()
        )
    ]

    assert [dt.timedelta(days=1), dt.timedelta(days=10)] == lifetimes
