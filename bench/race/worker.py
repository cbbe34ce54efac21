"""Serve requests inside of the process of a candidate, and count the time.

``python -m bench.race.worker raw wsgi`` reads one order per line, as JSON, and
answers in the same way:

- ``{"ask": {"method": ...}}`` → ``{"status": 200, "content": "..."}``
- ``{"request": {"method": ...}, "size": 100}`` → ``{"seconds": 0.004}``, the
  processor time of all threads for that many requests.
"""

import asyncio
import gc
import io
import json
import os
import sys
import time
from collections.abc import Callable, Coroutine
from importlib import import_module
from typing import Any, Protocol

from bench.cases import Request, headers_of


class Server(Protocol):
    """Sends requests to an application, without a network."""

    def ask(self, request: Request) -> tuple[int, bytes]:
        """Return status and content of one answer."""
        ...

    def seconds(self, request: Request, size: int) -> float:
        """Return the processor time of *size* requests."""
        ...


class WSGIServer:
    """What a WSGI server does, without a socket."""

    def __init__(self, application: Callable[..., Any]) -> None:
        self._application = application

    def ask(self, request: Request) -> tuple[int, bytes]:
        return self._call(_environ(request), request.body)

    def seconds(self, request: Request, size: int) -> float:
        environ = _environ(request)
        body = request.body
        started = time.process_time()
        for _ in range(size):
            self._call(environ, body)
        return time.process_time() - started

    def _call(
        self,
        template: dict[str, Any],
        body: bytes,
    ) -> tuple[int, bytes]:
        environ = dict(template)
        environ['wsgi.input'] = io.BytesIO(body)
        lines: list[str] = []

        def start_response(line: str, headers: object) -> None:
            lines.append(line)

        parts = self._application(environ, start_response)
        content = b''.join(parts)
        close = getattr(parts, 'close', None)
        if close is not None:
            close()
        return int(lines[0][:3]), content


class ASGIServer:
    """What an ASGI server does, without a socket."""

    def __init__(
        self,
        application: Callable[..., Any],
        new_loop: Callable[[], asyncio.AbstractEventLoop] | None = None,
    ) -> None:
        self._application = application
        self._runner = asyncio.Runner(loop_factory=new_loop)

    def ask(self, request: Request) -> tuple[int, bytes]:
        return self._runner.run(self._call(_scope(request), request.body))

    def seconds(self, request: Request, size: int) -> float:
        scope = _scope(request)
        body = request.body

        async def batch() -> float:
            started = time.process_time()
            for _ in range(size):
                # A server starts a task for each request.
                await asyncio.create_task(self._call(scope, body))
            return time.process_time() - started

        return self._runner.run(batch())

    def _call(
        self,
        template: dict[str, Any],
        body: bytes,
    ) -> Coroutine[Any, Any, tuple[int, bytes]]:
        return _exchange(self._application, dict(template), body)


async def _exchange(
    application: Callable[..., Any],
    scope: dict[str, Any],
    body: bytes,
) -> tuple[int, bytes]:
    messages = [{'type': 'http.request', 'body': body, 'more_body': False}]
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if messages:
            return messages.pop()
        # The client stays; whoever waits for its leave is cancelled.
        await asyncio.get_running_loop().create_future()
        raise AssertionError

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await application(scope, receive, send)
    return sent[0]['status'], b''.join(one.get('body', b'') for one in sent)


def _environ(request: Request) -> dict[str, Any]:
    found: dict[str, Any] = {
        'REQUEST_METHOD': request.method,
        'PATH_INFO': request.path,
        'SCRIPT_NAME': '',
        'QUERY_STRING': request.query,
        'SERVER_NAME': 'localhost',
        'SERVER_PORT': '80',
        'SERVER_PROTOCOL': 'HTTP/1.1',
        'REMOTE_ADDR': '127.0.0.1',
        'wsgi.version': (1, 0),
        'wsgi.url_scheme': 'http',
        'wsgi.errors': sys.stderr,
        'wsgi.multithread': False,
        'wsgi.multiprocess': True,
        'wsgi.run_once': False,
    }
    for name, value in headers_of(request).items():
        key = name.upper().replace('-', '_')
        if not key.startswith('CONTENT_'):
            key = f'HTTP_{key}'
        found[key] = value
    return found


def _scope(request: Request) -> dict[str, Any]:
    return {
        'type': 'http',
        'asgi': {'version': '3.0', 'spec_version': '2.3'},
        'http_version': '1.1',
        'method': request.method,
        'scheme': 'http',
        'path': request.path,
        'raw_path': request.path.encode(),
        'query_string': request.query.encode(),
        'root_path': '',
        'headers': [
            (name.lower().encode(), value.encode())
            for name, value in headers_of(request).items()
        ],
        'client': ('127.0.0.1', 40000),
        'server': ('127.0.0.1', 80),
        'state': {},
    }


def _server(candidate: str, interface: str) -> Server:
    module = import_module(f'bench.candidates.{candidate}.{interface}')
    if interface == 'wsgi':
        return WSGIServer(module.application)
    # Uvicorn has these loops too.
    return ASGIServer(
        module.application,
        import_module('uvloop').new_event_loop,
    )


def _obey(server: Server, order: dict[str, Any]) -> dict[str, Any]:
    if 'ask' in order:
        status, content = server.ask(_request(order['ask']))
        return {'status': status, 'content': content.decode()}
    request = _request(order['request'])
    return {'seconds': server.seconds(request, order['size'])}


def _request(fields: dict[str, Any]) -> Request:
    return Request(**{**fields, 'body': fields['body'].encode()})


def main(candidate: str, interface: str) -> None:
    """Serve until the orders end."""
    answers = os.fdopen(os.dup(1), 'w', encoding='utf-8')
    # What an application prints is no answer.
    os.dup2(2, 1)
    server = _server(candidate, interface)
    gc.collect()
    gc.freeze()
    for line in sys.stdin:
        answers.write(json.dumps(_obey(server, json.loads(line))) + '\n')
        answers.flush()


if __name__ == '__main__':
    main(*sys.argv[1:])
