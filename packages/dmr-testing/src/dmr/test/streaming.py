"""Read streams in tests, and never wait for ever.

Events are read as clients read them: from the bytes that were sent. Streams
are closed afterwards, as they are when a client goes away.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final, cast

from django.http import HttpResponseBase, StreamingHttpResponse

from dmr.streaming.wsgi import iterate_in_thread
from dmr.test._decoding import Feed, json_lines_feed, sse_feed
from dmr.test._decoding import ReceivedEvent as ReceivedEvent
from dmr.test._showing import shown

_SECONDS: Final = 5.0
_END: Final = object()

#: Events that a message shows.
_SHOWN: Final = 5


def read_sse(
    response: HttpResponseBase,
    *,
    limit: int | None = None,
    timeout_seconds: float = _SECONDS,
    comments: bool = False,
) -> list[ReceivedEvent]:
    """Return the server-sent events of *response*, at most *limit*.

    Comments, such as pings, are left out unless asked for. The time is looked
    at between events of synchronous producers.

    Raises:
        AssertionError: *response* is no stream.
        TimeoutError: the stream has not ended in time, nor reached *limit*.
    """
    feed = sse_feed(comments=comments)
    return _read(response, feed, limit, timeout_seconds)


async def read_sse_async(
    response: HttpResponseBase,
    *,
    limit: int | None = None,
    timeout_seconds: float = _SECONDS,
    comments: bool = False,
) -> list[ReceivedEvent]:
    """Return the server-sent events of *response*, at most *limit*.

    Comments, such as pings, are left out unless asked for.

    Raises:
        AssertionError: *response* is no stream.
        TimeoutError: the stream has not ended in time, nor reached *limit*.
    """
    feed = sse_feed(comments=comments)
    return await _read_async(response, feed, limit, timeout_seconds)


def read_json_lines(
    response: HttpResponseBase,
    *,
    limit: int | None = None,
    timeout_seconds: float = _SECONDS,
) -> list[Any]:
    """Return the items of *response*, which has JSON Lines, at most *limit*.

    The time is looked at between items of synchronous producers.

    Raises:
        AssertionError: *response* is no stream.
        TimeoutError: the stream has not ended in time, nor reached *limit*.
    """
    return _read(response, json_lines_feed(), limit, timeout_seconds)


async def read_json_lines_async(
    response: HttpResponseBase,
    *,
    limit: int | None = None,
    timeout_seconds: float = _SECONDS,
) -> list[Any]:
    """Return the items of *response*, which has JSON Lines, at most *limit*.

    Raises:
        AssertionError: *response* is no stream.
        TimeoutError: the stream has not ended in time, nor reached *limit*.
    """
    feed = json_lines_feed()
    return await _read_async(response, feed, limit, timeout_seconds)


def open_sse(
    response: HttpResponseBase,
    *,
    timeout_seconds: float = _SECONDS,
    comments: bool = False,
) -> AbstractAsyncContextManager[AsyncIterator[ReceivedEvent]]:
    """Read server-sent events one by one, and do other things between them.

    Each event must come within *timeout_seconds*:

    .. code-block:: python

        async with open_sse(response) as events:
            await publish('news')
            event = await anext(events)

    Raises:
        AssertionError: *response* is no stream.
        TimeoutError: there is no event in time.
    """
    return _opened(response, sse_feed(comments=comments), timeout_seconds)


def open_json_lines(
    response: HttpResponseBase,
    *,
    timeout_seconds: float = _SECONDS,
) -> AbstractAsyncContextManager[AsyncIterator[Any]]:
    """Read JSON Lines one by one, see `open_sse`.

    Raises:
        AssertionError: *response* is no stream.
        TimeoutError: there is no item in time.
    """
    return _opened(response, json_lines_feed(), timeout_seconds)


@asynccontextmanager
async def _opened(
    response: HttpResponseBase,
    feed: Feed,
    timeout_seconds: float | None,
) -> AsyncGenerator[AsyncIterator[Any]]:
    stream = _require_stream(response)
    content = aiter(stream)
    closable: tuple[Any, ...] = (content, stream.streaming_content)
    events = _decoded(content, feed, timeout_seconds)
    try:
        yield events
    finally:
        await events.aclose()
        for one in closable:
            if hasattr(one, 'aclose'):
                await one.aclose()


async def _decoded(
    content: AsyncIterator[bytes],
    feed: Feed,
    timeout_seconds: float | None,
) -> AsyncGenerator[Any]:
    ready: deque[Any] = deque()
    while True:
        limit = asyncio.timeout(timeout_seconds)
        try:
            async with limit:
                while not ready:
                    part = await anext(content, _END)
                    if part is _END:
                        return
                    ready.extend(feed(cast('bytes', part)))
        except TimeoutError as exc:
            if not limit.expired():
                raise
            raise TimeoutError(
                f'Nothing came within {timeout_seconds} seconds.',
            ) from exc
        yield ready.popleft()


async def _read_async(
    response: HttpResponseBase,
    feed: Feed,
    limit: int | None,
    timeout_seconds: float,
) -> list[Any]:
    found: list[Any] = []
    timer = asyncio.timeout(timeout_seconds)
    deadline = time.monotonic() + timeout_seconds
    async with _opened(response, feed, None) as events:
        try:
            async with timer:
                while limit is None or len(found) < limit:
                    found.append(await anext(events))
                    # Producers that never wait leave no time for timers.
                    if time.monotonic() >= deadline:
                        raise _too_late(found, limit, timeout_seconds)
        except StopAsyncIteration:
            pass
        except TimeoutError as exc:
            if not timer.expired():
                raise
            raise _too_late(found, limit, timeout_seconds) from exc
    return found


def _read(
    response: HttpResponseBase,
    feed: Feed,
    limit: int | None,
    timeout_seconds: float,
) -> list[Any]:
    stream = _require_stream(response)
    content = _sync_content(stream, timeout_seconds)
    closable: tuple[Any, ...] = (content, stream.streaming_content)
    deadline = time.monotonic() + timeout_seconds
    found: list[Any] = []
    try:
        while limit is None or len(found) < limit:
            part = next(content, None)
            if time.monotonic() >= deadline:
                raise _too_late(found, limit, timeout_seconds)
            if part is None:
                break
            found += feed(part)
    finally:
        for one in closable:
            if hasattr(one, 'close'):
                one.close()
    return found[:limit]


def _sync_content(
    stream: StreamingHttpResponse,
    timeout_seconds: float,
) -> Iterator[bytes]:
    if stream.is_async:
        return iterate_in_thread(aiter(stream), timeout_seconds)
    return iter(stream)


def _require_stream(response: HttpResponseBase) -> StreamingHttpResponse:
    __tracebackhide__ = True
    if isinstance(response, StreamingHttpResponse):
        return response
    raise AssertionError(
        f'Response {response.status_code} is no stream: {shown(response)}',
    )


def _too_late(
    found: list[Any],
    limit: int | None,
    timeout_seconds: float,
) -> TimeoutError:
    wanted = 'the end of all events' if limit is None else f'{limit} of them'
    return TimeoutError(
        f'Waited {timeout_seconds} seconds for {wanted}, but only '
        f'{len(found)} came, the last are: {found[-_SHOWN:]!r}',
    )
