"""Authenticate with the session that a browser has with this site."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from typing_extensions import override

from dmr.security.base import AsyncAuth, SyncAuth
from dmr.security.challenges import challenge
from dmr.security.cookies import CookieAuth
from dmr.security.users import (
    request_user,
    request_user_async,
    set_request_user,
)

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer


class _DjangoSession(CookieAuth):
    """What both auths share: they describe two cookies."""

    __slots__ = ('csrf_scheme_name', 'security_scheme_name')

    def __init__(
        self,
        security_scheme_name: str = 'django_session',
        csrf_scheme_name: str = 'csrf',
    ) -> None:
        """Take the names that descriptions use for the two cookies."""
        self.security_scheme_name = security_scheme_name
        self.csrf_scheme_name = csrf_scheme_name

    @property
    @override
    def trusted_cookie(self) -> str:
        """Return the name of the cookie, a setting of Django."""
        name: str = settings.SESSION_COOKIE_NAME
        return name

    @property
    @override
    def www_authenticate_challenge(self) -> str:
        """Return what 401 responses say about it."""
        return challenge('Session', cookie=self.trusted_cookie)


class DjangoSessionSyncAuth(_DjangoSession, SyncAuth):
    """Authenticate sync endpoints with the session of Django."""

    __slots__ = ()

    @override
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Vouch for the user of the session, if there is one.

        Raises:
            APIError: the request may come from another site (403).
        """
        if request_user(controller.request) is None:
            return None
        self.check_origin(controller)
        return self.authenticate(endpoint, controller)

    def authenticate(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Return itself, ``None`` lets the next auth try.

        Override it to ask more of ``request.user``, who is active.
        """
        return self


class DjangoSessionAsyncAuth(_DjangoSession, AsyncAuth):
    """Authenticate async endpoints with the session of Django."""

    __slots__ = ()

    @override
    async def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Vouch for the user of the session, if there is one.

        ``request.user`` is then a user that needs no more look-ups.

        Raises:
            APIError: the request may come from another site (403).
        """
        user = await request_user_async(controller.request)
        if user is None:
            return None
        self.check_origin(controller)
        set_request_user(controller.request, user)
        return await self.authenticate(endpoint, controller)

    async def authenticate(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Return itself, ``None`` lets the next auth try.

        Override it to ask more of ``request.user``, who is active.
        """
        return self
