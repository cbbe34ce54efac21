"""Controllers that log in, refresh, verify and revoke, in both colours."""

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.jwt import JWTAsyncAuth, JWTSyncAuth
from dmr.security.jwt.blocklist import (
    JWTokenBlocklistAsyncMixin,
    JWTokenBlocklistSyncMixin,
)
from dmr.security.jwt.concrete_views import (
    ObtainTokensAsyncView,
    ObtainTokensSyncView,
    RefreshTokenAsyncView,
    RefreshTokenSyncView,
    RevokeTokenAsyncView,
    RevokeTokenSyncView,
    VerifyTokenAsyncView,
    VerifyTokenSyncView,
)


class SyncObtain(ObtainTokensSyncView[PydanticSerializer]):
    """Logs in."""


class AsyncObtain(ObtainTokensAsyncView[PydanticSerializer]):
    """Logs in."""


class SyncRefresh(RefreshTokenSyncView[PydanticSerializer]):
    """Takes a refresh token as often as it comes."""


class AsyncRefresh(RefreshTokenAsyncView[PydanticSerializer]):
    """Takes a refresh token as often as it comes."""


class SyncRotate(SyncRefresh):
    jwt_rotate_refresh_tokens = True


class AsyncRotate(AsyncRefresh):
    jwt_rotate_refresh_tokens = True


class SyncVerify(VerifyTokenSyncView[PydanticSerializer]):
    """Tells whether an access token is valid."""


class AsyncVerify(VerifyTokenAsyncView[PydanticSerializer]):
    """Tells whether an access token is valid."""


class SyncRevoke(RevokeTokenSyncView[PydanticSerializer]):
    """Logs out."""


class AsyncRevoke(RevokeTokenAsyncView[PydanticSerializer]):
    """Logs out."""


class SyncBlocklistAuth(JWTokenBlocklistSyncMixin, JWTSyncAuth):
    """Refuses revoked tokens."""


class AsyncBlocklistAuth(JWTokenBlocklistAsyncMixin, JWTAsyncAuth):
    """Refuses revoked tokens."""


class SyncGuarded(Controller[PydanticSerializer]):
    auth = [SyncBlocklistAuth()]

    def get(self) -> str:
        return str(self.request.user)


class AsyncGuarded(Controller[PydanticSerializer]):
    auth = [AsyncBlocklistAuth()]

    async def get(self) -> str:
        return str(self.request.user)


#: Name in URLs → controller, in both colours.
SYNC = {
    'obtain': SyncObtain,
    'refresh': SyncRefresh,
    'rotate': SyncRotate,
    'verify': SyncVerify,
    'revoke': SyncRevoke,
    'it': SyncGuarded,
}
ASYNC = {
    'obtain': AsyncObtain,
    'refresh': AsyncRefresh,
    'rotate': AsyncRotate,
    'verify': AsyncVerify,
    'revoke': AsyncRevoke,
    'it': AsyncGuarded,
}
