"""Keep the state of throttles in one of Django's caches."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from asgiref.sync import sync_to_async
from django.core.cache import BaseCache, caches
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache
from typing_extensions import override

from dmr.exceptions import TooManyRequestsError
from dmr.internal.warned import (
    UnsafeCacheBackendWarning as UnsafeCacheBackendWarning,
)
from dmr.throttling.algorithms import (
    BaseThrottleAlgorithm,
    CachedRateLimit,
    SimpleRate,
)
from dmr.throttling.backends.atomic import (
    can_increment,
    count_in_window,
    find_state,
    find_window,
    swap_state,
)
from dmr.throttling.backends.base import (
    BackendUnavailableError,
    BaseThrottleAsyncBackend,
    BaseThrottleSyncBackend,
    OnFailure,
)

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer
    from dmr.throttling.base import BaseThrottle

_FoundT = TypeVar('_FoundT')


@dataclass(frozen=True, slots=True)
class _DjangoCache:
    """What the two backends share: names of a cache, and operations on it."""

    cache_name: str = 'default'
    failure: OnFailure = 'fail_closed'

    @property
    def on_failure(self) -> OnFailure:
        """Tell what happens to requests while the cache is away."""
        return self.failure

    def unsafe_reason(self) -> str | None:
        """Return why the cache cannot count all requests."""
        cache = caches[self.cache_name]
        if not isinstance(cache, (LocMemCache, DummyCache, FileBasedCache)):
            return None
        return (
            f'throttling with the cache {self.cache_name!r}, a '
            f'{type(cache).__name__}, is not safe for production: it does not '
            'count the requests of all processes exactly. Use a shared cache '
            'or Redis, or allow it with `throttling_allow_unsafe_cache=None`.'
        )


class SyncDjangoCache(_DjangoCache, BaseThrottleSyncBackend):
    """Keep the state in the cache *cache_name*, for sync throttles.

    *failure* tells what happens to requests while the cache is away.
    """

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
        """Count a request and return the new state, atomically.

        Raises:
            TooManyRequestsError: the request must not pass.
            BackendUnavailableError: the cache is away.
        """

        def access(state: CachedRateLimit | None) -> CachedRateLimit:
            return algorithm.access(endpoint, controller, throttle, state)

        return _count(self.cache_name, throttle, cache_key, access, algorithm)

    @override
    def get(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        *,
        cache_key: str,
    ) -> CachedRateLimit | None:
        """Return the state, ``None`` if there is none.

        Raises:
            BackendUnavailableError: the cache is away.
        """
        return _find(self.cache_name, cache_key, throttle.algorithm)


class AsyncDjangoCache(_DjangoCache, BaseThrottleAsyncBackend):
    """Keep the state in the cache *cache_name*, for async throttles.

    Django's caches are sync and only their sync operations are atomic, so
    they run in a thread. *failure* tells what happens to requests while the
    cache is away.
    """

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
        """Count a request and return the new state, atomically.

        Raises:
            TooManyRequestsError: the request must not pass.
            BackendUnavailableError: the cache is away.
        """

        def access(state: CachedRateLimit | None) -> CachedRateLimit:
            return algorithm.access(endpoint, controller, throttle, state)

        return await sync_to_async(_count)(
            self.cache_name,
            throttle,
            cache_key,
            access,
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
        """Return the state, ``None`` if there is none.

        Raises:
            BackendUnavailableError: the cache is away.
        """
        return await sync_to_async(_find)(
            self.cache_name,
            cache_key,
            throttle.algorithm,
        )


def _count(
    cache_name: str,
    throttle: 'BaseThrottle',
    cache_key: str,
    access: Callable[[CachedRateLimit | None], CachedRateLimit],
    algorithm: BaseThrottleAlgorithm,
) -> CachedRateLimit:
    cache = caches[cache_name]
    seconds = int(throttle.duration_in_seconds)
    if _counts_windows(cache, algorithm):
        before = _or_unavailable(
            lambda: count_in_window(cache, cache_key, seconds),
        )
        return access(before)
    return _or_unavailable(
        lambda: swap_state(cache, cache_key, access, seconds),
    )


def _find(
    cache_name: str,
    cache_key: str,
    algorithm: BaseThrottleAlgorithm,
) -> CachedRateLimit | None:
    cache = caches[cache_name]
    find = find_window if _counts_windows(cache, algorithm) else find_state
    return _or_unavailable(lambda: find(cache, cache_key))


def _counts_windows(
    cache: BaseCache,
    algorithm: BaseThrottleAlgorithm,
) -> bool:
    """Tell whether one atomic increment per request is enough."""
    # A subclass may keep something else in the same shape.
    return type(algorithm) is SimpleRate and can_increment(cache)


def _or_unavailable(operation: Callable[[], _FoundT]) -> _FoundT:
    """Return what *operation* on a cache returns.

    Raises:
        BackendUnavailableError: each kind of cache has its own errors.
    """
    try:
        return operation()
    except (TooManyRequestsError, BackendUnavailableError):
        raise
    except Exception as exc:
        raise BackendUnavailableError(f'{type(exc).__name__}: {exc}') from exc
