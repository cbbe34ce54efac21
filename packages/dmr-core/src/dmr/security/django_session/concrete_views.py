"""Log in and out with Django's sessions, ready to be put into URLs.

The body is a user name and a password, the answer has the id of the user.
"""

from typing import TypeVar

from typing_extensions import override

from dmr.security.django_session.views import (
    DjangoSessionAsyncController,
    DjangoSessionLogoutAsyncController,
    DjangoSessionLogoutSyncController,
    DjangoSessionPayload,
    DjangoSessionResponse,
    DjangoSessionSyncController,
)
from dmr.security.views import ReadyMadeController
from dmr.serializer import BaseSerializer

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)


class DjangoSessionSyncView(
    ReadyMadeController[_SerializerT_co],
    DjangoSessionSyncController[
        _SerializerT_co,
        DjangoSessionPayload,
        DjangoSessionResponse,
    ],
):
    """Log a user in, with cookies for session and CSRF token."""

    @override
    def convert_auth_payload(
        self,
        payload: DjangoSessionPayload,
    ) -> DjangoSessionPayload:
        """Return the body, which is what Django takes."""
        return payload

    @override
    def make_api_response(self) -> DjangoSessionResponse:
        """Return the id of the user."""
        return {'user_id': str(self.request.user.pk)}


class DjangoSessionAsyncView(
    ReadyMadeController[_SerializerT_co],
    DjangoSessionAsyncController[
        _SerializerT_co,
        DjangoSessionPayload,
        DjangoSessionResponse,
    ],
):
    """Log a user in, with cookies for session and CSRF token."""

    @override
    async def convert_auth_payload(
        self,
        payload: DjangoSessionPayload,
    ) -> DjangoSessionPayload:
        """Return the body, which is what Django takes."""
        return payload

    @override
    async def make_api_response(self) -> DjangoSessionResponse:
        """Return the id of the user."""
        user = await self.request.auser()
        return {'user_id': str(user.pk)}


class DjangoSessionLogoutSyncView(
    ReadyMadeController[_SerializerT_co],
    DjangoSessionLogoutSyncController[_SerializerT_co],
):
    """Log the user of a session out."""


class DjangoSessionLogoutAsyncView(
    ReadyMadeController[_SerializerT_co],
    DjangoSessionLogoutAsyncController[_SerializerT_co],
):
    """Log the user of a session out."""
