"""Change a state in one of Django's caches atomically.

Caches have two operations that are atomic: most can increment a number, and
all shared ones can add a key that is not there. No locks are needed, and none
are held while a cache is asked.
"""

import time
import uuid
from collections.abc import Callable
from typing import Final, TypeAlias, cast

from django.core.cache import BaseCache

from dmr.throttling.algorithms import CachedRateLimit, current_second
from dmr.throttling.backends.base import BackendUnavailableError

#: A window is one number: its end in seconds, and below that the count.
_END: Final = 1 << 30

#: Seconds to try, when others change the same state all the time.
_PATIENCE: Final = 2.0

#: Seconds that keys live on after their state means nothing any more. The
#: pointer to a state lives longer than the state.
_STATE_REST: Final = 60
_POINTER_REST: Final = 86400

#: Where the newest state is: name of a chain, and number of its last link.
_Pointer: TypeAlias = tuple[str, int]


def can_increment(cache: BaseCache) -> bool:
    """Tell whether *cache* has an atomic ``incr`` of its own."""
    return type(cache).incr is not BaseCache.incr


def count_in_window(
    cache: BaseCache,
    key: str,
    seconds: int,
) -> CachedRateLimit | None:
    """Count a request, return what was counted before it in its window.

    The first request opens the window, which ends when the key expires.
    """
    for _attempt in range(3):
        try:
            value = cache.incr(key)
        except ValueError:
            # There is no window, or it has just ended.
            end = current_second() + seconds
            cache.add(key, end * _END, timeout=seconds)
        else:
            if value < _END:
                value = _reopen(cache, key, value, seconds)
            return _window(value - 1)
    raise BackendUnavailableError('the cache forgets what it is told')


def find_window(cache: BaseCache, key: str) -> CachedRateLimit | None:
    """Return the window that is open, if any."""
    value: int | None = cache.get(key)
    return None if value is None else _window(value)


def swap_state(
    cache: BaseCache,
    key: str,
    access: Callable[[CachedRateLimit | None], CachedRateLimit],
    seconds: int,
) -> CachedRateLimit:
    """Replace the state by what *access* makes of it, and return that.

    The states of a key are a chain of numbered links. Who adds the next link
    has changed the state; who finds it there tries again with that state.
    """
    deadline = time.monotonic() + _PATIENCE
    while True:
        state, pointer = _find(cache, key, seconds)
        changed = access(state)
        if pointer is None:
            # The cache keeps nothing, as Django's dummy does.
            return changed
        chain, number = pointer
        rest = seconds * 2 + _STATE_REST
        if cache.add(_link(key, chain, number + 1), changed, timeout=rest):
            # Only a hint where to look first, so it may be late.
            cache.set(key, (chain, number + 1), timeout=rest + _POINTER_REST)
            return changed
        if time.monotonic() > deadline:
            raise BackendUnavailableError('too many changes at the same time')


def find_state(cache: BaseCache, key: str) -> CachedRateLimit | None:
    """Return the newest state, if there is one."""
    pointer: _Pointer | None = cache.get(key)
    return None if pointer is None else _follow(cache, key, pointer)[0]


def _find(
    cache: BaseCache,
    key: str,
    seconds: int,
) -> tuple[CachedRateLimit | None, _Pointer | None]:
    pointer: _Pointer | None = cache.get(key)
    if pointer is None:
        # Keys of links are never used twice, not even after a long time.
        first = (uuid.uuid4().hex, 0)
        rest = seconds * 2 + _STATE_REST + _POINTER_REST
        cache.add(key, first, timeout=rest)
        pointer = cache.get(key)
    if pointer is None:
        return None, None
    return _follow(cache, key, pointer)


def _follow(
    cache: BaseCache,
    key: str,
    pointer: _Pointer,
) -> tuple[CachedRateLimit | None, _Pointer]:
    """Return the newest state, and where it is."""
    chain, number = pointer
    state: CachedRateLimit | None = None
    while True:
        here = _link(key, chain, number)
        following = _link(key, chain, number + 1)
        found = cache.get_many([here, following])
        if following not in found:
            state = cast('CachedRateLimit | None', found.get(here))
            return state, (chain, number)
        number += 1


def _link(key: str, chain: str, number: int) -> str:
    return f'{key}-{chain}-{number}'


def _window(value: int) -> CachedRateLimit:
    end, count = divmod(value, _END)
    # The cache decides when a window ends, so it has not ended yet.
    return {'time': max(end, current_second() + 1), 'history': [count]}


def _reopen(cache: BaseCache, key: str, value: int, seconds: int) -> int:
    """Give a window its end, return its number.

    Some caches increment in two steps: a key that expires in between comes
    back without its end and without an expiry.
    """
    end = (current_second() + seconds) * _END
    if value == 1:
        cache.incr(key, end)
    cache.touch(key, seconds)
    return end + value
