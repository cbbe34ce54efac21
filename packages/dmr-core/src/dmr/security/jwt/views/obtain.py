"""Exchange name and password for tokens."""

import abc
from http import HTTPStatus
from typing import Generic, TypeVar

from django.views.decorators.debug import sensitive_variables
from typing_extensions import TypedDict

from dmr.components import Body
from dmr.endpoint import modify
from dmr.exceptions import NotAuthenticatedError
from dmr.security.jwt.base import set_request_attrs
from dmr.security.jwt.views.base import TokenController
from dmr.security.users import check_credentials, check_credentials_async
from dmr.security.views import NO_STORE
from dmr.serializer import BaseSerializer

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)
_RequestT = TypeVar('_RequestT')
_ResponseT = TypeVar('_ResponseT')


class ObtainTokensPayload(TypedDict):
    """What Django's ``authenticate`` takes."""

    username: str
    password: str


class ObtainTokensResponse(TypedDict):
    """A token to work with, and one to get the next."""

    access_token: str
    refresh_token: str


class ObtainTokensSyncController(
    TokenController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT, _ResponseT],
):
    """Give tokens to whoever has the right name and password."""

    @modify(status_code=HTTPStatus.OK, headers=NO_STORE)
    def post(self, parsed_body: Body[_RequestT]) -> _ResponseT:
        """Obtain tokens."""
        return self.login(parsed_body)

    @sensitive_variables()
    def login(self, parsed_body: _RequestT) -> _ResponseT:
        """Return tokens for whoever has these credentials.

        Raises:
            NotAuthenticatedError: nobody has.
        """
        user = check_credentials(
            self.request,
            self.convert_auth_payload(parsed_body),
        )
        if user is None:
            raise NotAuthenticatedError
        set_request_attrs(self.request, user)
        return self.make_api_response()

    @abc.abstractmethod
    def convert_auth_payload(self, payload: _RequestT) -> ObtainTokensPayload:
        """Return what Django's ``authenticate`` takes."""

    @abc.abstractmethod
    def make_api_response(self) -> _ResponseT:
        """Return the answer, made with `create_jwt_token`."""


class ObtainTokensAsyncController(
    TokenController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT, _ResponseT],
):
    """Give tokens to whoever has the right name and password."""

    @modify(status_code=HTTPStatus.OK, headers=NO_STORE)
    @sensitive_variables()
    async def post(self, parsed_body: Body[_RequestT]) -> _ResponseT:
        """Obtain tokens."""
        return await self.login(parsed_body)

    @sensitive_variables()
    async def login(self, parsed_body: _RequestT) -> _ResponseT:
        """Return tokens for whoever has these credentials.

        Raises:
            NotAuthenticatedError: nobody has.
        """
        user = await check_credentials_async(
            self.request,
            await self.convert_auth_payload(parsed_body),
        )
        if user is None:
            raise NotAuthenticatedError
        set_request_attrs(self.request, user)
        return await self.make_api_response()

    @abc.abstractmethod
    async def convert_auth_payload(
        self,
        payload: _RequestT,
    ) -> ObtainTokensPayload:
        """Return what Django's ``authenticate`` takes."""

    @abc.abstractmethod
    async def make_api_response(self) -> _ResponseT:
        """Return the answer, made with `create_jwt_token`."""
