"""Counting in Django's caches is exact, whoever asks at the same time."""

import asyncio
import threading
import time
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import BaseCache, caches
from django.core.cache.backends.locmem import LocMemCache
from django.test import AsyncClient, override_settings
from typing_extensions import override

from dmr.throttling import Rate
from dmr.throttling.algorithms import LeakyBucket, SimpleRate
from dmr.throttling.backends.atomic import (
    can_increment,
    count_in_window,
    find_state,
    find_window,
    swap_state,
)
from dmr.throttling.backends.base import BackendUnavailableError
from dmr.throttling.backends.django_cache import (
    AsyncDjangoCache,
    SyncDjangoCache,
)
from tests.core.serving import serving
from tests.core.throttling.asking import (
    async_controller,
    statuses,
    sync_controller,
)
from tests.core.throttling.backends.counting import (
    KINDS,
    Kind,
    ask_from_processes,
    create_cache_tables,
)
from tests.core.throttling.conftest import Clock

_LIMIT = 20

algorithms = pytest.mark.parametrize('algorithm', [SimpleRate(), LeakyBucket()])


def _ask_from_threads(
    controller: Any, threads: int, requests: int
) -> list[int]:
    found: list[int] = []
    barrier = threading.Barrier(threads)
    with serving(it=controller) as client:
        client.raise_request_exception = False

        def ask() -> None:
            barrier.wait()
            found.extend(
                client.get('/it/').status_code for _request in range(requests)
            )

        running = [threading.Thread(target=ask) for _ in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join(timeout=30)
    return found


@algorithms
@pytest.mark.parametrize('make', [sync_controller, async_controller])
def test_exact_in_threads(make: Any, algorithm: Any) -> None:
    """Under WSGI each thread has its own event loop, none waits for ever."""
    controller = make(_LIMIT, Rate.hour, algorithm=algorithm)

    found = _ask_from_threads(controller, threads=8, requests=10)

    assert (_LIMIT, 80) == (found.count(200), len(found))
    assert {200, 429} == set(found)


@algorithms
async def test_exact_on_one_loop(algorithm: Any) -> None:
    """Requests that overlap are counted one by one."""
    controller = async_controller(_LIMIT, Rate.hour, algorithm=algorithm)

    with serving(it=controller):
        responses = await asyncio.gather(
            *(AsyncClient().get('/it/') for _ in range(60)),
        )

    found = [response.status_code for response in responses]
    assert _LIMIT == found.count(200)
    assert {200, 429} == set(found)


@pytest.fixture(scope='module')
def from_processes(
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[Kind, list[int]]:
    """Return the statuses that several processes have got, by kind."""
    database = {
        'ENGINE': 'django.db.backends.sqlite3',
        'NAME': str(tmp_path_factory.mktemp('cache') / 'cache.sqlite3'),
        'OPTIONS': {'timeout': 30, 'transaction_mode': 'IMMEDIATE'},
    }
    cache = {
        'BACKEND': 'django.core.cache.backends.db.DatabaseCache',
        'LOCATION': 'cache_table',
        'OPTIONS': {'MAX_ENTRIES': 100_000},
    }
    settings = {
        'DATABASES': {'default': database},
        'CACHES': {'default': cache},
    }
    create_cache_tables(settings)
    return ask_from_processes(
        settings=settings,
        backends=(
            'from dmr.throttling.backends import atomic, django_cache\n'
            # Requests wait for their turn, however slow the machine is.
            'atomic._PATIENCE = 60.0\n'
            'Sync = django_cache.SyncDjangoCache()\n'
            'Async = django_cache.AsyncDjangoCache()\n'
        ),
        limit=_LIMIT,
        requests=5,
    )


@pytest.mark.slow
@pytest.mark.parametrize('kind', KINDS)
def test_exact_across_processes(
    from_processes: Mapping[Kind, list[int]],
    kind: Kind,
) -> None:
    """A table in a database is shared by all of them."""
    found = from_processes[kind]

    assert (_LIMIT, 60) == (found.count(200), len(found))
    assert {200, 429} == set(found)


@pytest.mark.parametrize(
    'backend',
    [SyncDjangoCache('own'), AsyncDjangoCache('own')],
)
def test_cache_can_be_chosen(backend: Any) -> None:
    """Other keys of the default cache stay where they are."""
    make = (
        sync_controller
        if isinstance(backend, SyncDjangoCache)
        else async_controller
    )
    own = {
        'BACKEND': 'django.core.cache.backends.locmem.LocMemCache',
        'LOCATION': uuid.uuid4().hex,
    }
    with override_settings(CACHES={'default': own, 'own': {**own}}):
        found = statuses(make(1, Rate.hour, backend=backend), 2)

    assert [200, 429] == found


@algorithms
def test_dummy_cache_counts_nothing(algorithm: Any) -> None:
    """It keeps nothing, so everybody passes."""
    dummy = {'BACKEND': 'django.core.cache.backends.dummy.DummyCache'}
    with override_settings(CACHES={'default': dummy}):
        found = statuses(sync_controller(1, 10, algorithm=algorithm), 3)

    assert [200, 200, 200] == found


@algorithms
def test_file_cache_counts(algorithm: Any, tmp_path: Path) -> None:
    """One request after the other it is as exact as any other."""
    files = {
        'BACKEND': 'django.core.cache.backends.filebased.FileBasedCache',
        'LOCATION': str(tmp_path),
    }
    with override_settings(CACHES={'default': files}):
        found = statuses(sync_controller(2, 3600, algorithm=algorithm), 4)

    assert [200, 200, 429, 429] == found


@algorithms
def test_emptied_cache_starts_again(algorithm: Any) -> None:
    """Losing all counters is no error."""
    controller = sync_controller(1, Rate.hour, algorithm=algorithm)

    before = statuses(controller, 2)
    caches['default'].clear()
    after = statuses(controller, 2)

    assert [[200, 429], [200, 429]] == [before, after]


def test_counter_is_one_number() -> None:
    """So that one atomic increment does everything."""
    cache = caches['default']

    before = [count_in_window(cache, 'key', 60) for _ in range(3)]
    found = find_window(cache, 'key')

    assert [[0], [1], [2]] == [one['history'] for one in before if one]
    assert found is not None
    assert [3] == found['history']
    assert {found['time']} == {one['time'] for one in before if one}


class _TwoSteps(type(caches['default'])):  # type: ignore[misc]
    """Increments like some servers do: a key can expire in between."""

    @override
    def incr(self, key: Any, delta: int = 1, version: Any = None) -> int:
        if super().get(key, version=version) is None:
            self.add(key, 0, timeout=None, version=version)
        value: int = super().incr(key, delta, version=version)
        return value


def test_window_that_lost_its_end_gets_one_again(clock: Clock) -> None:
    """Otherwise its client would be locked out for ever."""
    cache = _TwoSteps(uuid.uuid4().hex, {})

    lost = [count_in_window(cache, 'key', 10) for _ in range(3)]
    clock.pass_by(10)

    assert [[0], [1], [2]] == [one['history'] for one in lost if one]
    assert all(one['time'] <= clock.now for one in lost if one)
    assert find_window(cache, 'key') is None


class _Forgetful(type(caches['default'])):  # type: ignore[misc]
    """Has room for nothing."""

    @override
    def add(self, *_args: Any, **_options: Any) -> bool:
        return False


def test_cache_without_room_is_unavailable() -> None:
    """It must not let everybody pass, nor try for ever."""
    cache = _Forgetful(uuid.uuid4().hex, {})

    with pytest.raises(BackendUnavailableError):
        count_in_window(cache, 'key', 10)


def test_states_are_swapped_one_after_the_other() -> None:
    """Who comes late sees what the other has done, and tries again."""
    cache = caches['default']
    seen: list[Any] = []

    def access(state: Any) -> Any:
        seen.append(state)
        if len(seen) == 2:
            # Somebody else is faster.
            swap_state(cache, 'key', _add_ten, 60)
        return _state(state, 1)

    swap_state(cache, 'key', access, 60)
    swap_state(cache, 'key', access, 60)

    assert [None, [1], [11]] == [one and one['history'] for one in seen]
    found = find_state(cache, 'key')
    assert found is not None
    assert [12] == found['history']


def _add_ten(state: Any) -> Any:
    return _state(state, 10)


def _state(state: Any, more: int) -> Any:
    count = state['history'][0] if state else 0
    return {'time': 0, 'history': [count + more]}


def test_states_that_change_all_the_time_are_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Guards do not wait for ever."""
    monkeypatch.setattr('dmr.throttling.backends.atomic._PATIENCE', 0.05)
    cache = caches['default']

    def access(state: Any) -> Any:
        swap_state(cache, 'key', _add_ten, 60)
        return _state(state, 1)

    with pytest.raises(BackendUnavailableError):
        swap_state(cache, 'key', access, 60)


def test_late_pointers_are_followed_forward() -> None:
    """The hint where the newest state is may be old."""
    cache = caches['default']
    swap_state(cache, 'key', _add_ten, 60)
    late = cache.get('key')
    for _step in range(3):
        swap_state(cache, 'key', _add_ten, 60)

    cache.set('key', late)

    found = find_state(cache, 'key')
    assert found is not None
    assert [40] == found['history']


@pytest.mark.parametrize(
    ('name', 'expected'),
    [
        ('locmem.LocMemCache', True),
        ('memcached.PyMemcacheCache', True),
        ('redis.RedisCache', True),
        ('db.DatabaseCache', False),
        ('filebased.FileBasedCache', False),
        ('dummy.DummyCache', False),
    ],
)
def test_which_caches_increment_atomically(name: str, expected: bool) -> None:
    """The others read, add and write, which loses counts."""
    module, _, cls = name.partition('.')
    imported = __import__(
        f'django.core.cache.backends.{module}',
        fromlist=[cls],
    )
    cache: BaseCache = object.__new__(getattr(imported, cls))

    assert expected == can_increment(cache)


class _SlowCache(LocMemCache):
    """Takes its time for everything, like a server far away."""

    @override
    def add(self, *args: Any, **kwargs: Any) -> bool:
        time.sleep(0.05)
        return super().add(*args, **kwargs)

    @override
    def incr(self, *args: Any, **kwargs: Any) -> int:
        time.sleep(0.05)
        return super().incr(*args, **kwargs)


def test_clients_do_not_wait_for_each_other() -> None:
    """While the cache answers one, others can ask it."""
    controller = sync_controller(1000, Rate.hour)
    slow = {'default': {'BACKEND': f'{__name__}._SlowCache'}}

    with override_settings(CACHES=slow):
        started = time.monotonic()
        _ask_from_threads(controller, threads=1, requests=4)
        alone = time.monotonic() - started
        started = time.monotonic()
        found = _ask_from_threads(controller, threads=12, requests=4)
        together = time.monotonic() - started

    assert [200] * 48 == found
    assert together < 4 * alone
