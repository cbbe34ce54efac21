"""Count requests of throttles in a dictionary, for one test.

Nothing is left for the next test, and no cache and no server is needed.
"""

import threading
from typing import TYPE_CHECKING

from typing_extensions import override

from dmr.throttling.algorithms import BaseThrottleAlgorithm, CachedRateLimit
from dmr.throttling.backends.base import (
    BaseThrottleAsyncBackend,
    BaseThrottleSyncBackend,
)

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer
    from dmr.throttling.base import BaseThrottle


class _Counters:
    __slots__ = ('_lock', '_states')

    def __init__(self) -> None:
        self._states: dict[str, CachedRateLimit] = {}
        self._lock = threading.Lock()

    def _count(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        cache_key: str,
        algorithm: BaseThrottleAlgorithm,
    ) -> CachedRateLimit:
        with self._lock:
            state = algorithm.access(
                endpoint,
                controller,
                throttle,
                self._states.get(cache_key),
            )
            self._states[cache_key] = state
            return state


class SyncCounters(_Counters, BaseThrottleSyncBackend):
    """Counters of sync throttles."""

    __slots__ = ()

    @override
    def incr(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        *,
        cache_key: str,
        algorithm: BaseThrottleAlgorithm,
    ) -> CachedRateLimit:
        """Count a request and return the new state.

        Raises:
            TooManyRequestsError: the request must not pass.
        """
        return self._count(
            endpoint,
            controller,
            throttle,
            cache_key,
            algorithm,
        )

    @override
    def get(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        *,
        cache_key: str,
    ) -> CachedRateLimit | None:
        """Return the state, ``None`` if there is none."""
        return self._states.get(cache_key)


class AsyncCounters(_Counters, BaseThrottleAsyncBackend):
    """Counters of async throttles."""

    __slots__ = ()

    @override
    async def incr(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        *,
        cache_key: str,
        algorithm: BaseThrottleAlgorithm,
    ) -> CachedRateLimit:
        """Count a request and return the new state.

        Raises:
            TooManyRequestsError: the request must not pass.
        """
        return self._count(
            endpoint,
            controller,
            throttle,
            cache_key,
            algorithm,
        )

    @override
    async def get(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        *,
        cache_key: str,
    ) -> CachedRateLimit | None:
        """Return the state, ``None`` if there is none."""
        return self._states.get(cache_key)
