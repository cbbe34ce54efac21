"""Streaming responses, between servers and middleware."""

import asyncio
import secrets
import threading
import time
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import aclosing
from http import HTTPStatus
from typing import Any, Final

import pytest
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import StreamingHttpResponse
from django.middleware.gzip import GZipMiddleware
from django.test import AsyncClient, override_settings
from django.urls import path

from dmr.plugins.msgspec import MsgspecSerializer
from dmr.streaming import StreamingResponse
from dmr.streaming.jsonl import JsonLinesController
from dmr.streaming.sse import SSEController, SSEvent
from dmr.test import DMRAsyncRequestFactory, DMRRequestFactory

_RF: Final = DMRAsyncRequestFactory()
_LIMIT: Final = 1.0

_log: Final[list[str]] = []

urlpatterns: Final[list[Any]] = []


async def _endless() -> AsyncIterator[SSEvent[int]]:
    try:
        for number in range(10**9):
            yield SSEvent(number)
            await asyncio.sleep(0.01 if number else 0)
    finally:
        _log.append('closed')


async def _two() -> AsyncIterator[SSEvent[int]]:
    try:
        yield SSEvent(1)
        yield SSEvent(2)
    finally:
        _log.append('closed')


class _Two(SSEController[MsgspecSerializer]):
    async def get(self) -> AsyncIterator[SSEvent[int]]:
        return _two()


class _Endless(SSEController[MsgspecSerializer]):
    streaming_ping_seconds = 0.002

    async def get(self) -> AsyncIterator[SSEvent[int]]:
        return _endless()


class _Lines(JsonLinesController[MsgspecSerializer]):
    async def get(self) -> AsyncIterator[int]:
        return self.lines()

    async def lines(self) -> AsyncIterator[int]:
        yield 1


urlpatterns += [
    path('two/', _Two.as_view()),
    path('endless/', _Endless.as_view()),
]


@pytest.fixture(autouse=True)
def log() -> Iterator[list[str]]:
    """Return what happened to producers, empty at first."""
    _log.clear()
    yield _log
    _log.clear()


async def _response(controller: Any = _Two, **headers: str) -> Any:
    return await controller.as_view()(_RF.get('/', headers=headers))


async def test_response_is_one_of_django(log: list[str]) -> None:
    """Whoever asks for streams finds one."""
    response = await _response()

    assert isinstance(response, StreamingResponse)
    assert isinstance(response, StreamingHttpResponse)
    assert (response.streaming, response.is_async) == (True, True)


async def test_end_of_the_stream_closes_everything(log: list[str]) -> None:
    """The response says so."""
    response = await _response()

    parts = [part async for part in response]

    assert parts == [b'data: 1\r\n\r\n', b'data: 2\r\n\r\n']
    assert log == ['closed']
    assert response.closed
    assert [part async for part in response] == []


async def test_streaming_content_can_be_read(log: list[str]) -> None:
    """As of any streaming response of Django."""
    response = await _response()

    parts = [part async for part in response.streaming_content]

    assert parts == [b'data: 1\r\n\r\n', b'data: 2\r\n\r\n']


async def test_server_that_stops_closes_the_producer(log: list[str]) -> None:
    """Between two events."""
    response = await _response(_Endless)

    async with aclosing(aiter(response)) as content:
        assert await anext(content) == b'data: 0\r\n\r\n'

    assert log == ['closed']
    assert response.closed


async def test_server_that_stops_after_a_ping_closes_the_producer(
    log: list[str],
) -> None:
    """The producer waits for its next event then."""
    response = await _response(_Endless)

    async with aclosing(aiter(response)) as content:
        async for part in content:
            if part == b': ping\r\n\r\n':
                break

    assert log == ['closed']


class _Noise(JsonLinesController[MsgspecSerializer]):
    async def get(self) -> AsyncIterator[str]:
        return self.noise()

    async def noise(self) -> AsyncIterator[str]:
        try:
            while True:
                # Compressors keep back what is short or regular.
                yield secrets.token_hex(100_000)
        finally:
            _log.append('closed')


