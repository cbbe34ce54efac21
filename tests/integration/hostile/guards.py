"""Auths and controllers of the hostile project that exist in two colours."""

import datetime as dt
import hmac
import inspect
from typing import Any, Final, NamedTuple

from typing_extensions import override

from dmr.security.api_key import ApiKeyAsyncAuth, ApiKeySyncAuth
from dmr.security.django_session import (
    DjangoSessionAsyncAuth,
    DjangoSessionSyncAuth,
)
from dmr.security.django_session import views as session_views
from dmr.security.http import HttpBasicAsyncAuth, HttpBasicSyncAuth
from dmr.security.jwt import (
    CookieJWTAsyncAuth,
    CookieJWTSyncAuth,
    JWTAsyncAuth,
    JWTSyncAuth,
)
from dmr.security.jwt import views as jwt_views
from dmr.security.jwt.blocklist import (
    JWTokenBlocklistAsyncMixin,
    JWTokenBlocklistSyncMixin,
)
from dmr.security.token import (
    CookieTokenAsyncAuth,
    CookieTokenSyncAuth,
    HeaderTokenAsyncAuth,
    HeaderTokenSyncAuth,
)
from dmr.security.token import views as token_views
from tests.integration.asking import build

PASSWORD: Final = 'correct horse'
KEY: Final = 'k-1234'


class _SyncBasic(HttpBasicSyncAuth):
    @override
    def authenticate(
        self,
        endpoint: Any,
        controller: Any,
        username: str,
        password: str,
    ) -> Any:
        return self if _is_right(username, password) else None


class _AsyncBasic(HttpBasicAsyncAuth):
    @override
    async def authenticate(
        self,
        endpoint: Any,
        controller: Any,
        username: str,
        password: str,
    ) -> Any:
        return self if _is_right(username, password) else None


class _SyncKey(ApiKeySyncAuth):
    @override
    def authenticate(
        self,
        endpoint: Any,
        controller: Any,
        api_key: str,
    ) -> Any:
        return self if api_key == KEY else None


class _AsyncKey(ApiKeyAsyncAuth):
    @override
    async def authenticate(
        self,
        endpoint: Any,
        controller: Any,
        api_key: str,
    ) -> Any:
        return self if api_key == KEY else None


class _SyncRevocable(JWTokenBlocklistSyncMixin, JWTSyncAuth):
    """Asks the database about each token."""


class _AsyncRevocable(JWTokenBlocklistAsyncMixin, JWTAsyncAuth):
    """Asks the database about each token."""


#: Name in URLs → auth, sync and async.
AUTHS: Final[dict[str, tuple[Any, Any]]] = {
    'basic': (_SyncBasic(), _AsyncBasic()),
    'key': (_SyncKey(), _AsyncKey()),
    'session': (DjangoSessionSyncAuth(), DjangoSessionAsyncAuth()),
    'jwt': (JWTSyncAuth(), JWTAsyncAuth()),
    'revocable': (_SyncRevocable(), _AsyncRevocable()),
    'jwt-cookie': (CookieJWTSyncAuth(), CookieJWTAsyncAuth()),
    'token': (HeaderTokenSyncAuth(), HeaderTokenAsyncAuth()),
    'token-cookie': (CookieTokenSyncAuth(), CookieTokenAsyncAuth()),
}


def _is_right(username: str, password: str) -> bool:
    return username == 'ada' and hmac.compare_digest(
        password.encode(),
        PASSWORD.encode(),
    )


def _same(self: Any, payload: Any) -> Any:
    return payload


def _user(self: Any) -> Any:
    return {'user_id': str(self.request.user.pk)}


def _tokens(self: Any) -> Any:
    return {
        'access_token': self.create_jwt_token(token_type='access'),
        'refresh_token': self.create_jwt_token(
            token_type='refresh',
            expiration=dt.datetime.now(dt.UTC) + self.jwt_refresh_expiration,
        ),
    }


