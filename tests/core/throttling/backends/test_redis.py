"""Counting in Redis: exact, and quick to give up when it is away."""

import asyncio
import copy
import gc
import logging
import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import redis
import redis.asyncio
from django.test import AsyncClient
from typing_extensions import override

from dmr.exceptions import EndpointMetadataError
from dmr.throttling import AsyncThrottle, Rate, SyncThrottle, ThrottlingReport
from dmr.throttling.algorithms import (
    BaseThrottleAlgorithm,
    LeakyBucket,
    SimpleRate,
)
from dmr.throttling.backends import base
from dmr.throttling.backends.redis import AsyncRedis, SyncRedis
from tests.core.serving import serving
from tests.core.throttling.asking import (
    async_controller,
    statuses,
    sync_controller,
)
from tests.core.throttling.backends.conftest import RedisServer
from tests.core.throttling.backends.counting import (
    KINDS,
    Kind,
    ask_from_processes,
)
from tests.core.throttling.conftest import Clock

_LIMIT = 20

algorithms = pytest.mark.parametrize('algorithm', [SimpleRate(), LeakyBucket()])


# A busy machine may need time for an answer, so there is plenty of it.
def _sync(server: RedisServer, limit: int, seconds: int, **options: Any) -> Any:
    backend = SyncRedis(
        server.client(),
        timeout_seconds=options.pop('timeout_seconds', 10),
        failure=options.pop('failure', 'fail_closed'),
    )
    return sync_controller(limit, seconds, backend=backend, **options)


def _async(
    server: RedisServer,
    limit: int,
    seconds: int,
    **options: Any,
) -> Any:
    backend = AsyncRedis(
        redis.asyncio.Redis.from_url(server.url),
        timeout_seconds=options.pop('timeout_seconds', 10),
        failure=options.pop('failure', 'fail_closed'),
    )
    return async_controller(limit, seconds, backend=backend, **options)


both = pytest.mark.parametrize('make', [_sync, _async])


@pytest.fixture(autouse=True)
def _fresh_log(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what was logged in the last minute."""
    base._last_logged.clear()


@both
@algorithms
def test_limit_lets_exactly_that_many_through(
    redis_server: RedisServer,
    make: Any,
    algorithm: Any,
) -> None:
    """Not one more, not one less."""
    controller = make(redis_server, 3, Rate.minute, algorithm=algorithm)

    assert [200, 200, 200, 429, 429] == statuses(controller, 5)


@both
def test_window_ends(redis_server: RedisServer, make: Any) -> None:
    """The server's clock counts, and expires the key."""
    controller = make(redis_server, 1, 1)

    before = statuses(controller, 2)
    time.sleep(1.05)
    after = statuses(controller, 2)

    assert [[200, 429], [200, 429]] == [before, after]


@both
def test_bucket_drains(redis_server: RedisServer, make: Any) -> None:
    """One request in two seconds, and no more than that."""
    controller = make(redis_server, 2, 4, algorithm=LeakyBucket())

    full = statuses(controller, 3)
    time.sleep(2.05)
    after = statuses(controller, 2)

    assert [200, 200, 429] == full
    assert [200, 429] == after


@both
def test_refusal_has_the_remaining_time(
    redis_server: RedisServer,
    make: Any,
) -> None:
    """The whole headers are as with other backends."""
    with serving(it=make(redis_server, 1, 60)) as client:
        client.get('/it/')
        response = client.get('/it/')

    assert {
        'X-RateLimit-Limit': '1',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': '60',
        'Retry-After': '60',
    }.items() <= dict(response.headers).items()


@both
def test_our_clock_does_not_matter(
    redis_server: RedisServer,
    make: Any,
    clock: Clock,
) -> None:
    """Servers whose clocks differ tell their clients the same."""
    controller = make(redis_server, 1, 60)

    resets = []
    with serving(it=controller) as client:
        client.get('/it/')
        for seconds in (0, 3600, -7200):
            clock.pass_by(seconds)
            response = client.get('/it/')
            resets.append(response.headers['Retry-After'])

    assert ['60', '60', '60'] == resets


@algorithms
@pytest.mark.parametrize('make', [_sync, _async])
def test_exact_in_threads(
    redis_server: RedisServer,
    make: Any,
    algorithm: Any,
) -> None:
    """Async endpoints under WSGI have an event loop per request."""
    controller = make(
        redis_server,
        _LIMIT,
        Rate.hour,
        algorithm=algorithm,
        timeout_seconds=10,
    )
    found: list[int] = []
    barrier = threading.Barrier(8)
    with serving(it=controller) as client:

        def ask() -> None:
            barrier.wait()
            found.extend(client.get('/it/').status_code for _ in range(10))

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)

    assert (_LIMIT, 80) == (found.count(200), len(found))
    assert {200, 429} == set(found)


