"""Throttles, one for sync and one for async endpoints."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from dmr.throttling.backends.base import (
    BackendUnavailableError,
    BaseThrottleAsyncBackend,
    BaseThrottleSyncBackend,
    report_failure,
)
from dmr.throttling.backends.django_cache import (
    AsyncDjangoCache,
    SyncDjangoCache,
)
from dmr.throttling.base import BaseThrottle

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer


class SyncThrottle(BaseThrottle):
    """Let *max_requests* of a client pass per *duration_in_seconds*.

    For sync endpoints.
    """

    __slots__ = ()

    default_backend = SyncDjangoCache
    backend: BaseThrottleSyncBackend

    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> None:
        """Count a request, if its client is to be counted.

        Raises:
            TooManyRequestsError: the client has asked too often.
            APIError: the backend is away, and requests must be counted (503).
        """
        cache_key = self.cache_key(endpoint, controller)
        if cache_key is not None:
            self.check(endpoint, controller, cache_key)

    def check(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        cache_key: str,
    ) -> None:
        """Count a request of the client *cache_key*.

        Raises:
            TooManyRequestsError: the client has asked too often.
            APIError: the backend is away, and requests must be counted (503).
        """
        try:
            self.backend.incr(
                endpoint,
                controller,
                self,
                cache_key=self.full_cache_key(endpoint, controller, cache_key),
                algorithm=self.algorithm,
            )
        except BackendUnavailableError as exc:
            self.handle_failure(controller, exc)

    def report_usage(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Mapping[str, str]:
        """Return headers about what is left, without counting.

        Nothing is known of clients that are not counted, and while the
        backend is away.
        """
        cache_key = self.cache_key(endpoint, controller)
        if cache_key is None:
            return {}
        try:
            found = self.backend.get(
                endpoint,
                controller,
                self,
                cache_key=self.full_cache_key(endpoint, controller, cache_key),
            )
        except BackendUnavailableError as exc:
            report_failure(self.backend, exc)
            return {}
        return self.algorithm.report_usage(endpoint, controller, self, found)


class AsyncThrottle(BaseThrottle):
    """Let *max_requests* of a client pass per *duration_in_seconds*.

    For async endpoints.
    """

    __slots__ = ()

    default_backend = AsyncDjangoCache
    backend: BaseThrottleAsyncBackend

    async def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> None:
        """Count a request, if its client is to be counted.

        Raises:
            TooManyRequestsError: the client has asked too often.
            APIError: the backend is away, and requests must be counted (503).
        """
        cache_key = await self.cache_key.key_async(endpoint, controller)
        if cache_key is not None:
            await self.check(endpoint, controller, cache_key)

    async def check(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        cache_key: str,
    ) -> None:
        """Count a request of the client *cache_key*.

        Raises:
            TooManyRequestsError: the client has asked too often.
            APIError: the backend is away, and requests must be counted (503).
        """
        try:
            await self.backend.incr(
                endpoint,
                controller,
                self,
                cache_key=self.full_cache_key(endpoint, controller, cache_key),
                algorithm=self.algorithm,
            )
        except BackendUnavailableError as exc:
            self.handle_failure(controller, exc)

    async def report_usage(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Mapping[str, str]:
        """Return headers about what is left, without counting.

        Nothing is known of clients that are not counted, and while the
        backend is away.
        """
        cache_key = await self.cache_key.key_async(endpoint, controller)
        if cache_key is None:
            return {}
        try:
            found = await self.backend.get(
                endpoint,
                controller,
                self,
                cache_key=self.full_cache_key(endpoint, controller, cache_key),
            )
        except BackendUnavailableError as exc:
            report_failure(self.backend, exc)
            return {}
        return self.algorithm.report_usage(endpoint, controller, self, found)


@final
@dataclass(frozen=True, slots=True)
class SyncOrAsyncThrottle:
    """One throttle for endpoints of both kinds, for the ``throttling`` setting.

    Each endpoint gets the twin that it can call.
    """

    sync_throttle: SyncThrottle
    async_throttle: AsyncThrottle

    def resolve(self, *, is_async: bool) -> SyncThrottle | AsyncThrottle:
        """Return the twin for an endpoint."""
        return self.async_throttle if is_async else self.sync_throttle
