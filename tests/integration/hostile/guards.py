"""Auths and controllers of the hostile project that exist in two colours."""

import hmac
from typing import Any, Final

from typing_extensions import override

from dmr.security.api_key import ApiKeyAsyncAuth, ApiKeySyncAuth
from dmr.security.django_session import (
    DjangoSessionAsyncAuth,
    DjangoSessionSyncAuth,
)
from dmr.security.django_session import concrete_views as session_views
from dmr.security.http import HttpBasicAsyncAuth, HttpBasicSyncAuth
from dmr.security.jwt import (
    CookieJWTAsyncAuth,
    CookieJWTSyncAuth,
    JWTAsyncAuth,
    JWTSyncAuth,
)
from dmr.security.jwt import concrete_views as jwt_views
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
from dmr.security.token import concrete_views as token_views
from tests.integration.serving import build

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


#: Name in URLs → module, and name of a view without the word for its colour.
_VIEWS: Final = {
    'session-login': (session_views, 'DjangoSession'),
    'session-logout': (session_views, 'DjangoSessionLogout'),
    'obtain': (jwt_views, 'ObtainTokens'),
    'refresh': (jwt_views, 'RefreshToken'),
    'rotate': (jwt_views, 'RefreshToken'),
    'verify': (jwt_views, 'VerifyToken'),
    'revoke': (jwt_views, 'RevokeToken'),
    'cookie-obtain': (jwt_views, 'CookieObtainTokens'),
    'cookie-refresh': (jwt_views, 'CookieRefreshTokens'),
    'cookie-logout': (jwt_views, 'CookieLogout'),
    'token-obtain': (token_views, 'ObtainToken'),
    'token-revoke': (token_views, 'RevokeToken'),
}


def credentials(serializer: Any, *, is_async: bool) -> dict[str, Any]:
    """Return name in URLs → controller that takes or gives credentials."""
    word = 'Async' if is_async else 'Sync'
    return {
        name: build(
            serializer,
            {'jwt_rotate_refresh_tokens': True} if name == 'rotate' else {},
            is_async=is_async,
            bases=(vars(module)[f'{view}{word}View'][serializer],),
        )
        for name, (module, view) in _VIEWS.items()
    }
