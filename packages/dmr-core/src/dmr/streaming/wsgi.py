"""Serve streams with threads, as WSGI servers do.

A stream occupies a thread of the server for as long as it lasts, so it can be
given a limit; without one async iterators are refused in production.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Generator, Iterator
from typing import Any, Final

from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest

#: What servers write into the environment, and test clients do not.
_SERVER_KEYS: Final = ('SERVER_SOFTWARE', 'uwsgi.version', 'mod_wsgi.version')

_END: Final = object()


def is_wsgi_server(request: HttpRequest) -> bool:
    """Tell whether *request* came from a real WSGI server."""
    return isinstance(request, WSGIRequest) and any(
        key in request.META for key in _SERVER_KEYS
    )


def iterate_until(
    content: Iterator[bytes],
    seconds: float | None,
) -> Iterator[bytes]:
    """Give what is in *content*, but not for longer than *seconds*.

    The limit is looked at between two events.
    """
    if seconds is None:
        yield from content
        return
    deadline = time.monotonic() + seconds
    for part in content:
        yield part
        if time.monotonic() >= deadline:
            return


def iterate_in_thread(
    content: AsyncIterator[bytes],
    seconds: float | None,
) -> Generator[bytes]:
    """Give what is in *content*, but not for longer than *seconds*.

    It has an event loop of its own, which runs while the next event is
    awaited.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    with asyncio.Runner() as runner:
        try:
            while True:
                part = runner.run(_next_before(content, deadline))
                if part is _END:
                    return
                yield part
        finally:
            # All content of ours has this method.
            close: Any = getattr(content, 'aclose')  # noqa: B009
            runner.run(close())


async def _next_before(
    content: AsyncIterator[bytes],
    deadline: float | None,
) -> Any:
    remaining = None if deadline is None else deadline - time.monotonic()
    limit = asyncio.timeout(remaining)
    try:
        async with limit:
            return await anext(content, _END)
    except TimeoutError:
        if not limit.expired():
            raise
        return _END