@algorithms
async def test_exact_on_one_loop(
    redis_server: RedisServer,
    algorithm: Any,
) -> None:
    """Connections of a loop are kept, and closed when it is to end."""
    backend = AsyncRedis(
        redis.asyncio.Redis.from_url(redis_server.url),
        timeout_seconds=10,
    )
    controller = async_controller(
        _LIMIT,
        Rate.hour,
        algorithm=algorithm,
        backend=backend,
    )

    with serving(it=controller):
        responses = await asyncio.gather(
            *(AsyncClient().get('/it/') for _ in range(60)),
        )
    await backend.aclose()

    found = [response.status_code for response in responses]
    assert _LIMIT == found.count(200)
    assert {200, 429} == set(found)
    assert 0 == len(backend._by_loop)


@pytest.fixture(scope='module')
def from_processes(
    shared_redis_server: RedisServer,
) -> Mapping[Kind, list[int]]:
    """Return the statuses that several processes have got, by kind."""
    return ask_from_processes(
        settings={},
        backends=(
            'import redis, redis.asyncio\n'
            'from dmr.throttling.backends.redis import AsyncRedis, SyncRedis\n'
            f'url = {shared_redis_server.url!r}\n'
            'clients = [redis.from_url(url), redis.asyncio.from_url(url)]\n'
            'Sync = SyncRedis(clients[0], timeout_seconds=10)\n'
            'Async = AsyncRedis(clients[1], timeout_seconds=10)\n'
        ),
        limit=_LIMIT,
    )


@pytest.mark.slow
@pytest.mark.any_django
@pytest.mark.parametrize('kind', KINDS)
def test_exact_across_processes(
    from_processes: Mapping[Kind, list[int]],
    kind: Kind,
) -> None:
    """All processes count in one place."""
    found = from_processes[kind]

    assert (_LIMIT, 240) == (found.count(200), len(found))
    assert {200, 429} == set(found)


@both
@algorithms
def test_report_before_the_first_request(
    redis_server: RedisServer,
    make: Any,
    algorithm: Any,
) -> None:
    """Looking at a counter that is not there is no error."""
    controller = _reporting(redis_server, make, algorithm)

    with serving(it=controller) as client:
        response = client.get('/it/')
        keys = redis_server.client().keys('*')

    assert 200 == response.status_code
    assert '3' == response.json()['X-RateLimit-Remaining']
    assert [] == keys


def _reporting(server: RedisServer, make: Any, algorithm: Any) -> Any:
    """Return a controller that reports, and is not throttled before that."""
    throttled = make(server, 3, 60, algorithm=algorithm)
    (throttle,) = throttled.throttling

    class _Uncounted(type(throttle)):  # type: ignore[misc]
        """Counts nothing."""

        if isinstance(throttle, SyncThrottle):

            def check(self, *_args: Any) -> None:
                return

        else:

            async def check(self, *_args: Any) -> None:
                return

    uncounted = _Uncounted(
        3,
        60,
        backend=throttle.backend,
        algorithm=algorithm,
    )

    if isinstance(throttle, AsyncThrottle):

        class _AsyncReport(throttled):  # type: ignore[misc]
            throttling = [uncounted]

            async def get(self) -> dict[str, str]:
                return await ThrottlingReport(self).areport()

        return _AsyncReport

    class _SyncReport(throttled):  # type: ignore[misc]
        throttling = [uncounted]

        def get(self) -> dict[str, str]:
            return ThrottlingReport(self).report()

    return _SyncReport


@both
def test_key_without_expiry_gets_one_again(
    redis_server: RedisServer,
    make: Any,
) -> None:
    """Otherwise its client would be locked out for ever."""
    controller = make(redis_server, 1, 60)
    statuses(controller, 1)
    client = redis_server.client()
    (key,) = client.keys('*')
    client.persist(key)

    with serving(it=controller) as asking:
        response = asking.get('/it/')

    assert (429, '60') == (
        response.status_code,
        response.headers['Retry-After'],
    )
    assert 0 < client.ttl(key) <= 60


@both
@algorithms
def test_flushed_server_starts_again(
    redis_server: RedisServer,
    make: Any,
    algorithm: Any,
) -> None:
    """Scripts that are forgotten are sent again."""
    controller = make(redis_server, 1, 60, algorithm=algorithm)

    before = statuses(controller, 2)
    redis_server.client().flushall()
    redis_server.client().script_flush()
    after = statuses(controller, 2)

    assert [[200, 429], [200, 429]] == [before, after]


@both
@algorithms
def test_odd_values_are_no_way_in(
    redis_server: RedisServer,
    make: Any,
    algorithm: Any,
) -> None:
    """Somebody else has written to the key."""
    controller = make(redis_server, 1, 60, algorithm=algorithm)
    statuses(controller, 1)
    client = redis_server.client()
    (key,) = client.keys('*')
    client.delete(key)
    client.lpush(key, 'a', 'b')

    assert [503] == statuses(controller, 1)


