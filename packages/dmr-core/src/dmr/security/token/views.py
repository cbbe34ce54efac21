"""Exchange name and password for an opaque token, and revoke it.

Subclass a controller with a serializer, a model of the body and, where there
is an answer, a model of it.
"""

import abc
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from django.apps import apps
from django.views.decorators.debug import sensitive_variables
from typing_extensions import TypedDict

from dmr.components import Body
from dmr.endpoint import modify
from dmr.exceptions import NotAuthenticatedError
from dmr.security.token.auth import (
    HeaderTokenAsyncAuth,
    HeaderTokenSyncAuth,
    request_token,
)
from dmr.security.token.hashing import TokenHasher
from dmr.security.users import (
    check_credentials,
    check_credentials_async,
    set_request_user,
)
from dmr.security.views import NO_STORE, CredentialsController
from dmr.serializer import BaseSerializer

if TYPE_CHECKING:
    from dmr.security.token.app.models import Token

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)
_RequestT = TypeVar('_RequestT')
_ResponseT = TypeVar('_ResponseT')


class ObtainTokenPayload(TypedDict):
    """What Django's ``authenticate`` takes."""

    username: str
    password: str


class ObtainTokenResponse(TypedDict):
    """A token, which is shown this one time."""

    token: str


class _IssuingController(CredentialsController[_SerializerT_co]):
    #: Must be the one of the auths that are to find the tokens.
    token_hasher: ClassVar[TokenHasher] = TokenHasher()

    def token_model(self) -> 'type[Token]':
        """Return the model of tokens, override it for your own."""
        model: Any = apps.get_model('dmr_token', 'Token')
        return model  # type: ignore[no-any-return]  # known by its name only


class ObtainTokenSyncController(
    _IssuingController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT, _ResponseT],
):
    """Give a token to whoever has the right name and password."""

    @modify(status_code=HTTPStatus.OK, headers=NO_STORE)
    def post(self, parsed_body: Body[_RequestT]) -> _ResponseT:
        """Obtain a token."""
        return self.login(parsed_body)

    @sensitive_variables()
    def login(self, parsed_body: _RequestT) -> _ResponseT:
        """Return a token for whoever has these credentials.

        Raises:
            NotAuthenticatedError: nobody has.
        """
        user = check_credentials(
            self.request,
            self.convert_auth_payload(parsed_body),
        )
        if user is None:
            raise NotAuthenticatedError
        set_request_user(self.request, user)
        return self.make_api_response()

    @sensitive_variables()
    def issue_token(self, **options: Any) -> str:
        """Return a new token for ``request.user``, see ``Token.issue``."""
        _row, raw = self.token_model().issue(
            self.request.user,
            hasher=self.token_hasher,
            **options,
        )
        return raw

    @abc.abstractmethod
    def convert_auth_payload(self, payload: _RequestT) -> ObtainTokenPayload:
        """Return what Django's ``authenticate`` takes."""

    @abc.abstractmethod
    def make_api_response(self) -> _ResponseT:
        """Return the answer, made with `issue_token`."""


class ObtainTokenAsyncController(
    _IssuingController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT, _ResponseT],
):
    """Give a token to whoever has the right name and password."""

    @modify(status_code=HTTPStatus.OK, headers=NO_STORE)
    @sensitive_variables()
    async def post(self, parsed_body: Body[_RequestT]) -> _ResponseT:
        """Obtain a token."""
        return await self.login(parsed_body)

    @sensitive_variables()
    async def login(self, parsed_body: _RequestT) -> _ResponseT:
        """Return a token for whoever has these credentials.

        Raises:
            NotAuthenticatedError: nobody has.
        """
        user = await check_credentials_async(
            self.request,
            await self.convert_auth_payload(parsed_body),
        )
        if user is None:
            raise NotAuthenticatedError
        set_request_user(self.request, user)
        return await self.make_api_response()

    @sensitive_variables()
    async def issue_token(self, **options: Any) -> str:
        """Return a new token for ``request.user``, see ``Token.issue``."""
        _row, raw = await self.token_model().aissue(
            self.request.user,
            hasher=self.token_hasher,
            **options,
        )
        return raw

    @abc.abstractmethod
    async def convert_auth_payload(
        self,
        payload: _RequestT,
    ) -> ObtainTokenPayload:
        """Return what Django's ``authenticate`` takes."""

    @abc.abstractmethod
    async def make_api_response(self) -> _ResponseT:
        """Return the answer, made with `issue_token`."""


class RevokeTokenSyncController(CredentialsController[_SerializerT_co]):
    """Revoke the token that authenticates the request."""

    auth: ClassVar[Any] = [HeaderTokenSyncAuth()]

    @modify(status_code=HTTPStatus.NO_CONTENT)
    def post(self) -> None:
        """Revoke the token."""
        request_token(self.request, strict=True).revoke()


class RevokeTokenAsyncController(CredentialsController[_SerializerT_co]):
    """Revoke the token that authenticates the request."""

    auth: ClassVar[Any] = [HeaderTokenAsyncAuth()]

    @modify(status_code=HTTPStatus.NO_CONTENT)
    async def post(self) -> None:
        """Revoke the token."""
        await request_token(self.request, strict=True).arevoke()
