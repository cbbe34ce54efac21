"""Exchange a refresh token in the body for new tokens."""

import abc
from http import HTTPStatus
from typing import Generic, TypeVar

from django.views.decorators.debug import sensitive_variables
from typing_extensions import TypedDict

from dmr.components import Body
from dmr.endpoint import modify
from dmr.security.jwt.views.refreshing import (
    RefreshingAsyncController,
    RefreshingSyncController,
)
from dmr.security.views import NO_STORE
from dmr.serializer import BaseSerializer

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)
_RequestT = TypeVar('_RequestT')
_ResponseT = TypeVar('_ResponseT')


class RefreshTokenPayload(TypedDict):
    """The token to exchange."""

    refresh_token: str


class RefreshTokenSyncController(
    RefreshingSyncController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT, _ResponseT],
):
    """Give new tokens to whoever has a refresh token."""

    @modify(status_code=HTTPStatus.OK, headers=NO_STORE)
    def post(self, parsed_body: Body[_RequestT]) -> _ResponseT:
        """Refresh tokens."""
        return self.refresh(parsed_body)

    @sensitive_variables()
    def refresh(self, parsed_body: _RequestT) -> _ResponseT:
        """Return new tokens for the user of the old one.

        Raises:
            NotAuthenticatedError: the token or its user is not valid.
        """
        self.use_refresh_token(self.convert_refresh_payload(parsed_body))
        return self.make_api_response()

    @abc.abstractmethod
    def convert_refresh_payload(self, payload: _RequestT) -> str:
        """Return the refresh token in the body."""

    @abc.abstractmethod
    def make_api_response(self) -> _ResponseT:
        """Return the answer, made with `create_jwt_token`."""


class RefreshTokenAsyncController(
    RefreshingAsyncController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT, _ResponseT],
):
    """Give new tokens to whoever has a refresh token."""

    @modify(status_code=HTTPStatus.OK, headers=NO_STORE)
    @sensitive_variables()
    async def post(self, parsed_body: Body[_RequestT]) -> _ResponseT:
        """Refresh tokens."""
        return await self.refresh(parsed_body)

    @sensitive_variables()
    async def refresh(self, parsed_body: _RequestT) -> _ResponseT:
        """Return new tokens for the user of the old one.

        Raises:
            NotAuthenticatedError: the token or its user is not valid.
        """
        await self.use_refresh_token(
            await self.convert_refresh_payload(parsed_body),
        )
        return await self.make_api_response()

    @abc.abstractmethod
    async def convert_refresh_payload(self, payload: _RequestT) -> str:
        """Return the refresh token in the body."""

    @abc.abstractmethod
    async def make_api_response(self) -> _ResponseT:
        """Return the answer, made with `create_jwt_token`."""
