"""Compare the cost per event with that of a bare ``StreamingHttpResponse``.

Both send the same bytes through Django's own ``send_response``. Run it with
``python -m bench.streaming.run``; only ratios of one run mean anything.

``ready``: the producer never waits. ``woken``: it waits for a future before
each event, which another callback of the loop completes.
"""

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import django
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.http import StreamingHttpResponse

from dmr.plugins.msgspec import MsgspecJsonRenderer, MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.streaming.sse import SSEController, SSEvent
from dmr.test import DMRAsyncRequestFactory

EVENTS = 20_000

Wait = Callable[[], Awaitable[None]]


async def ready() -> None:
    """Wait for nothing."""


async def woken() -> None:
    """Wait for the next turn of the loop."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon(future.set_result, None)
    await future


async def bare_events(wait: Wait) -> AsyncIterator[bytes]:
    renderer = MsgspecJsonRenderer()
    for number in range(EVENTS):
        await wait()
        payload = renderer.render({'number': number, 'text': 'event'}, str)
        yield b'id: %d\r\nevent: tick\r\ndata: %b\r\n\r\n' % (number, payload)


async def our_events(wait: Wait) -> AsyncIterator[SSEvent[dict[str, Any]]]:
    for number in range(EVENTS):
        await wait()
        yield SSEvent(
            {'number': number, 'text': 'event'},
            event='tick',
            id=number,
        )


def controllers(serializer: Any, *, validate: bool) -> dict[str, Any]:
    class _Controller(SSEController[serializer]):
        validate_events = validate

    made: dict[str, Any] = {}
    for wait in (ready, woken):

        class _Ticks(_Controller):
            chosen = staticmethod(wait)

            async def get(self) -> AsyncIterator[SSEvent[dict[str, int | str]]]:
                return our_events(self.chosen)

        made[wait.__name__] = _Ticks.as_view()
    return made


async def seconds_of(response: Any) -> float:
    sent = 0

    async def send(message: dict[str, Any]) -> None:
        nonlocal sent
        sent += 1

    handler = ASGIHandler.__new__(ASGIHandler)
    begun = time.perf_counter()
    await handler.send_response(response, send)
    elapsed = time.perf_counter() - begun
    assert sent == EVENTS + 2, sent
    return elapsed


async def main(rounds: int) -> None:
    rf = DMRAsyncRequestFactory()
    views = {
        'dmr, msgspec': controllers(MsgspecSerializer, validate=False),
        'dmr, msgspec, validated': controllers(
            MsgspecSerializer, validate=True
        ),
        'dmr, pydantic, validated': controllers(
            PydanticSerializer, validate=True
        ),
    }
    for wait in (ready, woken):
        results: dict[str, list[float]] = {}
        for _ in range(rounds):
            bare = StreamingHttpResponse(bare_events(wait))
            results.setdefault('bare', []).append(await seconds_of(bare))
            for name, made in views.items():
                response = await made[wait.__name__](rf.get('/'))
                results.setdefault(name, []).append(await seconds_of(response))
        floor = statistics.median(results['bare'])
        for name, seconds in results.items():
            median = statistics.median(seconds)
            sys.stdout.write(
                f'{wait.__name__:6} {name:26} '
                f'{median / EVENTS * 1e6:6.2f} µs  {median / floor:5.2f}\n',
            )


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--rounds', type=int, default=7)
    settings.configure(INSTALLED_APPS=['dmr'])
    django.setup()
    asyncio.run(main(parser.parse_args().rounds))
