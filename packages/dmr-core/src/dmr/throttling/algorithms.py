"""Decide from what was counted whether one more request may pass.

Algorithms are pure: a backend gives them the state before a request and keeps
the state that they return. All times are whole seconds since the epoch.
"""

import abc
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, TypedDict

from typing_extensions import override

from dmr.exceptions import TooManyRequestsError

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer
    from dmr.throttling.base import BaseThrottle


class CachedRateLimit(TypedDict):
    """What a backend keeps for one client of one throttle.

    The algorithm says what *time* and the numbers of *history* mean.
    """

    time: int
    history: list[int]


class Usage(NamedTuple):
    """How many requests remain, and in how many seconds that changes."""

    remaining: int
    reset: int


class BaseThrottleAlgorithm:
    """Base class of algorithms. Instances are shared and have no state."""

    __slots__ = ()

    @abc.abstractmethod
    def access(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        cache_object: CachedRateLimit | None,
    ) -> CachedRateLimit:
        """Return the state after one more request.

        *cache_object* is the state before it, ``None`` for the first one.

        Raises:
            TooManyRequestsError: it must not pass, the state stays.
        """

    @abc.abstractmethod
    def usage(
        self,
        throttle: 'BaseThrottle',
        cache_object: CachedRateLimit | None,
    ) -> Usage:
        """Return what is left in a state, without counting anything."""

    def report_usage(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        cache_object: CachedRateLimit | None,
    ) -> Mapping[str, str]:
        """Return the headers that tell a client what is left."""
        remaining, reset = self.usage(throttle, cache_object)
        return throttle.collect_response_headers(
            endpoint,
            controller,
            remaining,
            reset,
        )

    def refusal(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        cache_object: CachedRateLimit,
    ) -> TooManyRequestsError:
        """Return the error for a client that has asked too often."""
        remaining, reset = self.usage(throttle, cache_object)
        return TooManyRequestsError(
            headers=throttle.collect_response_headers(
                endpoint,
                controller,
                remaining,
                # Whoever is refused has to wait.
                max(reset, 1),
                report_all=True,
            ),
        )

    def transaction_script(self, script_format: str) -> str | None:
        """Return the same algorithm as a script that a backend can run.

        ``'lua'`` asks for a script with the key of a state in ``KEYS[1]`` and
        ``ARGV``: requests, seconds, and 1 to look without counting. It replies
        with three integers: 1 if the request may pass else 0, the one number
        of ``history``, and ``time`` in seconds from now.
        """
        return None


@dataclass(frozen=True, slots=True)
class SimpleRate(BaseThrottleAlgorithm):
    """Count requests in a window that opens with the first one.

    ``time`` is the end of the window, ``history`` has the count.
    """

    @override
    def access(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        cache_object: CachedRateLimit | None,
    ) -> CachedRateLimit:
        """Count one request, unless the window is full."""
        now = current_second()
        if cache_object is None or cache_object['time'] <= now:
            window_end = now + throttle.duration_in_seconds
            return {'time': window_end, 'history': [1]}
        count = cache_object['history'][0]
        if count >= throttle.max_requests:
            raise self.refusal(endpoint, controller, throttle, cache_object)
        return {'time': cache_object['time'], 'history': [count + 1]}

    @override
    def usage(
        self,
        throttle: 'BaseThrottle',
        cache_object: CachedRateLimit | None,
    ) -> Usage:
        """Return what is left in the window, all if it is over."""
        now = current_second()
        if cache_object is None or cache_object['time'] <= now:
            return Usage(throttle.max_requests, 0)
        remaining = throttle.max_requests - cache_object['history'][0]
        # A clock that was put back must not make anybody wait for longer.
        reset = min(cache_object['time'] - now, throttle.duration_in_seconds)
        return Usage(max(remaining, 0), reset)

    @override
    def transaction_script(self, script_format: str) -> str | None:
        """Return the script, for Lua."""
        return _SIMPLE_RATE_LUA if script_format == 'lua' else None


