"""Controllers that log in, refresh, verify and revoke, in both colours."""

import datetime as dt
from typing import Any

from typing_extensions import override

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.jwt import JWTAsyncAuth, JWTSyncAuth
from dmr.security.jwt.blocklist import (
    JWTokenBlocklistAsyncMixin,
    JWTokenBlocklistSyncMixin,
)
from dmr.security.jwt.views import (
    ObtainTokensAsyncController,
    ObtainTokensPayload,
    ObtainTokensResponse,
    ObtainTokensSyncController,
    RefreshTokenAsyncController,
    RefreshTokenPayload,
    RefreshTokenSyncController,
    RevokeTokenAsyncController,
    RevokeTokenSyncController,
    VerifyTokenAsyncController,
    VerifyTokenPayload,
    VerifyTokenSyncController,
)


def tokens(controller: Any) -> ObtainTokensResponse:
    """Return an access and a refresh token for the user of the request."""
    return {
        'access_token': controller.create_jwt_token(token_type='access'),
        'refresh_token': controller.create_jwt_token(
            token_type='refresh',
            expiration=(
                dt.datetime.now(dt.UTC) + controller.jwt_refresh_expiration
            ),
        ),
    }


class SyncObtain(
    ObtainTokensSyncController[
        PydanticSerializer,
        ObtainTokensPayload,
        ObtainTokensResponse,
    ],
):
    @override
    def convert_auth_payload(
        self,
        payload: ObtainTokensPayload,
    ) -> ObtainTokensPayload:
        return payload

    @override
    def make_api_response(self) -> ObtainTokensResponse:
        return tokens(self)


class AsyncObtain(
    ObtainTokensAsyncController[
        PydanticSerializer,
        ObtainTokensPayload,
        ObtainTokensResponse,
    ],
):
    @override
    async def convert_auth_payload(
        self,
        payload: ObtainTokensPayload,
    ) -> ObtainTokensPayload:
        return payload

    @override
    async def make_api_response(self) -> ObtainTokensResponse:
        return tokens(self)


class SyncRefresh(
    RefreshTokenSyncController[
        PydanticSerializer,
        RefreshTokenPayload,
        ObtainTokensResponse,
    ],
):
    @override
    def convert_refresh_payload(self, payload: RefreshTokenPayload) -> str:
        return payload['refresh_token']

    @override
    def make_api_response(self) -> ObtainTokensResponse:
        return tokens(self)


class AsyncRefresh(
    RefreshTokenAsyncController[
        PydanticSerializer,
        RefreshTokenPayload,
        ObtainTokensResponse,
    ],
):
    @override
    async def convert_refresh_payload(
        self,
        payload: RefreshTokenPayload,
    ) -> str:
        return payload['refresh_token']

    @override
    async def make_api_response(self) -> ObtainTokensResponse:
        return tokens(self)


class SyncRotate(SyncRefresh):
    jwt_rotate_refresh_tokens = True


class AsyncRotate(AsyncRefresh):
    jwt_rotate_refresh_tokens = True


class SyncVerify(
    VerifyTokenSyncController[PydanticSerializer, VerifyTokenPayload],
):
    @override
    def convert_verify_payload(self, payload: VerifyTokenPayload) -> str:
        return payload['access_token']


class AsyncVerify(
    VerifyTokenAsyncController[PydanticSerializer, VerifyTokenPayload],
):
    @override
    async def convert_verify_payload(self, payload: VerifyTokenPayload) -> str:
        return payload['access_token']


class SyncRevoke(
    RevokeTokenSyncController[PydanticSerializer, RefreshTokenPayload],
):
    @override
    def convert_revoke_payload(self, payload: RefreshTokenPayload) -> str:
        return payload['refresh_token']


class AsyncRevoke(
    RevokeTokenAsyncController[PydanticSerializer, RefreshTokenPayload],
):
    @override
    async def convert_revoke_payload(
        self,
        payload: RefreshTokenPayload,
    ) -> str:
        return payload['refresh_token']


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