async def test_compressed_stream_is_closed(log: list[str]) -> None:
    """Middleware wraps the content, and does not close it."""
    request = _RF.get('/', headers={'Accept-Encoding': 'gzip'})
    middleware = GZipMiddleware(lambda _: None)  # type: ignore[arg-type]
    response: Any = middleware.process_response(
        request,
        await _Noise.as_view()(request),
    )
    reader = zlib.decompressobj(wbits=31)
    text = b''

    async with aclosing(aiter(response)) as content:
        while not text:
            text = reader.decompress(await anext(content))

    assert text.startswith(b'"')
    assert response.headers['Content-Encoding'] == 'gzip'
    assert log == ['closed']


@override_settings(ROOT_URLCONF=__name__)
async def test_async_client_reads_a_stream(log: list[str]) -> None:
    """That of Django, which replaces the content."""
    response: Any = await AsyncClient().get('/two/')

    parts = [part async for part in response.streaming_content]

    assert parts == [b'data: 1\r\n\r\n', b'data: 2\r\n\r\n']
    assert log == ['closed']


@override_settings(ROOT_URLCONF=__name__)
async def test_async_client_that_stops_closes_the_producer(
    log: list[str],
) -> None:
    """Soon, and no task is left."""
    response: Any = await AsyncClient().get('/endless/')

    async with aclosing(response.streaming_content) as content:
        await anext(content)

    async with asyncio.timeout(_LIMIT):
        while log != ['closed'] or len(asyncio.all_tasks()) > 1:
            await asyncio.sleep(0)


async def test_stream_that_never_began_is_closed() -> None:
    """Iterators with resources are told."""

    class _Resource(AsyncIterator[SSEvent[int]]):
        closed = False

        async def __anext__(self) -> SSEvent[int]:
            return SSEvent(1)

        async def aclose(self) -> None:
            await asyncio.sleep(0)
            self.closed = True

    resource = _Resource()

    class _Events(SSEController[MsgspecSerializer]):
        async def get(self) -> AsyncIterator[SSEvent[int]]:
            return resource

    response = await _response(_Events)

    await sync_to_async(response.close)()

    assert resource.closed
    assert response.closed


def _disconnect_after(
    parts: int,
) -> tuple[Callable[..., Awaitable[Any]], Callable[..., Awaitable[None]]]:
    """Return the two ends of a client that goes away after some parts."""
    gone = asyncio.Event()
    asked = False
    left = parts

    async def receive() -> dict[str, Any]:
        nonlocal asked
        if not asked:
            asked = True
            return {'type': 'http.request', 'body': b'', 'more_body': False}
        await gone.wait()
        return {'type': 'http.disconnect'}

    async def send(message: dict[str, Any]) -> None:
        nonlocal left
        if message.get('body'):
            left -= 1
        if not left:
            gone.set()

    return receive, send


@override_settings(ROOT_URLCONF=__name__)
@pytest.mark.parametrize('parts', [1, 2, 3])
async def test_disconnect_closes_the_producer(
    log: list[str],
    parts: int,
) -> None:
    """Django cancels the request, nothing of the stream survives."""
    receive, send = _disconnect_after(parts)
    scope = _RF._base_scope(path='/endless/', method='GET')
    begun = time.monotonic()

    await ASGIHandler()(scope, receive, send)

    assert log == ['closed']
    assert time.monotonic() - begun < _LIMIT
    assert len(asyncio.all_tasks()) == 1


async def test_sync_iterator_is_served_by_an_event_loop() -> None:
    """Each item is fetched in a thread, the loop goes on meanwhile."""
    closed: list[str] = []

    def lines() -> Iterator[int]:
        try:
            for number in range(3):
                time.sleep(0.01)
                assert threading.current_thread() is not threading.main_thread()
                yield number
        finally:
            closed.append('closed')

    class _Sync(JsonLinesController[MsgspecSerializer]):
        streaming_ping_seconds = 0.005

        def get(self) -> Iterator[int]:
            return lines()

    response: Any = await sync_to_async(_Sync.as_view())(_RF.get('/'))

    parts = [part async for part in response]

    assert parts == [b'0\n', b'1\n', b'2\n']
    assert closed == ['closed']