@pytest.fixture
def _read_only(redis_server: RedisServer) -> Iterator[None]:
    client = redis_server.client()
    client.replicaof('127.0.0.1', '1')
    yield
    client.replicaof('NO', 'ONE')


@pytest.fixture
def _stopped(redis_server: RedisServer) -> Iterator[None]:
    redis_server.stop()
    yield
    redis_server.start()


@pytest.fixture
def _frozen(redis_server: RedisServer) -> Iterator[None]:
    redis_server.freeze()
    yield
    redis_server.thaw()


away = pytest.mark.parametrize('state', ['_read_only', '_stopped', '_frozen'])


@both
@away
@pytest.mark.parametrize(
    ('failure', 'status_code'),
    [('fail_closed', 503), ('fail_open', 200)],
)
def test_server_that_is_away_is_given_up_in_time(
    redis_server: RedisServer,
    request: pytest.FixtureRequest,
    make: Any,
    state: str,
    failure: str,
    status_code: int,
) -> None:
    """Within a quarter of a second, and never with an HTML page."""
    controller = make(
        redis_server,
        1,
        60,
        failure=failure,
        timeout_seconds=0.15,
    )
    request.getfixturevalue(state)

    with serving(it=controller) as client:
        client.get('/it/')
        started = time.monotonic()
        response = client.get('/it/')
        took = time.monotonic() - started

    assert status_code == response.status_code
    assert took < 0.25
    assert 'application/json' == response.headers['Content-Type']
    assert ('5' if status_code == 503 else None) == response.headers.get(
        'Retry-After',
    )


@both
@pytest.mark.usefixtures('_stopped')
def test_failures_are_one_line_in_the_log(
    redis_server: RedisServer,
    make: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A minute later there is another one."""
    controller = make(redis_server, 1, 60, failure='fail_open')

    statuses(controller, 5)
    lines = [one for one in caplog.records if one.name == 'dmr.throttling']

    assert [logging.ERROR] == [one.levelno for one in lines]
    assert 'is unavailable (fail_open)' in lines[0].getMessage()
    assert '\n' not in lines[0].getMessage()


@both
def test_server_that_comes_back_counts_again(
    redis_server: RedisServer,
    make: Any,
) -> None:
    """Connections that were closed meanwhile are opened again."""
    controller = make(redis_server, 1, 60)

    before = statuses(controller, 1)
    redis_server.stop()
    away = statuses(controller, 1)
    redis_server.start()
    after = statuses(controller, 2)

    assert [[200], [503], [200, 429]] == [before, away, after]


@pytest.mark.usefixtures('_frozen')
async def test_cancelled_request_is_cancelled(
    redis_server: RedisServer,
) -> None:
    """A client that goes away is no failure of the server."""
    backend = AsyncRedis(
        redis.asyncio.Redis.from_url(redis_server.url),
        timeout_seconds=5,
    )
    controller = async_controller(1, 60, backend=backend)

    with serving(it=controller):
        task = asyncio.ensure_future(AsyncClient().get('/it/'))
        await asyncio.sleep(0.1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    await backend.aclose()


def test_short_loops_leave_no_connections(redis_server: RedisServer) -> None:
    """Under WSGI each request of an async endpoint has its own loop."""
    controller = _async(redis_server, 100, 60)
    statuses(controller, 1)
    before = len(redis_server.client().client_list())

    statuses(controller, 20)
    gc.collect()

    assert len(redis_server.client().client_list()) <= before + 1


def test_client_of_the_user_is_left_alone(redis_server: RedisServer) -> None:
    """Its timeouts are its own, ours are shorter."""
    client = redis_server.client(socket_timeout=30)

    backend = SyncRedis(client, timeout_seconds=0.1)

    assert 30 == client.connection_pool.connection_kwargs['socket_timeout']
    assert client is backend.client
    assert backend is copy.deepcopy(backend)


class _NoScript(BaseThrottleAlgorithm):
    @override
    def access(self, *_args: Any) -> Any:
        raise NotImplementedError

    @override
    def usage(self, *_args: Any) -> Any:
        raise NotImplementedError


@pytest.mark.parametrize(
    'make',
    [
        lambda algorithm: SyncThrottle(
            1,
            1,
            backend=SyncRedis(redis.Redis()),
            algorithm=algorithm,
        ),
        lambda algorithm: AsyncThrottle(
            1,
            1,
            backend=AsyncRedis(redis.asyncio.Redis()),
            algorithm=algorithm,
        ),
    ],
)
def test_algorithms_without_script_are_refused(make: Any) -> None:
    """When the throttle is made, not when somebody asks."""
    with pytest.raises(EndpointMetadataError, match='Cannot use backend'):
        make(_NoScript())