def _api_token(self: Any) -> Any:
    issued = self.issue_token(name='test')
    return (
        _awaited_token(issued)
        if inspect.isawaitable(issued)
        else {'token': issued}
    )


async def _awaited_token(issued: Any) -> Any:
    return {'token': await issued}


def _refresh_token(self: Any, payload: Any) -> Any:
    return payload['refresh_token']


def _access_token(self: Any, payload: Any) -> Any:
    return payload['access_token']


class _View(NamedTuple):
    """A pair of controllers: *name* is without the word for the colour."""

    module: Any
    name: str
    models: tuple[Any, ...]
    members: dict[str, Any]


_LOGIN: Final = {'convert_auth_payload': _same}

_VIEWS: Final = {
    'session-login': _View(
        session_views,
        'DjangoSession',
        (
            session_views.DjangoSessionPayload,
            session_views.DjangoSessionResponse,
        ),
        {**_LOGIN, 'make_api_response': _user},
    ),
    'session-logout': _View(session_views, 'DjangoSessionLogout', (), {}),
    'obtain': _View(
        jwt_views,
        'ObtainTokens',
        (jwt_views.ObtainTokensPayload, jwt_views.ObtainTokensResponse),
        {**_LOGIN, 'make_api_response': _tokens},
    ),
    'refresh': _View(
        jwt_views,
        'RefreshToken',
        (jwt_views.RefreshTokenPayload, jwt_views.ObtainTokensResponse),
        {
            'convert_refresh_payload': _refresh_token,
            'make_api_response': _tokens,
        },
    ),
    'rotate': _View(
        jwt_views,
        'RefreshToken',
        (jwt_views.RefreshTokenPayload, jwt_views.ObtainTokensResponse),
        {
            'jwt_rotate_refresh_tokens': True,
            'convert_refresh_payload': _refresh_token,
            'make_api_response': _tokens,
        },
    ),
    'verify': _View(
        jwt_views,
        'VerifyToken',
        (jwt_views.VerifyTokenPayload,),
        {'convert_verify_payload': _access_token},
    ),
    'revoke': _View(
        jwt_views,
        'RevokeToken',
        (jwt_views.RefreshTokenPayload,),
        {'convert_revoke_payload': _refresh_token},
    ),
    'cookie-obtain': _View(
        jwt_views,
        'CookieObtainTokens',
        (jwt_views.ObtainTokensPayload,),
        _LOGIN,
    ),
    'cookie-refresh': _View(jwt_views, 'CookieRefreshTokens', (), {}),
    'cookie-logout': _View(jwt_views, 'CookieLogout', (), {}),
    'token-obtain': _View(
        token_views,
        'ObtainToken',
        (token_views.ObtainTokenPayload, token_views.ObtainTokenResponse),
        {**_LOGIN, 'make_api_response': _api_token},
    ),
    'token-revoke': _View(token_views, 'RevokeToken', (), {}),
}


def credentials(serializer: Any, *, is_async: bool) -> dict[str, Any]:
    """Return name in URLs → controller that takes or gives credentials."""
    word = 'Async' if is_async else 'Sync'
    return {
        name: build(
            serializer,
            _in_colour(view.members, is_async=is_async),
            is_async=is_async,
            bases=(
                vars(view.module)[f'{view.name}{word}Controller'][
                    serializer,
                    *view.models,
                ],
            ),
        )
        for name, view in _VIEWS.items()
    }


def _in_colour(members: Any, *, is_async: bool) -> dict[str, Any]:
    """Return hooks as the controllers of one colour call them."""
    return {
        name: coroutine(hook) if is_async and callable(hook) else hook
        for name, hook in members.items()
    }


def coroutine(function: Any) -> Any:
    """Return *function* as one that is awaited."""

    async def awaited(*args: Any) -> Any:
        found = function(*args)
        return await found if inspect.isawaitable(found) else found

    return awaited
