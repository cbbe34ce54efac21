"""Keys that programs send in a header, for subclasses that know the keys."""

import abc
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from typing_extensions import override

from dmr.security.base import AsyncAuth, SyncAuth
from dmr.security.challenges import challenge
from dmr.security.secrets import hide_coroutines

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer


class _ApiKey:
    """What both auths share: they read a header and describe themselves."""

    __slots__ = ('header_name', 'security_scheme_name')

    def __init__(
        self,
        *,
        header_name: str = 'X-API-Key',
        security_scheme_name: str = 'api_key',
    ) -> None:
        """Read the key from the header *header_name*."""
        self.header_name = header_name
        self.security_scheme_name = security_scheme_name

    @property
    def security_schemes(self) -> Mapping[str, Any]:
        """Describe where the key is expected."""
        return {
            self.security_scheme_name: {
                'type': 'apiKey',
                'in': 'header',
                'name': self.header_name,
            },
        }

    @property
    def security_requirement(self) -> Mapping[str, list[str]]:
        """Return the name of the scheme, there are no scopes."""
        return {self.security_scheme_name: []}

    @property
    def www_authenticate_challenge(self) -> str:
        """Return what 401 responses say about it."""
        return challenge('ApiKey', header=self.header_name)

    @sensitive_variables()
    def api_key(self, request: HttpRequest) -> str | None:
        """Return the key of *request*, ``None`` if there is none."""
        return request.headers.get(self.header_name) or None


class ApiKeySyncAuth(_ApiKey, SyncAuth):
    """Authentication by key for sync endpoints, override `authenticate`."""

    __slots__ = ()

    @override
    @sensitive_variables()
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Hand the key to `authenticate`, if there is one."""
        api_key = self.api_key(controller.request)
        if api_key is None:
            return None
        return self.authenticate(endpoint, controller, api_key)

    @abc.abstractmethod
    def authenticate(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        api_key: str,
    ) -> Self | None:
        """Return itself if *api_key* is valid, else ``None``.

        Compare keys with `hmac.compare_digest`.
        """


class ApiKeyAsyncAuth(_ApiKey, AsyncAuth):
    """Authentication by key for async endpoints, override `authenticate`."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        """Keep secrets out of reports about errors in the subclass."""
        super().__init_subclass__()
        hide_coroutines(cls)

    @override
    @sensitive_variables()
    async def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Hand the key to `authenticate`, if there is one."""
        api_key = self.api_key(controller.request)
        if api_key is None:
            return None
        return await self.authenticate(endpoint, controller, api_key)

    @abc.abstractmethod
    async def authenticate(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        api_key: str,
    ) -> Self | None:
        """Return itself if *api_key* is valid, else ``None``.

        Compare keys with `hmac.compare_digest`.
        """
