"""Keep the state of throttles in Redis, with one script call per request.

Needs ``pip install 'dmr-core[redis]'``.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Final, Self
from weakref import WeakKeyDictionary

from asgiref.sync import AsyncToSync
from typing_extensions import override

from dmr.throttling.algorithms import (
    BaseThrottleAlgorithm,
    CachedRateLimit,
    current_second,
)
from dmr.throttling.backends.base import (
    BackendUnavailableError,
    BaseThrottleAsyncBackend,
    BaseThrottleSyncBackend,
    OnFailure,
)

try:
    import redis
    import redis.asyncio
    import redis.asyncio.retry
    from redis.backoff import NoBackoff
    from redis.exceptions import NoScriptError
    from redis.retry import Retry
except ImportError as exc:
    raise ImportError(
        'dmr.throttling.backends.redis needs the Python client of Redis. '
        "Run `pip install 'dmr-core[redis]'`.",
    ) from exc

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer
    from dmr.throttling.base import BaseThrottle

#: Connections per event loop. Waiting for one takes a millisecond, making one
#: takes several, and a burst of requests would make them all at once.
_MAX_CONNECTIONS: Final = 8

#: What a server that is away, slow, full or read-only looks like.
_FAILURES = (redis.RedisError, OSError)


@dataclass(frozen=True, slots=True, eq=False)
class SyncRedis(BaseThrottleSyncBackend):
    """Keep the state in Redis, for sync throttles.

    Connections are made like those of *client*, but wait no longer than
    *timeout_seconds* for anything, connecting included. Other clients than
    ``redis.Redis`` itself, such as clusters, are used as they are: give them
    short timeouts. *failure* tells what happens to requests while the server
    is away.
    """

    needs_transaction_script: ClassVar[str | None] = 'lua'

    client: Any
    timeout_seconds: float = 0.15
    failure: OnFailure = 'fail_closed'
    _impatient: Any = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Prepare connections, none is made yet."""
        impatient = _impatient_sync(self.client, self.timeout_seconds)
        # Frozen is a promise to readers: the object is not complete before.
        object.__setattr__(self, '_impatient', impatient)

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Return itself, connections cannot be copied."""
        return self

    @property
    @override
    def on_failure(self) -> OnFailure:
        """Tell what happens to requests while the server is away."""
        return self.failure

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
            BackendUnavailableError: the server is away.
        """
        reply = self._run(throttle, cache_key, algorithm, view_only=False)
        return _accept(endpoint, controller, throttle, algorithm, reply)

    @override
    def get(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        *,
        cache_key: str,
    ) -> CachedRateLimit | None:
        """Return the state, empty if there is none.

        Raises:
            BackendUnavailableError: the server is away.
        """
        reply = self._run(
            throttle,
            cache_key,
            throttle.algorithm,
            view_only=True,
        )
        return _state(reply)

    def _run(
        self,
        throttle: 'BaseThrottle',
        cache_key: str,
        algorithm: BaseThrottleAlgorithm,
        *,
        view_only: bool,
    ) -> Sequence[int]:
        script = _script(algorithm)
        arguments = _arguments(throttle, cache_key, view_only=view_only)
        client = self._impatient
        try:
            try:
                reply = client.evalsha(_sha(script), *arguments)
            except NoScriptError:
                reply = client.eval(script, *arguments)
        except _FAILURES as exc:
            raise BackendUnavailableError(_described(exc)) from exc
        return _integers(reply)


