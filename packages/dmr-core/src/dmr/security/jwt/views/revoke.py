"""Revoke a refresh token, and all that was made from it."""

import abc
from http import HTTPStatus
from typing import Generic, TypeVar

from django.views.decorators.debug import sensitive_variables

from dmr.components import Body
from dmr.endpoint import modify
from dmr.security.jwt.blocklist import store
from dmr.security.jwt.views.refreshing import RefreshingController
from dmr.serializer import BaseSerializer

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)
_RequestT = TypeVar('_RequestT')


class RevokeTokenSyncController(
    RefreshingController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT],
):
    """Revoke refresh tokens. Needs the app `dmr.security.jwt.blocklist`."""

    @modify(status_code=HTTPStatus.NO_CONTENT)
    def post(self, parsed_body: Body[_RequestT]) -> None:
        """Revoke a refresh token."""
        self.revoke(parsed_body)

    @sensitive_variables()
    def revoke(self, parsed_body: _RequestT) -> None:
        """Revoke the token in the body, doing so twice does no harm.

        Raises:
            NotAuthenticatedError: the token or its user is not valid.
        """
        model = self._required_blocklist()
        token = self.decode_token(
            self.convert_revoke_payload(parsed_body),
            'refresh',
        )
        user = self._find_user(token)
        store.revoke(model, token, user)
        store.revoke_family(model, token, user, until=self._family_end())

    @abc.abstractmethod
    def convert_revoke_payload(self, payload: _RequestT) -> str:
        """Return the refresh token in the body."""


class RevokeTokenAsyncController(
    RefreshingController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT],
):
    """Revoke refresh tokens. Needs the app `dmr.security.jwt.blocklist`."""

    @modify(status_code=HTTPStatus.NO_CONTENT)
    @sensitive_variables()
    async def post(self, parsed_body: Body[_RequestT]) -> None:
        """Revoke a refresh token."""
        await self.revoke(parsed_body)

    @sensitive_variables()
    async def revoke(self, parsed_body: _RequestT) -> None:
        """Revoke the token in the body, doing so twice does no harm.

        Raises:
            NotAuthenticatedError: the token or its user is not valid.
        """
        model = self._required_blocklist()
        token = self.decode_token(
            await self.convert_revoke_payload(parsed_body),
            'refresh',
        )
        user = await self._find_user_async(token)
        await store.revoke_async(model, token, user)
        await store.revoke_family_async(
            model,
            token,
            user,
            until=self._family_end(),
        )

    @abc.abstractmethod
    async def convert_revoke_payload(self, payload: _RequestT) -> str:
        """Return the refresh token in the body."""
