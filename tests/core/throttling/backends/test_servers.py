"""Real servers with several workers count exactly."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import chain
from pathlib import Path

import pytest

from tests.core.throttling.backends.conftest import RedisServer

# Redis counts, whatever Django is.
pytestmark = [pytest.mark.slow, pytest.mark.any_django]

_LIMIT = 50

_PROJECT = """
import redis
import redis.asyncio
from django.conf import settings

settings.configure(
    SECRET_KEY='a secret key of more than thirty-two bytes',
    ALLOWED_HOSTS=['*'],
    ROOT_URLCONF=__name__,
)
import django

django.setup()

from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.urls import path

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.throttling import AsyncThrottle, Rate, SyncThrottle
from dmr.throttling.backends.redis import AsyncRedis, SyncRedis

URL = {url!r}


class Sync(Controller[PydanticSerializer]):
    throttling = [
        SyncThrottle(
            {limit},
            Rate.hour,
            backend=SyncRedis(redis.Redis.from_url(URL), timeout_seconds=10),
        ),
    ]

    def get(self) -> str:
        return 'passed'


class Async(Controller[PydanticSerializer]):
    throttling = [
        AsyncThrottle(
            {limit},
            Rate.hour,
            backend=AsyncRedis(
                redis.asyncio.Redis.from_url(URL),
                timeout_seconds=10,
            ),
        ),
    ]

    async def get(self) -> str:
        return 'passed'


urlpatterns = [path('sync/', Sync.as_view()), path('async/', Async.as_view())]
wsgi = get_wsgi_application()
asgi = get_asgi_application()
"""


@contextmanager
def _running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    server = subprocess.Popen(
        [sys.executable, '-m', *command],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(port, server)
        yield
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _wait_for(port: int, server: 'subprocess.Popen[bytes]') -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert server.poll() is None, 'The server has stopped'
        with socket.socket() as probe:
            if probe.connect_ex(('127.0.0.1', port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError('The server does not start')


def _ask(port: int, url: str, threads: int, requests: int) -> Counter[int]:
    barrier = threading.Barrier(threads)

    def ask(_thread: int) -> list[int]:
        barrier.wait()
        return [_status(port, url) for _request in range(requests)]

    with ThreadPoolExecutor(threads) as pool:
        return Counter(chain.from_iterable(pool.map(ask, range(threads))))


def _status(port: int, url: str) -> int:
    # A connection per request, so that all workers get some.
    with closing(http.client.HTTPConnection('127.0.0.1', port)) as connection:
        connection.request('GET', url)
        return connection.getresponse().status


@pytest.fixture(
    scope='module',
    params=[
        'gunicorn --workers 4 --threads 4 --bind 127.0.0.1:{port} project:wsgi',
        'uvicorn --workers 2 --port {port} project:asgi',
    ],
    ids=['gunicorn', 'uvicorn'],
)
def port(
    request: pytest.FixtureRequest,
    shared_redis_server: RedisServer,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[int]:
    """Return where a server with several workers listens."""
    folder = tmp_path_factory.mktemp('server')
    folder.joinpath('project.py').write_text(
        _PROJECT.format(url=shared_redis_server.url, limit=_LIMIT),
    )
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    with shared_redis_server.client() as client:
        client.flushall()
    with _running(request.param.format(port=port).split(), folder, port):
        yield port


@pytest.mark.parametrize('url', ['/sync/', '/async/'])
def test_exact_in_workers(port: int, url: str) -> None:
    """Whoever answers, the limit is one for all."""
    found = _ask(port, url, threads=8, requests=20)

    assert {200: _LIMIT, 429: 160 - _LIMIT} == found