@dataclass(frozen=True, slots=True, eq=False)
class AsyncRedis(BaseThrottleAsyncBackend):
    """Keep the state in Redis, for async throttles.

    Connections are made like those of *client*. Each event loop has its own;
    loops that live for one request only, as async endpoints have them under
    WSGI, close theirs at once. No answer takes longer than *timeout_seconds*.
    *failure* tells what happens to requests while the server is away.
    """

    needs_transaction_script: ClassVar[str | None] = 'lua'

    client: Any
    timeout_seconds: float = 0.15
    failure: OnFailure = 'fail_closed'
    _by_loop: 'WeakKeyDictionary[asyncio.AbstractEventLoop, Any]' = field(
        init=False,
        repr=False,
        default_factory=WeakKeyDictionary['asyncio.AbstractEventLoop', Any],
    )

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        """Return itself, connections cannot be copied."""
        return self

    @property
    @override
    def on_failure(self) -> OnFailure:
        """Tell what happens to requests while the server is away."""
        return self.failure

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
            BackendUnavailableError: the server is away.
        """
        reply = await self._run(throttle, cache_key, algorithm, view_only=False)
        return _accept(endpoint, controller, throttle, algorithm, reply)

    @override
    async def get(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        *,
        cache_key: str,
    ) -> CachedRateLimit | None:
        """Return the state, empty if there is none.

        Raises:
            BackendUnavailableError: the server is away.
        """
        reply = await self._run(
            throttle,
            cache_key,
            throttle.algorithm,
            view_only=True,
        )
        return _state(reply)

    async def aclose(self) -> None:
        """Close the connections of the running loop, when it is to end."""
        client = self._by_loop.pop(asyncio.get_running_loop(), None)
        if client is not None and client is not self.client:
            await client.aclose()

    async def _run(
        self,
        throttle: 'BaseThrottle',
        cache_key: str,
        algorithm: BaseThrottleAlgorithm,
        *,
        view_only: bool,
    ) -> Sequence[int]:
        script = _script(algorithm)
        arguments = _arguments(throttle, cache_key, view_only=view_only)
        try:
            async with asyncio.timeout(self.timeout_seconds):
                reply = await self._evaluate(script, arguments)
        except _FAILURES as exc:
            raise BackendUnavailableError(_described(exc)) from exc
        return _integers(reply)

    async def _evaluate(self, script: str, arguments: Sequence[Any]) -> Any:
        loop = asyncio.get_running_loop()
        if loop not in AsyncToSync.loop_thread_executors:
            return await _evaluate(self._client(loop), script, arguments)
        client = _impatient_async(self.client, self.timeout_seconds)
        if client is self.client:
            return await _evaluate(client, script, arguments)
        async with client:
            return await _evaluate(client, script, arguments)

    def _client(self, loop: asyncio.AbstractEventLoop) -> Any:
        client = self._by_loop.get(loop)
        if client is None:
            client = _impatient_async(self.client, self.timeout_seconds)
            self._by_loop[loop] = client
        return client


async def _evaluate(client: Any, script: str, arguments: Sequence[Any]) -> Any:
    try:
        return await client.evalsha(_sha(script), *arguments)
    except NoScriptError:
        # A server that was restarted or flushed has forgotten it.
        return await client.eval(script, *arguments)


def _impatient_sync(client: Any, timeout_seconds: float) -> Any:
    """Return a client like *client* that gives up in time."""
    if type(client) is not redis.Redis:
        return client
    pool = redis.ConnectionPool(
        connection_class=client.connection_pool.connection_class,
        max_connections=client.connection_pool.max_connections,
        **_impatience(
            client.connection_pool.connection_kwargs,
            timeout_seconds,
            Retry(NoBackoff(), 1, (redis.ConnectionError,)),
        ),
    )
    return redis.Redis.from_pool(pool)


def _impatient_async(client: Any, timeout_seconds: float) -> Any:
    """Return a client like *client*, with connections of its own."""
    if type(client) is not redis.asyncio.Redis:
        return client
    pool: Any = redis.asyncio.BlockingConnectionPool(
        connection_class=client.connection_pool.connection_class,
        max_connections=min(
            client.connection_pool.max_connections,
            _MAX_CONNECTIONS,
        ),
        timeout=timeout_seconds,
        **_impatience(
            client.connection_pool.connection_kwargs,
            timeout_seconds,
            redis.asyncio.retry.Retry(
                NoBackoff(),
                1,
                (redis.ConnectionError,),
            ),
        ),
    )
    return redis.asyncio.Redis.from_pool(pool)


def _impatience(
    connection: dict[str, Any],
    timeout_seconds: float,
    retry: Any,
) -> dict[str, Any]:
    """Return how to connect: as *connection* says, but without patience.

    One more try helps when a connection was closed while nobody used it; it
    costs no time, unlike after a timeout.
    """
    return {
        **connection,
        'socket_connect_timeout': timeout_seconds / 2,
        'socket_timeout': timeout_seconds / 2,
        'retry': retry,
        'retry_on_error': [],
        'retry_on_timeout': False,
    }


def _script(algorithm: BaseThrottleAlgorithm) -> str:
    script = algorithm.transaction_script('lua')
    assert script is not None  # checked when the throttle was made
    return script


@cache
def _sha(script: str) -> str:
    return hashlib.sha1(script.encode(), usedforsecurity=False).hexdigest()


def _arguments(
    throttle: 'BaseThrottle',
    cache_key: str,
    *,
    view_only: bool,
) -> Sequence[Any]:
    return (
        1,
        cache_key,
        int(throttle.max_requests),
        int(throttle.duration_in_seconds),
        int(view_only),
    )


def _integers(reply: Any) -> Sequence[int]:
    return tuple(int(number) for number in reply)


def _state(reply: Sequence[int]) -> CachedRateLimit:
    _allowed, amount, seconds = reply
    # The server counts seconds from now: its clock may differ from ours.
    return {'time': current_second() + seconds, 'history': [amount]}


def _accept(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
    throttle: 'BaseThrottle',
    algorithm: BaseThrottleAlgorithm,
    reply: Sequence[int],
) -> CachedRateLimit:
    state = _state(reply)
    if not reply[0]:
        raise algorithm.refusal(endpoint, controller, throttle, state)
    return state


def _described(exc: BaseException) -> str:
    return f'{type(exc).__name__}: {exc}'
