"""Compare the cost per event behind uvicorn, with pings on.

``python -m bench.streaming.live`` starts the server, reads each stream in turn
and prints medians. Bare is a hand-written ``StreamingHttpResponse`` with the
same bytes, ours are validated.
"""

import contextlib
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from typing import Any

import django
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import path

from bench.streaming.run import bare_events, our_events, woken
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.streaming.sse import SSEController, SSEvent

EVENTS = 20_000
PORT = 8799

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=['*'],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=['dmr'],
        MIDDLEWARE=[],
        SECRET_KEY='bench',
    )
    django.setup()


async def bare(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(
        bare_events(woken),
        content_type='text/event-stream',
    )


def ours(serializer: Any) -> Any:
    class _Ticks(SSEController[serializer]):
        async def get(self) -> AsyncIterator[SSEvent[dict[str, int | str]]]:
            return our_events(woken)

    return _Ticks.as_view()


NAMES = ('bare', 'msgspec', 'pydantic')

urlpatterns = [
    path('bare/', bare),
    path('msgspec/', ours(MsgspecSerializer)),
    path('pydantic/', ours(PydanticSerializer)),
]
application = get_asgi_application()


def seconds_of(name: str) -> float:
    with socket.create_connection(('127.0.0.1', PORT)) as client:
        begun = time.perf_counter()
        client.sendall(
            f'GET /{name}/ HTTP/1.1\r\n'
            'Host: localhost\r\nConnection: close\r\n\r\n'.encode(),
        )
        while client.recv(1 << 16):
            pass
        return time.perf_counter() - begun


def wait_for_server() -> None:
    for _ in range(100):
        with contextlib.suppress(OSError):
            socket.create_connection(('127.0.0.1', PORT)).close()
            return
        time.sleep(0.1)


def main() -> None:
    command = [
        sys.executable,
        '-m',
        'uvicorn',
        'bench.streaming.live:application',
    ]
    options = [f'--port={PORT}', '--lifespan=off', '--log-level=error']
    with subprocess.Popen([*command, *options]) as server:
        wait_for_server()
        found: dict[str, list[float]] = {name: [] for name in NAMES}
        for _ in range(7):
            for name, seconds in found.items():
                seconds.append(seconds_of(name))
        server.kill()
    floor = statistics.median(found['bare'])
    for name, seconds in found.items():
        median = statistics.median(seconds)
        per_event = median / EVENTS * 1e6
        sys.stdout.write(
            f'{name:9} {per_event:6.2f} µs  {median / floor:5.2f}\n',
        )


if __name__ == '__main__':
    main()
