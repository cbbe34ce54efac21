"""Clients go away in waves, and a real server forgets them."""

import asyncio
import contextlib
import json
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

_ROOT: Final = Path(__file__).parents[3]
_WAVES: Final = 10
_CLIENTS: Final = 100

#: Seconds in which everything is as before.
_LIMIT: Final = 2


class _Server:
    """A running uvicorn, and how to talk to it."""

    def __init__(self, port: int, log: Path) -> None:
        self.port = port
        self.log = log

    async def open(self, target: str, *headers: str) -> Any:
        """Return the two streams of a client that has asked for *target*."""
        reader, writer = await asyncio.open_connection('127.0.0.1', self.port)
        lines = [f'GET {target} HTTP/1.1', 'Host: localhost', *headers]
        writer.write('\r\n'.join([*lines, '', '']).encode())
        await writer.drain()
        return reader, writer

    async def state(self) -> dict[str, int]:
        """Return what the server says about itself."""
        reader, writer = await self.open('/state/', 'Connection: close')
        answer = await reader.read()
        writer.close()
        begin, end = answer.index(b'{'), answer.rindex(b'}') + 1
        found: dict[str, int] = json.loads(answer[begin:end])
        return found


@pytest.fixture(scope='module', params=['application', 'own_application'])
def server(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[_Server]:
    """Return a server, stopped at the end."""
    log = tmp_path_factory.mktemp('uvicorn') / 'log'
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        port = probe.getsockname()[1]
    with (
        log.open('wb') as output,
        subprocess.Popen(
            [
                sys.executable,
                '-m',
                'uvicorn',
                f'tests.core.streaming.live:{request.param}',
                f'--port={port}',
                '--log-level=warning',
                '--lifespan=off',
            ],
            cwd=_ROOT,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        _wait_for(port, process)
        yield _Server(port, log)
        process.kill()


def _wait_for(port: int, process: 'subprocess.Popen[bytes]') -> None:
    for _ in range(200):
        assert process.poll() is None
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.connect(('127.0.0.1', port))
            return
        time.sleep(0.05)
    raise AssertionError('The server does not start.')


async def _client(server: _Server) -> None:
    """Read a stream for a moment, then go away, politely or not."""
    target = random.choice(('/events/', '/lines/'))
    headers = random.choice(((), ('Accept-Encoding: gzip',)))
    reader, writer = await server.open(target, *headers)
    if random.random() < 0.9:
        status = await reader.readline()
        assert status == b'HTTP/1.1 200 OK\r\n'
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(random.random() / 5):
            while await reader.read(1024):
                pass
    if random.random() < 0.5:
        writer.transport.abort()
    writer.close()


async def test_waves_of_clients_leave_nothing_behind(server: _Server) -> None:
    """Producers are closed and tasks have ended two seconds later."""
    before = await server.state()

    for _wave in range(_WAVES):
        await asyncio.gather(*(_client(server) for _ in range(_CLIENTS)))
    deadline = time.monotonic() + _LIMIT
    state = await server.state()
    while state != before and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
        state = await server.state()

    assert before['open'] == 0
    assert state == before
    assert server.log.read_text() == ''
