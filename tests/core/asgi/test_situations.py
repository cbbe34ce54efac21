"""Middleware, templates and URLs work the same under both ASGI handlers."""

import asyncio
import io
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from contextvars import ContextVar
from typing import Any, Final

import pytest
from asgiref.sync import (
    iscoroutinefunction,
    markcoroutinefunction,
    sync_to_async,
)
from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template import engines
from django.template.response import TemplateResponse
from django.test import override_settings
from django.urls import get_script_prefix, get_urlconf, path, re_path, reverse
from django.utils.deprecation import MiddlewareMixin
from typing_extensions import override

from dmr.asgi import ASGIHandler
from tests.core.asgi import both as handlers
from tests.core.asgi.both import Handler, Outcome, both, log

_HERE: Final = __name__
#: What a view should have awaited.
_forgotten: Final[list[Coroutine[Any, Any, None]]] = []
_in_request: Final[ContextVar[str]] = ContextVar('_in_request', default='-')


async def _plain(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(b'plain')
    response.set_cookie('a', '1')
    response['X-Path'] = reverse('plain')
    return response


async def _nothing(request: HttpRequest) -> Any:
    return None


async def _coroutine(request: HttpRequest) -> Any:
    forgotten = asyncio.sleep(0)
    _forgotten.append(forgotten)
    return forgotten


async def _broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError('broken')


async def _template(request: HttpRequest) -> HttpResponse:
    template = engines['django'].from_string('{{ greeting }} {{ name }}')
    return TemplateResponse(
        request,
        template,
        {'greeting': 'hello', 'name': 'you'},
    )


async def _urls(request: HttpRequest, *_args: Any, **_kwargs: Any) -> Any:
    match: Any = request.resolver_match
    return HttpResponse(
        f'{get_urlconf()} {get_script_prefix()} {match.view_name} '
        f'{match.route} {match.args} {match.kwargs} {match.captured_kwargs}',
    )


async def _remembers(request: HttpRequest) -> HttpResponse:
    _in_request.set('set by the view')
    return HttpResponse(_in_request.get())


async def _closes(request: HttpRequest) -> HttpResponse:
    await asyncio.sleep(0)
    response = HttpResponse(b'closes')
    state: Any = response
    state._resource_closers.append(lambda: log.append('closed'))
    return response


async def _teapot(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=418)


async def _down(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=503)


async def _form(request: HttpRequest) -> HttpResponse:
    files = await sync_to_async(lambda: request.FILES)()
    return HttpResponse(files['a'].read())


class _Callable:
    """A view that is no function."""

    def __init__(self) -> None:
        markcoroutinefunction(self)

    async def __call__(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(b'called')


def _sync_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Any:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        log.append('before')
        response = get_response(request)
        log.append(f'after {response.status_code}')
        return response

    return middleware


def _async_middleware(
    get_response: Callable[[HttpRequest], Awaitable[HttpResponseBase]],
) -> Any:
    assert iscoroutinefunction(get_response)

    async def middleware(request: HttpRequest) -> HttpResponseBase:
        log.append('before')
        _in_request.set('set by the middleware')
        response = await get_response(request)
        response['X-Seen'] = _in_request.get()
        return response

    return middleware


_async_middleware.async_capable = True
_async_middleware.sync_capable = False


class _Hooks(MiddlewareMixin):
    """Uses all hooks that Django offers."""

    def process_view(
        self,
        request: HttpRequest,
        view: Any,
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        log.append(f'view {view.__name__} {args} {kwargs}')
        return HttpResponse(b'hooked') if 'hooked' in request.path else None

    def process_exception(
        self,
        request: HttpRequest,
        exc: Exception,
    ) -> HttpResponse:
        return HttpResponse(f'caught {exc}', status=503)

    def process_template_response(
        self,
        request: HttpRequest,
        response: Any,
    ) -> HttpResponseBase:
        response.context_data['name'] = 'middleware'
        rendered: HttpResponseBase = response
        return rendered


class _TemplateHook(MiddlewareMixin):
    """Uses one hook, for a response that is not rendered yet."""

    process_template_response = _Hooks.process_template_response


def _other_urls(get_response: Callable[..., Any]) -> Any:
    async def middleware(request: HttpRequest) -> HttpResponseBase:
        request.urlconf = (path('plain/', _urls, name='other'),)
        response: HttpResponseBase = await get_response(request)
        return response

    return middleware


_other_urls.async_capable = True
_other_urls.sync_capable = False


urlpatterns = [
    path('plain/', _plain, name='plain'),
    path('nothing/', _nothing),
    path('coroutine/', _coroutine),
    path('broken/', _broken),
    path('template/', _template),
    path('urls/', _urls, name='urls'),
    path('urls/<int:pk>/', _urls),
    re_path(r'^regex/(\d+)/$', _urls),
    path('default/', _urls, {'extra': 1}),
    path('remembers/', _remembers),
    path('closes/', _closes),
    path('form/', _form),
    path('teapot/', _teapot),
    path('down/', _down),
    path('callable/', _Callable()),
]

pytestmark = [
    pytest.mark.urls(__name__),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def _bare_project() -> Iterator[None]:
    log.clear()
    with override_settings(MIDDLEWARE=[], DEBUG_PROPAGATE_EXCEPTIONS=False):
        yield
    log.clear()
    while _forgotten:
        _forgotten.pop().close()


async def _same(name: str, **options: Any) -> Outcome:
    """Return what our handler does, which is what Django's does."""

    async def situation(handler: Handler) -> Outcome:
        return await handlers.request(handler, name, **options)

    log.clear()
    djangos, ours = await both(situation)
    assert djangos == ours
    return ours


def _body(outcome: Outcome) -> bytes:
    return b''.join(one.get('body', b'') for one in outcome.messages)


@pytest.mark.parametrize(
    'middleware',
    [
        ['_sync_middleware'],
        ['_async_middleware'],
        ['_Hooks'],
        ['_TemplateHook'],
        ['_sync_middleware', '_async_middleware', '_Hooks'],
        ['_async_middleware', '_sync_middleware'],
    ],
)
@pytest.mark.parametrize(
    'name',
    ['plain', 'broken', 'template', 'urls', 'urls/7', 'callable', 'missing'],
)
async def test_middleware_is_asked_the_same(
    name: str,
    middleware: list[str],
) -> None:
    """Hooks run in the same order, with the same arguments and effects."""
    paths = [f'{_HERE}.{one}' for one in middleware]
    with override_settings(MIDDLEWARE=paths):
        outcome = await _same(name)

    assert 'start' in outcome.messages[0]['type']


async def test_hooks_really_run() -> None:
    """The comparison of both handlers compares something."""
    with override_settings(MIDDLEWARE=[f'{_HERE}._Hooks']):
        rendered = await _same('template')
        caught = await _same('broken')

    assert b'hello middleware' == _body(rendered)
    assert ['view _template () {}'] == rendered.log
    assert b'caught broken' == _body(caught)


@pytest.mark.parametrize('name', ['nothing', 'coroutine'])
async def test_view_without_a_response_is_told_so(
    name: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Django's message names the view, under both handlers."""
    outcome = await _same(name)

    assert 500 == outcome.messages[0]['status']
    assert 2 == caplog.text.count(f'{_HERE}._{name} didn')


async def test_template_is_rendered() -> None:
    """Rendering happens after the view."""
    assert b'hello you' == _body(await _same('template'))


@pytest.mark.parametrize('name', ['urls', 'urls/12', 'regex/12', 'default'])
async def test_views_see_the_same_match(name: str) -> None:
    """Match, URLconf and prefix are those that Django sets, each time."""
    outcome = await _same(name)

    assert outcome == await _same(name)
    assert _HERE.encode() in _body(outcome)


async def test_middleware_may_choose_the_urls() -> None:
    """A URLconf on the request replaces that of the settings."""
    with override_settings(MIDDLEWARE=[f'{_HERE}._other_urls']):
        outcome = await _same('plain')

    assert b' / other plain/ ' in _body(outcome)


async def test_context_of_a_request_ends_with_it() -> None:
    """Neither variables nor the URLconf are seen by the next request."""
    outcome = await handlers.request(ASGIHandler, 'remembers')

    assert b'set by the view' == _body(outcome)
    assert '-' == _in_request.get()
    assert None is get_urlconf()


class _Line(logging.StreamHandler[io.StringIO]):
    """A handler that could wait for somebody."""

    @override
    def emit(self, record: logging.LogRecord) -> None:
        is_here = record.thread == threading.get_ident() == _main_thread
        log.append(f'{record.levelname} {record.status_code} {is_here}')


_main_thread: Final = threading.get_ident()


@pytest.fixture
def request_logger() -> Iterator[logging.Logger]:
    """Give the logger of Django, which nobody listens to."""
    logger = logging.getLogger('django.request')
    logger.propagate = False
    yield logger
    logger.propagate = True
    for handler in (*logger.handlers,):
        logger.removeHandler(handler)


@pytest.mark.parametrize('name', ['teapot', 'down', 'missing'])
async def test_errors_are_logged_the_same(
    request_logger: logging.Logger,
    name: str,
) -> None:
    """A handler that writes to a stream gets the same lines, once."""
    stream = io.StringIO()
    request_logger.addHandler(logging.StreamHandler(stream))

    await _same(name)

    lines = stream.getvalue().splitlines()
    assert lines[: len(lines) // 2] == lines[len(lines) // 2 :] != []


@pytest.mark.parametrize(
    ('name', 'expected'),
    [('teapot', 'WARNING 418 False'), ('down', 'ERROR 503 False')],
)
async def test_logging_never_blocks_the_loop(
    request_logger: logging.Logger,
    name: str,
    expected: str,
) -> None:
    """Handlers that may wait do so in a thread."""
    request_logger.addHandler(_Line())

    outcome = await _same(name)

    assert [expected] == outcome.log


async def test_closers_run() -> None:
    """Whoever left something to close hears of the end."""
    assert ['closed'] == (await _same('closes')).log


async def test_atomic_requests_are_refused(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Django cannot wrap async views in a transaction."""
    settings = connections['default'].settings_dict
    was_atomic = settings['ATOMIC_REQUESTS']
    settings['ATOMIC_REQUESTS'] = True
    try:
        outcome = await _same('plain')
    finally:
        settings['ATOMIC_REQUESTS'] = was_atomic

    assert 500 == outcome.messages[0]['status']
    assert 2 == caplog.text.count('RuntimeError: You cannot use ATOMIC_REQUEST')


class ClosingCache(LocMemCache):
    """A cache with a connection."""

    @override
    def close(self, **_kwargs: Any) -> None:
        log.append('cache closed')


async def _uses_cache(request: HttpRequest) -> HttpResponse:
    caches['default'].get('a')
    return HttpResponse(b'cached')


urlpatterns += [path('cache/', _uses_cache)]


async def test_caches_are_closed() -> None:
    """One that has something to close is closed once, if it was opened."""
    backend = f'{_HERE}.{ClosingCache.__name__}'
    with override_settings(CACHES={'default': {'BACKEND': backend}}):
        opened = await handlers.request(ASGIHandler, 'cache')
        log.clear()
        unused = await handlers.request(ASGIHandler, 'plain')

    assert ['cache closed'] == opened.log
    assert [] == unused.log


async def test_cache_that_cannot_be_had_is_no_matter() -> None:
    """Nobody uses it."""
    backend = f'{_HERE}.Missing'
    with override_settings(CACHES={'default': {'BACKEND': backend}}):
        outcome = await _same('plain')

    assert (b'plain', None) == (_body(outcome), outcome.error)


async def test_uploaded_files_are_closed() -> None:
    """The files of a form are read, and none is left open."""
    body = (
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="a.txt"'
        b'\r\nContent-Type: text/plain\r\n\r\ncontent\r\n--x--\r\n'
    )

    outcome = await _same(
        'form',
        body=(body,),
        headers=(
            (b'content-type', b'multipart/form-data; boundary=x'),
            (b'content-length', str(len(body)).encode()),
        ),
    )

    assert b'content' == _body(outcome)
