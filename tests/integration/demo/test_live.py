"""What happens in the demo right now: its feed, its stream, its live page."""

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

import pytest
from django.test import Client

from dmr.test import DMRAsyncClient
from library.models import Book, Copy, Member
from library.services import live
from library.services.live import Feed
from tests.integration.demo.api import Api, error


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Feed:
    """Return a feed of its own."""
    feed = Feed()
    for module in ('services.books', 'services.loans', 'controllers.live'):
        monkeypatch.setattr(f'library.{module}.FEED', feed)
    return feed


async def _take(feed: Feed, count: int, seen: int | None = None) -> list[Any]:
    """Return the kind and the title of the first items."""
    async with aclosing(feed.follow(seen)) as items:
        return [
            (item.kind, item.news.title)
            async for item, _ in _zip(items, range(count))
        ]


async def _zip(items: Any, numbers: Any) -> AsyncIterator[Any]:
    for number in numbers:
        yield await anext(items), number


async def test_news_reach_everybody(feed: Feed) -> None:
    """They come in order, from whatever thread."""
    tasks = [asyncio.create_task(_take(feed, 2)) for _ in range(3)]
    await asyncio.sleep(0.01)

    feed.publish('added', 'The Salt Road')
    thread = threading.Thread(target=feed.publish, args=('lent', 'Ferries'))
    thread.start()
    found = await asyncio.gather(*tasks)
    thread.join()

    assert [[('added', 'The Salt Road'), ('lent', 'Ferries')]] * 3 == found


async def test_missed_news_are_there(feed: Feed) -> None:
    """Who comes back gets what happened since, others begin now."""
    first = asyncio.create_task(anext(feed.follow(None)))
    await asyncio.sleep(0.01)
    feed.publish('added', 'One')
    seen = (await first).number
    feed.publish('added', 'Two')

    again = await _take(feed, 1, seen)
    new = asyncio.create_task(_take(feed, 1))
    await asyncio.sleep(0.01)
    feed.publish('added', 'Three')

    assert [('added', 'Two')] == again
    assert [('added', 'Three')] == await new


async def test_slow_listener_is_let_go(feed: Feed) -> None:
    """Nobody keeps more for it than for those who come back."""
    async with aclosing(feed.follow(None)) as items:
        waiting = asyncio.create_task(anext(items))
        await asyncio.sleep(0.01)
        feed.publish('added', 'First')
        await waiting
        for number in range(live._KEPT + 1):
            feed.publish('added', str(number))
        await asyncio.sleep(0.01)

        assert [] == [item async for item in items]


async def test_closed_feed_ends_all_streams(feed: Feed) -> None:
    """Those that wait and those that come later."""
    waiting = asyncio.create_task(anext(feed.follow(None), 'ended'))
    await asyncio.sleep(0.01)

    feed.close()

    assert 'ended' == await waiting
    assert 'ended' == await anext(feed.follow(None), 'ended')


async def test_stream_begins_at_once_and_goes_on(feed: Feed) -> None:
    """A comment shows that it works, then each event has type, id and data."""
    response = await DMRAsyncClient().get('/api/events/')
    parts = aiter(response.streaming_content)
    begin = await anext(parts)
    next_part = asyncio.ensure_future(anext(parts))
    await asyncio.sleep(0.01)

    feed.publish('lent', 'The Salt Road')
    event = (await next_part).decode().split('\r\n')
    feed.close()

    assert begin == b': listening\r\nretry: 2000\r\n\r\n'
    assert event[0].removeprefix('id: ').isdigit()
    assert event[1] == 'event: lent'
    assert event[2].startswith('data: {"title":"The Salt Road","at":"20')
    assert [] == [part async for part in parts]
    assert 'text/event-stream' == response.headers['Content-Type']


@pytest.mark.parametrize('last', ['', 'x', '-1', '٣', '9' * 30, '\0', '1e9'])
async def test_odd_last_event_id_is_none(feed: Feed, last: str) -> None:
    """Whatever a client claims to have seen, the stream begins."""
    feed.publish('added', 'Before')
    response = await DMRAsyncClient().get(
        '/api/events/',
        # As a browser sends it, in UTF-8.
        headers={'Last-Event-ID': last.encode().decode('latin-1')},
    )
    parts = aiter(response.streaming_content)
    begin = await anext(parts)
    feed.close()

    assert b': listening' == begin[:11]
    assert [] == [part async for part in parts]


@pytest.mark.django_db(transaction=True)
def test_changes_are_told(
    api: Api,
    feed: Feed,
    member: Member,
    copy: Copy,
) -> None:
    """A book that is added, lent and returned is news each time."""
    new_book = {
        'title': 'What the Ferry Knows',
        'author': {'name': 'Ebba Nyberg'},
        'genre': 'poetry',
        'published': 2020,
    }

    api.send('POST', 'books/', new_book)
    refused = api.send('POST', 'books/', {**new_book, 'author': 777})
    lent = api.send(
        'POST',
        'loans/',
        {'barcode': copy.barcode, 'member': member.pk},
    )
    api.send('POST', f'loans/{lent.data["id"]}/return/')

    assert refused.status_code in {400, 404}
    assert [
        ('added', 'What the Ferry Knows'),
        ('lent', 'The Salt Road'),
        ('returned', 'The Salt Road'),
    ] == [(item.kind, item.news.title) for item in feed._recent]


def test_suggestions_run_out(api: Api, book: Book) -> None:
    """Five a minute, then the answer says when to come back."""
    answers = [api.get('suggestion/') for _ in range(6)]

    suggestion = {
        'book': book.pk,
        'title': 'The Salt Road',
        'author': 'Ines Okafor',
    }
    assert [200] * 5 + [429] == [one.status_code for one in answers]
    assert [suggestion] * 5 == [one.data for one in answers[:5]]
    assert answers[5].data == error('Too many requests', 'ratelimit')
    assert 0 < int(answers[5].headers['Retry-After']) <= 60
    assert '5;w=60;name="RemoteAddr"' == answers[5].headers['RateLimit-Policy']


def test_empty_library_suggests_nothing(api: Api) -> None:
    """There is no book to suggest."""
    answer = api.get('suggestion/')

    assert 404 == answer.status_code
    assert answer.data == error('There are no books', 'not_found')


def test_live_page_allows_nothing_but_its_own() -> None:
    """Its policy forbids inline code, and there is none."""
    response = Client().get('/live/')
    page = response.content.decode()

    policy = response.headers['Content-Security-Policy']
    assert policy.startswith("default-src 'none'; script-src 'self'; ")
    assert 'unsafe' not in policy
    assert '<style' not in page
    assert '<script src=' in page
    assert 1 == page.count('<script')
    assert 'data-url="/api/events/"' in page
