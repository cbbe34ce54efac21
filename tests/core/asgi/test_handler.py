"""Our ASGI handler does what Django's does, seen from all sides.

Every situation runs under both handlers. What the server, the receivers of
signals and the views see must be the same.
"""

import asyncio
import io
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final

import pytest
from asgiref.sync import sync_to_async
from django.core import signals
from django.core.cache import caches
from django.db import connection
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.test import override_settings
from django.urls import path

from dmr.asgi import ASGIHandler, get_asgi_application
from tests.core.asgi.both import Handler, Outcome, both, log, request


async def _plain(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(request.body, content_type='text/plain')
    response.set_cookie('a', '1')
    return response


async def _waiting(request: HttpRequest) -> HttpResponse:
    await asyncio.sleep(0.001)
    async with asyncio.timeout(1):
        await asyncio.sleep(0)
    return HttpResponse(b'waited')


def _sync(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute('SELECT 1')
    return HttpResponse(b'sync')


async def _mixed(request: HttpRequest) -> HttpResponse:
    return await sync_to_async(_sync)(request)


async def _broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError('broken')


async def _forever(request: HttpRequest) -> HttpResponse:
    log.append('started')
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        log.append('cancelled')
        raise
    finally:
        log.append('cleaned up')
    return HttpResponse()


async def _stubborn(request: HttpRequest) -> HttpResponse:
    try:
        await asyncio.sleep(60)
    except asyncio.CancelledError:
        log.append('goes on')
    return HttpResponse(b'too late')


async def _stream(request: HttpRequest) -> HttpResponseBase:
    async def parts() -> AsyncIterator[bytes]:
        try:
            yield b'one'
            await asyncio.sleep(0)
            yield b'two'
        finally:
            log.append('stream closed')

    return StreamingHttpResponse(parts())


async def _endless(request: HttpRequest) -> HttpResponseBase:
    async def parts() -> AsyncIterator[bytes]:
        try:
            while True:
                yield b'part'
                await asyncio.sleep(0.001)
        finally:
            log.append('stream closed')

    return StreamingHttpResponse(parts())


async def _file(request: HttpRequest) -> HttpResponseBase:
    return FileResponse(io.BytesIO(b'x' * 100_000), filename='a.bin')


async def _cached(request: HttpRequest) -> HttpResponse:
    await caches['default'].aset('a', 1)
    return HttpResponse(str(await caches['default'].aget('a')))


async def _long(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b'y' * 200_000)


urlpatterns = [
    path(f'{view.__name__.lstrip("_")}/', view)
    for view in (
        _plain,
        _waiting,
        _sync,
        _mixed,
        _broken,
        _forever,
        _stubborn,
        _stream,
        _endless,
        _file,
        _cached,
        _long,
    )
]

pytestmark = [
    # Django warns that a file is read without `await`, under both handlers.
    pytest.mark.filterwarnings('ignore:StreamingHttpResponse must consume'),
    pytest.mark.urls(__name__),
    pytest.mark.django_db(transaction=True),
]


_MIDDLEWARE: Final = [
    'django.contrib.sessions.middleware.SessionMiddleware',
    'django.middleware.common.CommonMiddleware',
    'django.contrib.auth.middleware.AuthenticationMiddleware',
]


@pytest.fixture(autouse=True)
def _bare_project() -> Iterator[None]:
    log.clear()
    with override_settings(MIDDLEWARE=[]):
        yield
    log.clear()


@pytest.mark.parametrize(
    ('name', 'expected'),
    [
        ('plain', b'hello'),
        ('waiting', b'waited'),
        ('sync', b'sync'),
        ('mixed', b'sync'),
        ('stream', b'onetwo'),
        ('cached', b'1'),
        ('file', b'x' * 100_000),
        ('long', b'y' * 200_000),
    ],
)
@pytest.mark.parametrize('middleware', [[], _MIDDLEWARE])
async def test_answers_are_the_same(
    name: str,
    expected: bytes,
    middleware: list[str],
) -> None:
    """Messages to the server are equal, one by one."""

    async def situation(handler: Handler) -> Outcome:
        return await request(
            handler,
            name,
            body=(b'he', b'llo'),
            headers=((b'content-length', b'5'),),
        )

    with override_settings(MIDDLEWARE=middleware):
        djangos, ours = await both(situation)

    assert djangos == ours
    assert expected == b''.join(one.get('body', b'') for one in ours.messages)


@pytest.mark.parametrize('debug', [False, True])
async def test_errors_are_the_same(*, debug: bool) -> None:
    """A fault of a view becomes Django's 500 page."""

    async def situation(handler: Handler) -> Outcome:
        return await request(handler, 'broken')

    with override_settings(DEBUG=debug, DEBUG_PROPAGATE_EXCEPTIONS=False):
        djangos, ours = await both(situation)

    assert 500 == ours.messages[0]['status'] == djangos.messages[0]['status']
    assert djangos.error == ours.error
    if not debug:
        assert djangos == ours


async def test_unknown_paths_are_the_same() -> None:
    """Nothing is found under either handler."""

    async def situation(handler: Handler) -> Outcome:
        return await request(handler, 'missing')

    djangos, ours = await both(situation)

    assert djangos == ours
    assert 404 == ours.messages[0]['status']


async def test_too_large_bodies_are_the_same() -> None:
    """The limit holds without a declared length."""

    async def situation(handler: Handler) -> Outcome:
        return await request(handler, 'plain', body=(b'12', b'34'))

    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=3):
        djangos, ours = await both(situation)

    assert djangos == ours
    assert 400 == ours.messages[0]['status']


async def test_client_that_leaves_while_sending_is_never_answered() -> None:
    """No view runs."""

    async def situation(handler: Handler) -> Outcome:
        return await request(
            handler,
            'plain',
            leaves_while_sending=True,
        )

    djangos, ours = await both(situation)

    assert djangos == ours == Outcome([], None, [])


async def test_view_is_cancelled_when_the_client_leaves() -> None:
    """It can clean up, nothing is sent, and the task goes on living."""

    async def situation(handler: Handler) -> Outcome:
        return await request(handler, 'forever', leaves_after=0)

    djangos, ours = await both(situation)

    assert djangos == ours
    assert ours == Outcome([], None, ['started', 'cancelled', 'cleaned up'])
    task = asyncio.current_task()
    assert task is not None
    assert 0 == task.cancelling()


async def test_view_may_go_on_when_the_client_leaves() -> None:
    """Its answer is sent, the server knows what to do with it."""

    async def situation(handler: Handler) -> Outcome:
        return await request(handler, 'stubborn', leaves_after=0)

    djangos, ours = await both(situation)

    assert djangos == ours
    assert ['goes on'] == ours.log


async def test_stream_is_closed_when_the_client_leaves() -> None:
    """The generator of the user ends."""

    async def situation(handler: Handler) -> Outcome:
        return await request(handler, 'endless', leaves_after=4)

    djangos, ours = await both(situation)

    assert ['stream closed'] == ours.log == djangos.log
    assert None is ours.error is djangos.error


@pytest.mark.parametrize('name', ['plain', 'waiting', 'sync', 'stream'])
async def test_foreign_receivers_hear_the_signals(name: str) -> None:
    """Others get each signal once, from the handler's class."""
    heard: list[tuple[str, type[Any]]] = []

    def started(sender: type[Any], **_kwargs: Any) -> None:
        heard.append(('started', sender))

    async def finished(sender: type[Any], **_kwargs: Any) -> None:
        heard.append(('finished', sender))

    signals.request_started.connect(started)
    signals.request_finished.connect(finished)
    try:
        await request(ASGIHandler, name)
    finally:
        signals.request_started.disconnect(started)
        signals.request_finished.disconnect(finished)

    assert [('started', ASGIHandler), ('finished', ASGIHandler)] == heard


async def test_cancelled_request_is_finished_for_receivers() -> None:
    """The signal is sent although there is no response."""
    heard: list[type[Any]] = []

    def finished(sender: type[Any], **_kwargs: Any) -> None:
        heard.append(sender)

    signals.request_finished.connect(finished)
    try:
        await request(ASGIHandler, 'forever', leaves_after=0)
    finally:
        signals.request_finished.disconnect(finished)

    assert [ASGIHandler] == heard


async def test_server_that_stops_cancels_the_view() -> None:
    """A cancellation from outside is never taken for a disconnect."""
    pending = asyncio.ensure_future(request(ASGIHandler, 'forever'))
    async with asyncio.timeout(10):
        while 'started' not in log:
            await asyncio.sleep(0.001)

    pending.cancel()

    with pytest.raises(asyncio.CancelledError):
        await pending
    assert ['started', 'cancelled', 'cleaned up'] == log


async def test_no_task_is_left() -> None:
    """Whatever happens, the loop is empty afterwards."""
    before = asyncio.all_tasks()

    for name in ('plain', 'waiting', 'broken', 'stream', 'sync'):
        await request(ASGIHandler, name)
    await request(ASGIHandler, 'forever', leaves_after=0)
    await request(ASGIHandler, 'endless', leaves_after=3)

    assert before == asyncio.all_tasks()


async def test_other_protocols_are_refused() -> None:
    """Django serves HTTP only."""

    async def unused(*_args: Any) -> Any:
        raise NotImplementedError

    with pytest.raises(ValueError, match='websocket'):
        await ASGIHandler()({'type': 'websocket'}, unused, unused)


def test_application_is_our_handler() -> None:
    """The function for projects returns it."""
    assert type(get_asgi_application()) is ASGIHandler
