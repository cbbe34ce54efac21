"""Base classes of authentication, one for sync and one for async endpoints."""

import abc
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar, final

from django.http import HttpRequest
from typing_extensions import override

from dmr.metadata import EndpointMetadata, ResponseSpec, ResponseSpecProvider
from dmr.security.challenges import challenge, unauthorized_headers

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

_UserT = TypeVar('_UserT')


class AuthenticatedHttpRequest(HttpRequest, Generic[_UserT]):
    """A request whose user is known, for annotations of controllers."""

    user: _UserT  # type: ignore[assignment]  # narrower than Django's union


class BaseAuth(ResponseSpecProvider):
    """What sync and async auths share: how they are described."""

    __slots__ = ()

    @property
    @abc.abstractmethod
    def security_schemes(self) -> Mapping[str, Any]:
        """Return name → security scheme, for descriptions.

        A scheme is a dictionary in the words of OpenAPI, or an object of the
        description writer in use.
        """

    @property
    @abc.abstractmethod
    def security_requirement(self) -> Mapping[str, list[str]]:
        """Return name of a scheme → scopes that are needed."""

    @property
    def www_authenticate_challenge(self) -> str:
        """Return what 401 responses say in ``WWW-Authenticate`` about it.

        Made from the names of the schemes, unless a subclass knows better.
        """
        names = '+'.join(sorted(self.security_requirement)) or 'Credentials'
        return challenge(names)

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe that nobody vouched for the user (401)."""
        if HTTPStatus.UNAUTHORIZED in existing_responses:
            return []
        return [
            ResponseSpec(
                controller_cls.error_model,
                status_code=HTTPStatus.UNAUTHORIZED,
                headers=unauthorized_headers(),
                description='Raised when auth was not successful',
            ),
        ]


class SyncAuth(BaseAuth):
    """Base class of authentication for sync endpoints.

    Instances are shared by all requests, keep no state in them.
    """

    __slots__ = ()

    @abc.abstractmethod
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Vouch for the user by returning anything but ``None``.

        ``None`` lets the next auth try.

        Raises:
            NotAuthenticatedError: stop here, nobody else is asked.
            APIError: the same, with a status and a body of your own.
        """


class AsyncAuth(BaseAuth):
    """Base class of authentication for async endpoints.

    Instances are shared by all requests, keep no state in them.
    """

    __slots__ = ()

    @abc.abstractmethod
    async def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Vouch for the user by returning anything but ``None``.

        ``None`` lets the next auth try.

        Raises:
            NotAuthenticatedError: stop here, nobody else is asked.
            APIError: the same, with a status and a body of your own.
        """


@final
@dataclass(frozen=True, slots=True)
class SyncOrAsyncAuth:
    """One auth for endpoints of both kinds, for the ``auth`` setting.

    Each endpoint gets the twin that it can call.
    """

    sync_auth: SyncAuth
    async_auth: AsyncAuth

    def resolve(self, *, is_async: bool) -> SyncAuth | AsyncAuth:
        """Return the twin for an endpoint."""
        return self.async_auth if is_async else self.sync_auth
