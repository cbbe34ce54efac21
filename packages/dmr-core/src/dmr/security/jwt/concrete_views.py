"""Obtain, refresh, verify and revoke tokens, ready to be put into URLs.

Bodies and answers are the typed dictionaries of `dmr.security.jwt.views`. How
long tokens live and how they are signed are options of ``as_view``.
"""

import datetime as dt
from typing import TypeVar

from typing_extensions import override

from dmr.security.jwt.views import (
    CookieLogoutAsyncController,
    CookieLogoutSyncController,
    CookieObtainTokensAsyncController,
    CookieObtainTokensSyncController,
    CookieRefreshTokensAsyncController,
    CookieRefreshTokensSyncController,
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
from dmr.security.jwt.views.base import TokenController
from dmr.security.views import ReadyMadeController
from dmr.serializer import BaseSerializer

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)


class ObtainTokensSyncView(
    ReadyMadeController[_SerializerT_co],
    ObtainTokensSyncController[
        _SerializerT_co,
        ObtainTokensPayload,
        ObtainTokensResponse,
    ],
):
    """Give tokens to whoever has the right name and password."""

    @override
    def convert_auth_payload(
        self,
        payload: ObtainTokensPayload,
    ) -> ObtainTokensPayload:
        """Return the body, which is what Django takes."""
        return payload

    @override
    def make_api_response(self) -> ObtainTokensResponse:
        """Return both tokens."""
        return _token_pair(self)


class ObtainTokensAsyncView(
    ReadyMadeController[_SerializerT_co],
    ObtainTokensAsyncController[
        _SerializerT_co,
        ObtainTokensPayload,
        ObtainTokensResponse,
    ],
):
    """Give tokens to whoever has the right name and password."""

    @override
    async def convert_auth_payload(
        self,
        payload: ObtainTokensPayload,
    ) -> ObtainTokensPayload:
        """Return the body, which is what Django takes."""
        return payload

    @override
    async def make_api_response(self) -> ObtainTokensResponse:
        """Return both tokens."""
        return _token_pair(self)


class RefreshTokenSyncView(
    ReadyMadeController[_SerializerT_co],
    RefreshTokenSyncController[
        _SerializerT_co,
        RefreshTokenPayload,
        ObtainTokensResponse,
    ],
):
    """Give new tokens to whoever has a refresh token."""

    @override
    def convert_refresh_payload(self, payload: RefreshTokenPayload) -> str:
        """Return the refresh token in the body."""
        return payload['refresh_token']

    @override
    def make_api_response(self) -> ObtainTokensResponse:
        """Return both tokens."""
        return _token_pair(self)


class RefreshTokenAsyncView(
    ReadyMadeController[_SerializerT_co],
    RefreshTokenAsyncController[
        _SerializerT_co,
        RefreshTokenPayload,
        ObtainTokensResponse,
    ],
):
    """Give new tokens to whoever has a refresh token."""

    @override
    async def convert_refresh_payload(
        self,
        payload: RefreshTokenPayload,
    ) -> str:
        """Return the refresh token in the body."""
        return payload['refresh_token']

    @override
    async def make_api_response(self) -> ObtainTokensResponse:
        """Return both tokens."""
        return _token_pair(self)


class VerifyTokenSyncView(
    ReadyMadeController[_SerializerT_co],
    VerifyTokenSyncController[_SerializerT_co, VerifyTokenPayload],
):
    """Answer 204 to a valid access token, 401 to any other."""

    @override
    def convert_verify_payload(self, payload: VerifyTokenPayload) -> str:
        """Return the access token in the body."""
        return payload['access_token']


class VerifyTokenAsyncView(
    ReadyMadeController[_SerializerT_co],
    VerifyTokenAsyncController[_SerializerT_co, VerifyTokenPayload],
):
    """Answer 204 to a valid access token, 401 to any other."""

    @override
    async def convert_verify_payload(self, payload: VerifyTokenPayload) -> str:
        """Return the access token in the body."""
        return payload['access_token']


class RevokeTokenSyncView(
    ReadyMadeController[_SerializerT_co],
    RevokeTokenSyncController[_SerializerT_co, RefreshTokenPayload],
):
    """Revoke refresh tokens. Needs the app `dmr.security.jwt.blocklist`."""

    @override
    def convert_revoke_payload(self, payload: RefreshTokenPayload) -> str:
        """Return the refresh token in the body."""
        return payload['refresh_token']


class RevokeTokenAsyncView(
    ReadyMadeController[_SerializerT_co],
    RevokeTokenAsyncController[_SerializerT_co, RefreshTokenPayload],
):
    """Revoke refresh tokens. Needs the app `dmr.security.jwt.blocklist`."""

    @override
    async def convert_revoke_payload(
        self,
        payload: RefreshTokenPayload,
    ) -> str:
        """Return the refresh token in the body."""
        return payload['refresh_token']


class CookieObtainTokensSyncView(
    ReadyMadeController[_SerializerT_co],
    CookieObtainTokensSyncController[_SerializerT_co, ObtainTokensPayload],
):
    """Log in whoever has the right name and password, with cookies."""

    @override
    def convert_auth_payload(
        self,
        payload: ObtainTokensPayload,
    ) -> ObtainTokensPayload:
        """Return the body, which is what Django takes."""
        return payload


class CookieObtainTokensAsyncView(
    ReadyMadeController[_SerializerT_co],
    CookieObtainTokensAsyncController[_SerializerT_co, ObtainTokensPayload],
):
    """Log in whoever has the right name and password, with cookies."""

    @override
    async def convert_auth_payload(
        self,
        payload: ObtainTokensPayload,
    ) -> ObtainTokensPayload:
        """Return the body, which is what Django takes."""
        return payload


class CookieRefreshTokensSyncView(
    ReadyMadeController[_SerializerT_co],
    CookieRefreshTokensSyncController[_SerializerT_co],
):
    """Set new cookies for whoever has a refresh token in one."""


class CookieRefreshTokensAsyncView(
    ReadyMadeController[_SerializerT_co],
    CookieRefreshTokensAsyncController[_SerializerT_co],
):
    """Set new cookies for whoever has a refresh token in one."""


class CookieLogoutSyncView(
    ReadyMadeController[_SerializerT_co],
    CookieLogoutSyncController[_SerializerT_co],
):
    """Remove the cookies, and revoke the tokens if there is a blocklist."""


class CookieLogoutAsyncView(
    ReadyMadeController[_SerializerT_co],
    CookieLogoutAsyncController[_SerializerT_co],
):
    """Remove the cookies, and revoke the tokens if there is a blocklist."""


def _token_pair(
    controller: TokenController[BaseSerializer],
) -> ObtainTokensResponse:
    end = dt.datetime.now(dt.UTC) + controller.jwt_refresh_expiration
    return {
        'access_token': controller.create_jwt_token(token_type='access'),
        'refresh_token': controller.create_jwt_token(
            token_type='refresh',
            expiration=end,
        ),
    }
