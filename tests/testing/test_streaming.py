"""Events of streams are read as clients read them."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.urls import path

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.streaming.jsonl import JsonLinesController
from dmr.streaming.sse import SSEController, SSEvent
from dmr.test import (
    DMRAsyncClient,
    DMRClient,
    ReceivedEvent,
    open_json_lines,
    open_sse,
    read_json_lines,
    read_json_lines_async,
    read_sse,
    read_sse_async,
)

#: Numbers that producers have cleaned up after.
_closed: list[int] = []

#: Sent by tests, received by the stream of news.
_news: list[str] = []


class _Events(SSEController[PydanticSerializer]):
    streaming_ping_seconds = 0.01

    async def get(self) -> AsyncIterator[SSEvent[list[int]]]:
        return self.events()

    async def events(self) -> AsyncIterator[SSEvent[list[int]]]:
        yield SSEvent([1], event='first', id='a', retry=5)
        await asyncio.sleep(0.03)
        yield SSEvent([2], comment='two')


class _Endless(SSEController[PydanticSerializer]):
    async def get(self) -> AsyncIterator[SSEvent[int]]:
        return self.events()

    async def events(self) -> AsyncIterator[SSEvent[int]]:
        number = 0
        try:
            while True:
                number += 1
                yield SSEvent(number)
        finally:
            _closed.append(number)


class _News(SSEController[PydanticSerializer]):
    async def get(self) -> AsyncIterator[SSEvent[str]]:
        return self.events()

    async def events(self) -> AsyncIterator[SSEvent[str]]:
        while True:
            while not _news:
                await asyncio.sleep(0.001)
            yield SSEvent(_news.pop())


class _Lines(JsonLinesController[PydanticSerializer]):
    async def get(self) -> AsyncIterator[Any]:
        return self.lines()

    async def lines(self) -> AsyncIterator[Any]:
        yield {'text': 'a\nb'}
        yield None


class _SyncLines(JsonLinesController[PydanticSerializer]):
    def get(self) -> Iterator[int]:
        return self.lines()

    def lines(self) -> Iterator[int]:
        number = 0
        try:
            while True:
                number += 1
                yield number
        finally:
            _closed.append(number)


class _Plain(Controller[PydanticSerializer]):
    def get(self) -> str:
        return 'no stream'


urlpatterns = [
    path('events/', _Events.as_view()),
    path('endless/', _Endless.as_view()),
    path('news/', _News.as_view()),
    path('lines/', _Lines.as_view()),
    path('sync/', _SyncLines.as_view()),
    path('plain/', _Plain.as_view()),
]

pytestmark = pytest.mark.urls(__name__)

_EVENTS = [
    ReceivedEvent(data='[1]', event='first', id='a', retry=5),
    ReceivedEvent(data='[2]', comments=('two',)),
]


@pytest.fixture(autouse=True)
def _nothing_closed() -> None:
    _closed.clear()


async def test_all_events_are_read() -> None:
    """With everything that they have; pings are left out."""
    response = await DMRAsyncClient().get('/events/')

    events = await read_sse_async(response)

    assert _EVENTS == events
    assert [[1], [2]] == [event.json() for event in events]


async def test_pings_are_read_when_asked_for() -> None:
    """Browsers never see them."""
    response = await DMRAsyncClient().get('/events/')

    events = await read_sse_async(response, comments=True)

    pings = [event for event in events if event.is_comment]
    assert ReceivedEvent(comments=('ping',)) == pings[0]
    assert _EVENTS == [event for event in events if not event.is_comment]


def test_events_are_read_in_sync_tests() -> None:
    """Also those of asynchronous producers."""
    assert _EVENTS == read_sse(DMRClient().get('/events/'))


async def test_endless_stream_is_closed_after_the_limit() -> None:
    """As if the client had gone away."""
    response = await DMRAsyncClient().get('/endless/')

    events = await read_sse_async(response, limit=3)

    assert ['1', '2', '3'] == [event.data for event in events]
    assert [3] == _closed


def test_endless_stream_is_closed_after_the_limit_in_sync_tests() -> None:
    """As if the client had gone away."""
    events = read_sse(DMRClient().get('/endless/'), limit=3)

    assert ['1', '2', '3'] == [event.data for event in events]
    assert [3] == _closed


def test_sync_producer_is_closed_after_the_limit() -> None:
    """As if the client had gone away."""
    assert [1, 2] == read_json_lines(DMRClient().get('/sync/'), limit=2)
    assert [2] == _closed


async def test_json_lines_are_read() -> None:
    """Each line is one item."""
    response = await DMRAsyncClient().get('/lines/')

    assert [{'text': 'a\nb'}, None] == await read_json_lines_async(response)


def test_json_lines_are_read_in_sync_tests() -> None:
    """Each line is one item."""
    response = DMRClient().get('/lines/')

    assert [{'text': 'a\nb'}, None] == read_json_lines(response)


async def test_events_are_read_one_by_one() -> None:
    """A test can make the next event happen in between."""
    response = await DMRAsyncClient().get('/news/')

    async with open_sse(response) as events:
        _news.append('one')
        first = await anext(events)
        _news.append('two')
        second = await anext(events)

    assert ('"one"', '"two"') == (first.data, second.data)


async def test_lines_are_read_one_by_one() -> None:
    """The same for JSON Lines."""
    response = await DMRAsyncClient().get('/lines/')

    async with open_json_lines(response) as lines:
        found = [line async for line in lines]

    assert [{'text': 'a\nb'}, None] == found


async def test_silence_is_an_error() -> None:
    """Nobody waits for ever for the next event."""
    response = await DMRAsyncClient().get('/news/')

    with pytest.raises(TimeoutError, match=r'within 0.01 seconds'):
        async with open_sse(response, timeout_seconds=0.01) as events:
            await anext(events)


async def test_too_few_events_in_time_are_an_error() -> None:
    """The message has those that came."""
    response = await DMRAsyncClient().get('/news/')
    _news.append('one')

    with pytest.raises(TimeoutError, match=r'for 2 of them, but only 1 .*one'):
        await read_sse_async(response, limit=2, timeout_seconds=0.05)


async def test_stream_without_end_needs_a_limit() -> None:
    """Otherwise the time is over before it has been read."""
    response = await DMRAsyncClient().get('/endless/')

    with pytest.raises(TimeoutError, match='the end of all events'):
        await read_sse_async(response, timeout_seconds=0.05)


@pytest.mark.parametrize('url', ['/endless/', '/sync/'])
def test_sync_tests_do_not_wait_for_ever_either(url: str) -> None:
    """The time is looked at between events."""
    response = DMRClient().get(url)

    read: Any = read_json_lines if url == '/sync/' else read_sse

    with pytest.raises(TimeoutError, match='the end of all events'):
        read(response, timeout_seconds=0.05)


async def test_plain_responses_are_no_streams() -> None:
    """The error shows what was answered instead."""
    response = await DMRAsyncClient().get('/plain/')

    with pytest.raises(AssertionError, match='200 is no stream: "no stream"'):
        await read_sse_async(response)


@pytest.mark.parametrize('size', [1, 2, 3, 1000])
@pytest.mark.parametrize('end', [b'\n', b'\r\n', b'\r'])
def test_events_are_found_wherever_parts_are_cut(end: bytes, size: int) -> None:
    """Servers cut streams as they like, lines can end in three ways."""
    lines = b'data: a|data:b||: hi||:|data|id: 1|retry: 7||event: e||'
    sent = lines.replace(b'|', end)
    response = StreamingHttpResponse(
        [sent[start : start + size] for start in range(0, len(sent), size)],
    )

    expected = [
        ReceivedEvent(data='a\nb'),
        ReceivedEvent(comments=('hi',)),
        ReceivedEvent(data='', id='1', retry=7, comments=('',)),
        ReceivedEvent(event='e'),
    ]
    assert expected == read_sse(response, comments=True)


def test_event_without_data_has_no_json() -> None:
    """The error shows the event."""
    with pytest.raises(ValueError, match=r"event='e'.* has no data"):
        ReceivedEvent(event='e').json()


def test_limit_of_nothing_reads_nothing() -> None:
    """The stream is closed at once."""
    response = StreamingHttpResponse([b'1\n'])

    assert [] == read_json_lines(response, limit=0)
