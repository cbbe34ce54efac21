"""Start real servers, one worker each, and stop them."""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from bench.cases import Case, headers_of, same_answer
from bench.race.entries import ROOT, Entry, Interface
from bench.race.environments import python_of, variables
from bench.race.pool import WrongAnswerError

#: Server → interface → arguments. One worker, no logs of requests.
SERVERS: Final[dict[str, dict[Interface, str]]] = {
    'gunicorn': {
        'wsgi': (
            'gunicorn --workers 1 --worker-class gthread --threads 1 '
            '--keep-alive 30 --log-level error --bind 127.0.0.1:{port} '
            '{application}'
        ),
    },
    'uvicorn': {
        'asgi': (
            'uvicorn --workers 1 --loop uvloop --http httptools '
            '--lifespan off --no-access-log --log-level error '
            '--host 127.0.0.1 --port {port} {application}'
        ),
    },
    'granian': {
        'wsgi': (
            'granian --interface wsgi --workers 1 --blocking-threads 1 '
            '--no-ws --log-level error --host 127.0.0.1 --port {port} '
            '{application}'
        ),
        'asgi': (
            'granian --interface asginl --workers 1 --loop uvloop --no-ws '
            '--log-level error --host 127.0.0.1 --port {port} {application}'
        ),
    },
}

_TICKS_PER_SECOND: Final = os.sysconf('SC_CLK_TCK')


class RunningServer:
    """A server process with its children."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self._process = process
        self.port = port

    def processor_seconds(self) -> float:
        """Return the time that the server used so far, children included."""
        return sum(_ticks(self._process.pid)) / _TICKS_PER_SECOND

    def check(self, name: str, case: Case) -> None:
        """Send one request, and compare the answer.

        Raises:
            WrongAnswerError: it is not the expected one.
        """
        request = case.request
        connection = http.client.HTTPConnection('127.0.0.1', self.port)
        target = request.path
        if request.query:
            target = f'{target}?{request.query}'
        connection.request(
            request.method,
            target,
            request.body or None,
            headers_of(request),
        )
        response = connection.getresponse()
        content = response.read()
        connection.close()
        if not same_answer(case, response.status, content):
            raise WrongAnswerError(
                f'{name}, {case.name}: {response.status} {content[:300]!r}',
            )

    def stop(self) -> None:
        """End the process and its children."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGTERM)
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(5)


def start(entry: Entry, server: str, interface: Interface) -> RunningServer:
    """Start an entry behind a server; return when it listens."""
    port = _free_port()
    arguments = SERVERS[server][interface].format(
        port=port,
        application=f'bench.candidates.{entry.candidate}.{interface}'
        ':application',
    )
    process = subprocess.Popen(
        [str(python_of(entry.candidate)), '-m', *arguments.split()],
        cwd=ROOT,
        env=variables(entry.environment),
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    running = RunningServer(process, port)
    try:
        _wait(process, port, f'{entry.name} behind {server}')
    except BaseException:
        running.stop()
        raise
    return running


def _wait(process: subprocess.Popen[bytes], port: int, name: str) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise WrongAnswerError(f'{name} ended; its error is above')
        with contextlib.suppress(OSError):
            socket.create_connection(('127.0.0.1', port)).close()
            return
        time.sleep(0.1)
    raise WrongAnswerError(f'{name} does not listen')


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        port: int = probe.getsockname()[1]
        return port


def _ticks(group: int) -> Iterator[int]:
    """Return the times of all processes of a group, from /proc."""
    for folder in Path('/proc').iterdir():
        if not folder.name.isdigit():
            continue
        with contextlib.suppress(OSError):
            text = (folder / 'stat').read_text('utf-8')
            # The name stands in parentheses and may have spaces.
            fields = text.rpartition(')')[2].split()
            if int(fields[2]) == group:
                yield int(fields[11]) + int(fields[12])