@dataclass(frozen=True, slots=True)
class LeakyBucket(BaseThrottleAlgorithm):
    """Let requests pass evenly, with bursts as long as the bucket has room.

    The bucket holds ``max * duration`` units; a request fills in ``duration``
    of them, each second drains ``max``. So all numbers are integers. ``time``
    is the last update, ``history`` has the level then.
    """

    @override
    def access(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        throttle: 'BaseThrottle',
        cache_object: CachedRateLimit | None,
    ) -> CachedRateLimit:
        """Fill in one request, unless there is no room for it."""
        level = _drained(throttle, cache_object)
        filled = level + throttle.duration_in_seconds
        if filled > _capacity(throttle):
            raise self.refusal(
                endpoint,
                controller,
                throttle,
                {'time': current_second(), 'history': [level]},
            )
        return {'time': current_second(), 'history': [filled]}

    @override
    def usage(
        self,
        throttle: 'BaseThrottle',
        cache_object: CachedRateLimit | None,
    ) -> Usage:
        """Return the room that is left, and how long a request drains."""
        room = _capacity(throttle) - _drained(throttle, cache_object)
        per_request = -(-throttle.duration_in_seconds // throttle.max_requests)
        remaining = max(room, 0) // throttle.duration_in_seconds
        return Usage(remaining, per_request)

    @override
    def transaction_script(self, script_format: str) -> str | None:
        """Return the script, for Lua."""
        return _LEAKY_BUCKET_LUA if script_format == 'lua' else None


def current_second() -> int:
    """Return whole seconds since the epoch."""
    return int(time.time())


def _capacity(throttle: 'BaseThrottle') -> int:
    return throttle.max_requests * throttle.duration_in_seconds


def _drained(
    throttle: 'BaseThrottle',
    cache_object: CachedRateLimit | None,
) -> int:
    """Return the level of the bucket now."""
    if cache_object is None:
        return 0
    # A clock that was put back drains nothing, and fills in nothing.
    elapsed = max(current_second() - cache_object['time'], 0)
    return max(cache_object['history'][0] - elapsed * throttle.max_requests, 0)


# A key without expiry can only be left behind by others: it gets one again,
# so that nobody is locked out for ever.
_SIMPLE_RATE_LUA: Final = """
local limit, seconds = tonumber(ARGV[1]), tonumber(ARGV[2])
local count = tonumber(redis.call('GET', KEYS[1]) or '0') or 0
local rest = redis.call('PTTL', KEYS[1])
if rest == -1 then
    redis.call('PEXPIRE', KEYS[1], seconds * 1000)
    rest = seconds * 1000
end
local allowed = count < limit and 1 or 0
if ARGV[3] ~= '1' and allowed == 1 then
    count = redis.call('INCR', KEYS[1])
    if rest < 0 then
        redis.call('PEXPIRE', KEYS[1], seconds * 1000)
        rest = seconds * 1000
    end
end
return {allowed, count, math.ceil(math.max(rest, 0) / 1000)}
"""

# The clock of the server is the only one that counts.
_LEAKY_BUCKET_LUA: Final = """
local limit, seconds = tonumber(ARGV[1]), tonumber(ARGV[2])
local now = tonumber(redis.call('TIME')[1])
local state = redis.call('HMGET', KEYS[1], 'level', 'time')
local level = tonumber(state[1] or '0') or 0
local elapsed = math.max(now - (tonumber(state[2] or now) or now), 0)
level = math.max(level - elapsed * limit, 0)
local allowed = level + seconds <= limit * seconds and 1 or 0
if ARGV[3] ~= '1' and allowed == 1 then
    level = level + seconds
    redis.call('HSET', KEYS[1], 'level', level, 'time', now)
    redis.call('EXPIRE', KEYS[1], seconds * 2)
end
return {allowed, level, 0}
"""