async def test_busy_sync_iterator_is_closed_when_it_can_be() -> None:
    """A thread cannot be interrupted, but it tidies up behind itself."""
    closed = threading.Event()

    def lines() -> Iterator[int]:
        try:
            while True:
                yield 1
                time.sleep(0.2)
        finally:
            closed.set()

    class _Sync(JsonLinesController[MsgspecSerializer]):
        def get(self) -> Iterator[int]:
            return lines()

    response: Any = await sync_to_async(_Sync.as_view())(_RF.get('/'))

    async def consume() -> None:
        async for _part in response:
            pass

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(consume(), 0.05)

    assert await sync_to_async(closed.wait)(_LIMIT)


class _ThreadLines(JsonLinesController[MsgspecSerializer]):
    def get(self) -> Iterator[int | str]:
        return self.lines()

    def lines(self) -> Iterator[Any]:
        try:
            yield 1
            yield b''
            yield 2
        finally:
            _log.append('closed')


def test_sync_iterator_is_served_by_a_thread(log: list[str]) -> None:
    """With validation, as everywhere."""
    response: Any = _ThreadLines.as_view()(DMRRequestFactory().get('/'))

    first, error, last = response

    assert (first, last) == (b'1\n', b'2\n')
    assert b'value_error' in error
    assert log == ['closed']


def test_server_with_threads_closes_the_iterator(log: list[str]) -> None:
    """It calls `close`, wherever the iterator is."""
    response: Any = _ThreadLines.as_view()(DMRRequestFactory().get('/'))
    next(iter(response))

    response.close()

    assert log == ['closed']


def test_async_events_need_an_event_loop() -> None:
    """Django's test client learns it when it iterates."""
    response: Any = _Two.as_view()(DMRRequestFactory().get('/'))
    response = asyncio.run(_awaited(response))

    assert response.status_code == HTTPStatus.OK
    with pytest.raises(RuntimeError, match='ASGI'):
        iter(response)


@override_settings(DEBUG=True)
def test_debug_mode_makes_an_event_loop(log: list[str]) -> None:
    """So that ``runserver`` can be used."""
    response = asyncio.run(
        _awaited(_Two.as_view()(DMRRequestFactory().get('/')))
    )

    assert [*response] == [b'data: 1\r\n\r\n', b'data: 2\r\n\r\n']
    assert 'Connection' not in response.headers
    assert log == ['closed']


def test_wsgi_server_is_refused_before_the_stream(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The client gets an error instead of a stream that breaks."""
    request = DMRRequestFactory(SERVER_SOFTWARE='gunicorn').get('/')

    response = asyncio.run(_awaited(_Two.as_view()(request)))

    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert 'streaming_wsgi_seconds' in caplog.text


def test_stream_of_a_wsgi_server_is_bounded(log: list[str]) -> None:
    """It occupies a thread only as long as it may."""

    class _Bounded(_Endless):
        streaming_wsgi_seconds = 0.05

    request = DMRRequestFactory(SERVER_SOFTWARE='gunicorn').get('/')
    response = asyncio.run(_awaited(_Bounded.as_view()(request)))
    begun = time.monotonic()

    parts = [*response]
    response.close()

    assert time.monotonic() - begun < _LIMIT
    assert parts[0] == b'data: 0\r\n\r\n'
    assert b': ping\r\n\r\n' in parts
    assert log == ['closed']
    assert 'Connection' not in response.headers


def test_wsgi_server_that_stops_closes_the_producer(log: list[str]) -> None:
    """In the event loop in which it is suspended."""

    class _Bounded(_Endless):
        streaming_wsgi_seconds = 30

    request = DMRRequestFactory(SERVER_SOFTWARE='gunicorn').get('/')
    response = asyncio.run(_awaited(_Bounded.as_view()(request)))
    next(iter(response))

    response.close()

    assert log == ['closed']


async def _awaited(pending: Any) -> Any:
    return await pending
