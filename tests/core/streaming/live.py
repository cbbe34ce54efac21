"""The project that a real server serves in the tests of disconnects."""

import asyncio
import random
from collections.abc import AsyncIterator
from typing import Any, Final

import django
from django.conf import settings

if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=['*'],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=['dmr'],
        SECRET_KEY='live-only',
        MIDDLEWARE=['django.middleware.gzip.GZipMiddleware'],
    )
    django.setup()

from django.core.asgi import get_asgi_application
from django.urls import path

from dmr import Controller, asgi
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.streaming.jsonl import JsonLinesController
from dmr.streaming.sse import SSEController, SSEvent

#: Producers that are open.
_open: Final[set[object]] = set()


async def _ticks() -> AsyncIterator[int]:
    """Give numbers for ever, now and then after a long silence."""
    marker = object()
    _open.add(marker)
    try:
        for number in range(10**9):
            yield number
            await asyncio.sleep(random.choice((0, 0.001, 0.01, 3600)))
    finally:
        try:
            # Producers may await something while they clean up. On a machine
            # that has no time for it they are not waited for.
            await asyncio.sleep(0.001)
        finally:
            _open.discard(marker)


class _Events(SSEController[MsgspecSerializer]):
    streaming_ping_seconds = 0.01

    async def get(self) -> AsyncIterator[SSEvent[int]]:
        return self.events()

    async def events(self) -> AsyncIterator[SSEvent[int]]:
        ticks = _ticks()
        try:
            async for number in ticks:
                yield SSEvent(number, id=number)
        finally:
            await ticks.aclose()  # type: ignore[attr-defined]


class _Lines(JsonLinesController[MsgspecSerializer]):
    async def get(self) -> AsyncIterator[int]:
        return _ticks()


class _State(Controller[MsgspecSerializer]):
    async def get(self) -> dict[str, int]:
        return {'open': len(_open), 'tasks': len(asyncio.all_tasks())}


urlpatterns: Final[list[Any]] = [
    path('events/', _Events.as_view()),
    path('lines/', _Lines.as_view()),
    path('state/', _State.as_view()),
]

#: Served by Django's own handler, and by ours.
application: Final = get_asgi_application()
own_application: Final = asgi.get_asgi_application()
