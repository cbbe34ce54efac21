"""Log in and out with Django's sessions, for any serializer.

Subclass a controller with a serializer, a model of the body and a model of
the answer.
"""

import abc
from http import HTTPStatus
from typing import Any, ClassVar, Generic, TypeVar

from django.conf import settings
from django.contrib.auth import alogin, alogout, login, logout
from django.views.decorators.debug import sensitive_variables
from typing_extensions import TypedDict

from dmr.components import Body
from dmr.cookies import CookieSpec
from dmr.endpoint import modify
from dmr.exceptions import NotAuthenticatedError
from dmr.security.django_session.auth import (
    DjangoSessionAsyncAuth,
    DjangoSessionSyncAuth,
)
from dmr.security.users import (
    check_credentials,
    check_credentials_async,
    forget_odd_session,
)
from dmr.security.views import NO_STORE, CredentialsController
from dmr.serializer import BaseSerializer

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)
_RequestT = TypeVar('_RequestT')
_ResponseT = TypeVar('_ResponseT')


class DjangoSessionPayload(TypedDict):
    """What Django's ``authenticate`` takes."""

    username: str
    password: str


class DjangoSessionResponse(TypedDict):
    """Who is logged in now."""

    user_id: str


_COOKIES = {
    name: CookieSpec(skip_validation=True)
    for name in (
        settings.SESSION_COOKIE_NAME,
        None if settings.CSRF_USE_SESSIONS else settings.CSRF_COOKIE_NAME,
    )
    if name is not None
}


class DjangoSessionSyncController(
    CredentialsController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT, _ResponseT],
):
    """Log a user in, with cookies for session and CSRF token."""

    @modify(status_code=HTTPStatus.OK, cookies=_COOKIES, headers=NO_STORE)
    def post(self, parsed_body: Body[_RequestT]) -> _ResponseT:
        """Log in."""
        return self.login(parsed_body)

    @sensitive_variables()
    def login(self, parsed_body: _RequestT) -> _ResponseT:
        """Log in whoever has these credentials.

        Raises:
            NotAuthenticatedError: nobody has.
        """
        forget_odd_session(self.request)
        user = check_credentials(
            self.request,
            self.convert_auth_payload(parsed_body),
        )
        if user is None:
            raise NotAuthenticatedError
        login(self.request, user)
        return self.make_api_response()

    @abc.abstractmethod
    def convert_auth_payload(self, payload: _RequestT) -> DjangoSessionPayload:
        """Return what Django's ``authenticate`` takes."""

    @abc.abstractmethod
    def make_api_response(self) -> _ResponseT:
        """Return the answer, ``request.user`` is logged in."""


class DjangoSessionAsyncController(
    CredentialsController[_SerializerT_co],
    Generic[_SerializerT_co, _RequestT, _ResponseT],
):
    """Log a user in, with cookies for session and CSRF token."""

    @modify(status_code=HTTPStatus.OK, cookies=_COOKIES, headers=NO_STORE)
    @sensitive_variables()
    async def post(self, parsed_body: Body[_RequestT]) -> _ResponseT:
        """Log in."""
        return await self.login(parsed_body)

    @sensitive_variables()
    async def login(self, parsed_body: _RequestT) -> _ResponseT:
        """Log in whoever has these credentials.

        Raises:
            NotAuthenticatedError: nobody has.
        """
        forget_odd_session(self.request)
        user = await check_credentials_async(
            self.request,
            await self.convert_auth_payload(parsed_body),
        )
        if user is None:
            raise NotAuthenticatedError
        await alogin(self.request, user)
        return await self.make_api_response()

    @abc.abstractmethod
    async def convert_auth_payload(
        self,
        payload: _RequestT,
    ) -> DjangoSessionPayload:
        """Return what Django's ``authenticate`` takes."""

    @abc.abstractmethod
    async def make_api_response(self) -> _ResponseT:
        """Return the answer, ``request.user`` is logged in."""


class DjangoSessionLogoutSyncController(CredentialsController[_SerializerT_co]):
    """Log the user of a session out."""

    auth: ClassVar[Any] = [DjangoSessionSyncAuth()]

    @modify(status_code=HTTPStatus.NO_CONTENT)
    def post(self) -> None:
        """Log out."""
        logout(self.request)


class DjangoSessionLogoutAsyncController(
    CredentialsController[_SerializerT_co],
):
    """Log the user of a session out."""

    auth: ClassVar[Any] = [DjangoSessionAsyncAuth()]

    @modify(status_code=HTTPStatus.NO_CONTENT)
    async def post(self) -> None:
        """Log out."""
        await alogout(self.request)
