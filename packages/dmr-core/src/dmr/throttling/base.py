"""Base classes of throttles, one for sync and one for async endpoints."""

import abc
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

from typing_extensions import override

from dmr.metadata import EndpointMetadata, ResponseSpec, ResponseSpecProvider

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer


class _BaseThrottle(ResponseSpecProvider):
    __slots__ = ()

    @property
    @abc.abstractmethod
    def runs_before_auth(self) -> bool:
        """Tell whether it counts requests before their user is known."""

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe that a rate limit was hit (429)."""
        return self.new_response(
            HTTPStatus.TOO_MANY_REQUESTS,
            'Raised when throttling rate was hit',
            controller_cls,
            existing_responses,
        )


class SyncThrottle(_BaseThrottle):
    """Base class of throttles for sync endpoints."""

    __slots__ = ()

    @abc.abstractmethod
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> None:
        """Count a request.

        Raises:
            TooManyRequestsError: the client has asked too often.
        """


class AsyncThrottle(_BaseThrottle):
    """Base class of throttles for async endpoints."""

    __slots__ = ()

    @abc.abstractmethod
    async def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> None:
        """Count a request.

        Raises:
            TooManyRequestsError: the client has asked too often.
        """
