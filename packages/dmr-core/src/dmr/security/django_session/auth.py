"""Authenticate with the session that a browser has with this site.

Other sites can make a browser send its cookies, so whoever is authenticated
by a session has to pass Django's CSRF check.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from typing_extensions import override

from dmr.metadata import EndpointMetadata, ResponseSpec
from dmr.security.base import AsyncAuth, SyncAuth
from dmr.security.challenges import challenge
from dmr.security.csrf import check_csrf, csrf_response_specs, csrf_schemes
from dmr.security.users import (
    request_user,
    request_user_async,
    set_request_user,
)

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer


class _DjangoSession:
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
    def security_schemes(self) -> Mapping[str, Any]:
        """Describe both cookies, as the settings of Django call them."""
        return {
            self.security_scheme_name: {
                'type': 'apiKey',
                'in': 'cookie',
                'name': settings.SESSION_COOKIE_NAME,
            },
            **csrf_schemes(self.csrf_scheme_name),
        }

    @property
    def security_requirement(self) -> Mapping[str, list[str]]:
        """Return the names of both schemes, they are needed together."""
        return {name: [] for name in self.security_schemes}

    @property
    def www_authenticate_challenge(self) -> str:
        """Return what 401 responses say about it."""
        return challenge('Session', cookie=settings.SESSION_COOKIE_NAME)


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
        check_csrf(controller)
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

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe a missing user (401) and a failed CSRF check (403)."""
        return [
            *super().provide_response_specs(
                metadata,
                controller_cls,
                existing_responses,
            ),
            *csrf_response_specs(controller_cls, existing_responses),
        ]


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
        check_csrf(controller)
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

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe a missing user (401) and a failed CSRF check (403)."""
        return [
            *super().provide_response_specs(
                metadata,
                controller_cls,
                existing_responses,
            ),
            *csrf_response_specs(controller_cls, existing_responses),
        ]
