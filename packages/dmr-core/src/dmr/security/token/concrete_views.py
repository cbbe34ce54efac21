"""Obtain and revoke opaque tokens, ready to be put into URLs.

The body is a user name and a password, the answer has the token.
"""

from typing import TypeVar

from typing_extensions import override

from dmr.security.token.views import (
    ObtainTokenAsyncController,
    ObtainTokenPayload,
    ObtainTokenResponse,
    ObtainTokenSyncController,
    RevokeTokenAsyncController,
    RevokeTokenSyncController,
)
from dmr.security.views import ReadyMadeController
from dmr.serializer import BaseSerializer

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)


class ObtainTokenSyncView(
    ReadyMadeController[_SerializerT_co],
    ObtainTokenSyncController[
        _SerializerT_co,
        ObtainTokenPayload,
        ObtainTokenResponse,
    ],
):
    """Give a token to whoever has the right name and password."""

    @override
    def convert_auth_payload(
        self,
        payload: ObtainTokenPayload,
    ) -> ObtainTokenPayload:
        """Return the body, which is what Django takes."""
        return payload

    @override
    def make_api_response(self) -> ObtainTokenResponse:
        """Return a new token."""
        return {'token': self.issue_token()}


class ObtainTokenAsyncView(
    ReadyMadeController[_SerializerT_co],
    ObtainTokenAsyncController[
        _SerializerT_co,
        ObtainTokenPayload,
        ObtainTokenResponse,
    ],
):
    """Give a token to whoever has the right name and password."""

    @override
    async def convert_auth_payload(
        self,
        payload: ObtainTokenPayload,
    ) -> ObtainTokenPayload:
        """Return the body, which is what Django takes."""
        return payload

    @override
    async def make_api_response(self) -> ObtainTokenResponse:
        """Return a new token."""
        return {'token': await self.issue_token()}


class RevokeTokenSyncView(
    ReadyMadeController[_SerializerT_co],
    RevokeTokenSyncController[_SerializerT_co],
):
    """Revoke the token that authenticates the request."""


class RevokeTokenAsyncView(
    ReadyMadeController[_SerializerT_co],
    RevokeTokenAsyncController[_SerializerT_co],
):
    """Revoke the token that authenticates the request."""
