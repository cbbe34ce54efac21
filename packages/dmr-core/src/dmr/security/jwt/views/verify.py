"""Tell whether an access token would be accepted."""

import abc
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from django.views.decorators.debug import sensitive_variables
from typing_extensions import TypedDict

from dmr.components import Body
from dmr.endpoint import modify
from dmr.security.jwt.blocklist import store
from dmr.security.jwt.token import JWToken
from dmr.security.jwt.views.base import CheckedTokenController, check_user
from dmr.serializer import BaseSerializer

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)
_RequestT = TypeVar('_RequestT')


class VerifyTokenPayload(TypedDict):
    """The token in question."""

    access_token: str


class VerifyTokenSyncController(
    CheckedTokenController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT],
):
    """Answer 204 to a valid access token, 401 to any other."""

    @modify(status_code=HTTPStatus.NO_CONTENT)
    def post(self, parsed_body: Body[_RequestT]) -> None:
        """Verify an access token."""
        self.verify(parsed_body)

    @sensitive_variables()
    def verify(self, parsed_body: _RequestT) -> None:
        """Check token and user.

        Raises:
            NotAuthenticatedError: the token or its user is not valid.
        """
        token = self.decode_token(
            self.convert_verify_payload(parsed_body),
            'access',
        )
        self.check_auth(self.get_user(token))
        model = self.blocklist_model()
        if model is not None:
            store.check(model, token)

    @abc.abstractmethod
    def convert_verify_payload(self, payload: _RequestT) -> str:
        """Return the access token in the body."""

    def get_user(self, token: JWToken) -> Any:
        """Return the user that *token* is about.

        Raises:
            NotAuthenticatedError: there is no such user.
        """
        return self._find_user(token)

    def check_auth(self, user: Any) -> None:
        """Check whether *user* may log in, override it to check more.

        Raises:
            NotAuthenticatedError: the user may not.
        """
        check_user(user)


class VerifyTokenAsyncController(
    CheckedTokenController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT],
):
    """Answer 204 to a valid access token, 401 to any other."""

    @modify(status_code=HTTPStatus.NO_CONTENT)
    @sensitive_variables()
    async def post(self, parsed_body: Body[_RequestT]) -> None:
        """Verify an access token."""
        await self.verify(parsed_body)

    @sensitive_variables()
    async def verify(self, parsed_body: _RequestT) -> None:
        """Check token and user.

        Raises:
            NotAuthenticatedError: the token or its user is not valid.
        """
        token = self.decode_token(
            await self.convert_verify_payload(parsed_body),
            'access',
        )
        await self.check_auth(await self.get_user(token))
        model = self.blocklist_model()
        if model is not None:
            await store.check_async(model, token)

    @abc.abstractmethod
    async def convert_verify_payload(self, payload: _RequestT) -> str:
        """Return the access token in the body."""

    async def get_user(self, token: JWToken) -> Any:
        """Return the user that *token* is about.

        Raises:
            NotAuthenticatedError: there is no such user.
        """
        return await self._find_user_async(token)

    async def check_auth(self, user: Any) -> None:
        """Check whether *user* may log in, override it to check more.

        Raises:
            NotAuthenticatedError: the user may not.
        """
        check_user(user)
