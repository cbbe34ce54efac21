"""Obtain, refresh, verify and revoke JSON web tokens, for any serializer.

Subclass a controller with a serializer, a model of the body and, where there
is an answer, a model of it.
"""

from dmr.security.jwt.views.cookies import (
    CookieLogoutAsyncController as CookieLogoutAsyncController,
)
from dmr.security.jwt.views.cookies import (
    CookieLogoutSyncController as CookieLogoutSyncController,
)
from dmr.security.jwt.views.cookies import (
    CookieObtainTokensAsyncController as CookieObtainTokensAsyncController,
)
from dmr.security.jwt.views.cookies import (
    CookieObtainTokensSyncController as CookieObtainTokensSyncController,
)
from dmr.security.jwt.views.cookies import (
    CookieRefreshTokensAsyncController as CookieRefreshTokensAsyncController,
)
from dmr.security.jwt.views.cookies import (
    CookieRefreshTokensSyncController as CookieRefreshTokensSyncController,
)
from dmr.security.jwt.views.obtain import (
    ObtainTokensAsyncController as ObtainTokensAsyncController,
)
from dmr.security.jwt.views.obtain import (
    ObtainTokensPayload as ObtainTokensPayload,
)
from dmr.security.jwt.views.obtain import (
    ObtainTokensResponse as ObtainTokensResponse,
)
from dmr.security.jwt.views.obtain import (
    ObtainTokensSyncController as ObtainTokensSyncController,
)
from dmr.security.jwt.views.refresh import (
    RefreshTokenAsyncController as RefreshTokenAsyncController,
)
from dmr.security.jwt.views.refresh import (
    RefreshTokenPayload as RefreshTokenPayload,
)
from dmr.security.jwt.views.refresh import (
    RefreshTokenSyncController as RefreshTokenSyncController,
)
from dmr.security.jwt.views.revoke import (
    RevokeTokenAsyncController as RevokeTokenAsyncController,
)
from dmr.security.jwt.views.revoke import (
    RevokeTokenSyncController as RevokeTokenSyncController,
)
from dmr.security.jwt.views.verify import (
    VerifyTokenAsyncController as VerifyTokenAsyncController,
)
from dmr.security.jwt.views.verify import (
    VerifyTokenPayload as VerifyTokenPayload,
)
from dmr.security.jwt.views.verify import (
    VerifyTokenSyncController as VerifyTokenSyncController,
)
