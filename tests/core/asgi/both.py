"""Run a request under Django's ASGI handler and under ours."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final, NamedTuple, TypeAlias

from django.core.handlers.asgi import ASGIHandler as DjangoASGIHandler

from dmr.asgi import ASGIHandler

Handler: TypeAlias = type[DjangoASGIHandler]
Event: TypeAlias = dict[str, Any]

#: What views did, for the outcome to tell.
log: Final[list[str]] = []


class Outcome(NamedTuple):
    """What can be observed of a request."""

    messages: list[Event]
    error: str | None
    log: list[str]


async def request(
    handler: Handler,
    name: str,
    *,
    body: tuple[bytes, ...] = (b'',),
    headers: tuple[tuple[bytes, bytes], ...] = (),
    leaves_after: int | None = None,
    leaves_while_sending: bool = False,
) -> Outcome:
    """Run one request; the client leaves after that many messages."""
    incoming: list[Event] = [
        {'type': 'http.request', 'body': part, 'more_body': True}
        for part in body
    ]
    incoming[-1]['more_body'] = leaves_while_sending
    messages: list[Event] = []
    gone = asyncio.Event()

    async def receive() -> Event:
        if incoming:
            return incoming.pop(0)
        if leaves_while_sending:
            return {'type': 'http.disconnect'}
        if leaves_after == 0:
            await asyncio.sleep(0.01)
        else:
            await gone.wait()
        return {'type': 'http.disconnect'}

    async def send(message: Event) -> None:
        messages.append(message)
        if leaves_after is not None and len(messages) >= leaves_after > 0:
            gone.set()

    error = await _error_of(
        handler()(_scope(name, headers), receive, send),  # type: ignore[arg-type]  # messages are dictionaries
    )
    return Outcome(messages, error, [*log])


async def _error_of(pending: Awaitable[None]) -> str | None:
    try:
        await asyncio.wait_for(pending, 10)
    except Exception as exc:
        return repr(exc)
    return None


def _scope(
    name: str,
    headers: tuple[tuple[bytes, bytes], ...],
) -> dict[str, Any]:
    return {
        'type': 'http',
        'http_version': '1.1',
        'method': 'POST',
        'scheme': 'http',
        'path': f'/{name}/',
        'query_string': b'a=1',
        'headers': [(b'host', b'testserver'), *headers],
        'client': ('127.0.0.1', 1),
        'server': ('127.0.0.1', 80),
    }


async def both(
    situation: Callable[[Handler], Awaitable[Outcome]],
) -> tuple[Outcome, Outcome]:
    djangos = await situation(DjangoASGIHandler)
    log.clear()
    ours = await situation(ASGIHandler)
    return djangos, ours
