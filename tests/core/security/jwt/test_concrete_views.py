"""Views for tokens that need nothing but a serializer."""

import datetime as dt
from typing import Any, Final

import pytest

from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.jwt import JWToken, concrete_views
from tests.core.security.asking import (
    PASSWORD,
    make_user,
    outcome,
)
from tests.core.serving import serving

pytestmark = pytest.mark.django_db

_CREDENTIALS: Final = {'username': 'ada', 'password': PASSWORD}
_SECRET: Final = 'a-secret-of-this-test-alone-' * 2


def _ready(name: str, **options: Any) -> Any:
    return getattr(concrete_views, name).as_view(**options)


def _headers(kind: str, serializer: Any) -> dict[str, Any]:
    """Return the views that have tokens in bodies."""
    names = {
        'obtain': f'ObtainTokens{kind}View',
        'refresh': f'RefreshToken{kind}View',
        'verify': f'VerifyToken{kind}View',
        'revoke': f'RevokeToken{kind}View',
    }
    return {
        path: _ready(name, serializer=serializer)
        for path, name in names.items()
    }


def _cookies(kind: str, serializer: Any) -> dict[str, Any]:
    """Return the views that have tokens in cookies, without HTTPS."""
    names = {
        'enter': f'CookieObtainTokens{kind}View',
        'renew': f'CookieRefreshTokens{kind}View',
        'leave': f'CookieLogout{kind}View',
    }
    return {
        path: _ready(name, serializer=serializer, jwt_cookie_secure=False)
        for path, name in names.items()
    }


every_view = pytest.mark.parametrize(
    ('kind', 'serializer'),
    [
        ('Sync', PydanticSerializer),
        ('Async', PydanticSerializer),
        ('Sync', MsgspecSerializer),
        ('Async', MsgspecSerializer),
    ],
)


@every_view
def test_tokens_are_obtained_refreshed_verified_and_revoked(
    kind: str,
    serializer: Any,
) -> None:
    """A life of tokens, without a line of code."""
    make_user()

    with serving(**_headers(kind, serializer)) as client:
        tokens = client.post('/obtain/', _CREDENTIALS).json()
        refresh = {'refresh_token': tokens['refresh_token']}
        renewed = client.post('/refresh/', refresh).json()
        access = {'access_token': renewed['access_token']}
        statuses = [
            client.post(f'/{path}/', body).status_code
            for path, body in (
                ('verify', access),
                ('revoke', refresh),
                ('refresh', refresh),
            )
        ]

    assert {'access_token', 'refresh_token'} == tokens.keys()
    assert [204, 204, 401] == statuses


@every_view
def test_cookies_are_set_renewed_and_removed(
    kind: str,
    serializer: Any,
) -> None:
    """The same for browsers."""
    make_user()

    with serving(**_cookies(kind, serializer)) as client:
        entered = client.post('/enter/', _CREDENTIALS)
        csrf = {'X-CSRFToken': client.cookies['csrftoken'].value}
        renewed = client.post('/renew/', headers=csrf)
        left = client.post('/leave/', headers=csrf)

    assert [204, 204, 204] == [
        one.status_code for one in (entered, renewed, left)
    ]
    assert '' == left.cookies['access_token'].value


def test_options_are_attributes_of_the_controller() -> None:
    """Each URL can sign in its own way, for as long as it likes."""
    user = make_user()
    view = _ready(
        'ObtainTokensSyncView',
        serializer=PydanticSerializer,
        jwt_secret=_SECRET,
        jwt_expiration=dt.timedelta(minutes=1),
    )

    with serving(obtain=view) as client:
        tokens = client.post('/obtain/', _CREDENTIALS).json()

    token = JWToken.decode(tokens['access_token'], _SECRET, 'HS256')
    assert (str(user.pk), dt.timedelta(minutes=1)) == (
        token.sub,
        token.exp - token.iat,
    )


def test_bodies_are_validated() -> None:
    """As in any other controller."""
    view = _ready('ObtainTokensSyncView', serializer=PydanticSerializer)

    with serving(obtain=view) as client:
        response = client.post('/obtain/', {'username': 'ada'})

    expected = {
        'detail': [
            {
                'msg': 'Field required',
                'loc': ['parsed_body', 'password'],
                'type': 'value_error',
            },
        ],
    }
    assert (400, expected, None) == outcome(response)
