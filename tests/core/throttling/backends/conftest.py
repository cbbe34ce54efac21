"""A real Redis server, started when a test needs one."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import redis


@dataclass(kw_only=True)
class RedisServer:
    """A server that a test may stop, freeze and start again."""

    port: int
    folder: Path
    _process: 'subprocess.Popen[bytes] | None' = field(default=None)

    @property
    def url(self) -> str:
        """Return where it is."""
        return f'redis://127.0.0.1:{self.port}/0'

    def client(self, **options: Any) -> Any:
        """Return a client of its own."""
        return redis.Redis.from_url(self.url, **options)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            [
                'redis-server',
                '--port',
                str(self.port),
                '--bind',
                '127.0.0.1',
                '--save',
                '',
                '--appendonly',
                'no',
            ],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 10
        with self.client() as client:
            while True:
                try:
                    client.ping()
                except redis.ConnectionError:
                    assert time.monotonic() < deadline, 'Redis does not start'
                    time.sleep(0.01)
                else:
                    return

    def stop(self) -> None:
        """Stop it; nothing listens any more."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)
        self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        """Let it listen, and answer nothing."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it answer again."""
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)


@pytest.fixture(scope='session')
def shared_redis_server(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Return a server that keeps what other tests have left."""
    if shutil.which('redis-server') is None and not os.environ.get('CI'):
        pytest.skip('Not installed: redis-server.')
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    server = RedisServer(port=port, folder=tmp_path_factory.mktemp('redis'))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_server(shared_redis_server: RedisServer) -> Iterator[RedisServer]:
    """Return a server that is up and empty."""
    with shared_redis_server.client() as client:
        client.flushall()
        client.script_flush()
    yield shared_redis_server
    shared_redis_server.thaw()
