"""Remembered matches are those that Django makes."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import (
    Resolver404,
    get_resolver,
    include,
    path,
    re_path,
    register_converter,
)
from django.urls.converters import StringConverter, get_converters
from django.utils import translation
from django.utils.functional import lazy
from typing_extensions import override

from dmr.internal.root_urls import resolve_root
from dmr.routing import path as dmr_path


class _Other:
    """A view that is no function."""

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse()


def _view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _shadowed(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


class _Database(StringConverter):
    """Its answer can change from one request to the next."""

    known: set[str] = set()

    @override
    def to_python(self, value: str) -> str:
        if value not in self.known:
            raise ValueError(value)
        return value


if 'database' not in get_converters():
    register_converter(_Database, 'database')

_inner = [
    path('', _view),
    path('static/', _Other(), name='inner'),
    path('<int:pk>/', _view, name='one'),
    path('default/', _view, {'a': 1}),
]

urlpatterns: list[Any] = [
    path('', _view, name='index'),
    path('plain/', _view, name='plain'),
    dmr_path('ours/', _view, name='ours'),
    path('twice/', _view, name='first'),
    path('twice/', _shadowed, name='second'),
    re_path('^caught/$', _view, name='regex'),
    path('caught/', _shadowed),
    re_path('^(number|group)/$', _view),
    path('group/', _shadowed),
    path('outer/', include((_inner, 'app'), namespace='space')),
    dmr_path('routed/', include((_inner, 'app'), namespace='routed')),
    path('<slug:any>/<int:pk>/', include(_inner)),
    path('extra/', include(_inner), {'b': 2}),
]

_pages = [path('page/', _shadowed)]

PATHS = (
    '/',
    '/plain/',
    '/ours/',
    '/twice/',
    '/caught/',
    '/number/',
    '/group/',
    '/outer/',
    '/outer/static/',
    '/outer/1/',
    '/outer/default/',
    '/routed/static/',
    '/a/1/static/',
    '/extra/static/',
    '/plain',
    '/missing/',
    'plain/',
    '',
)

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    with override_settings(DEBUG=False):
        yield
    _Database.known.clear()


def _request(url: str) -> HttpRequest:
    request = HttpRequest()
    request.path_info = url
    return request


def _found(url: str, resolve: Callable[[str], Any] | None = None) -> Any:
    """Return all of a match but what was tried for it, or the error."""
    try:
        match = vars(resolve(url) if resolve else resolve_root(_request(url)))
    except Resolver404 as exc:
        return exc.args
    return {name: match[name] for name in match if name != 'tried'}


@pytest.mark.parametrize('url', PATHS)
def test_matches_are_those_of_django(url: str) -> None:
    """Every attribute is equal, the first time and later; errors too."""
    expected = _found(url, get_resolver().resolve)

    for _ in range(3):
        assert expected == _found(url)


def test_match_is_kept_on_the_request() -> None:
    """Views and middleware find it there."""
    request = _request('/outer/static/')

    match = resolve_root(request)

    assert match is request.resolver_match
    assert match is not None
    assert 'space:inner' == match.view_name


def test_match_belongs_to_one_request() -> None:
    """Whoever changes it changes nobody else's."""
    changed: Any = resolve_root(_request('/plain/'))
    expected = vars(get_resolver().resolve('/plain/'))

    for name, attribute in vars(changed).items():
        if isinstance(attribute, dict):
            attribute['changed'] = name
        elif isinstance(attribute, list):
            attribute.append(name)
    changed.route = 'changed'

    assert vars(resolve_root(_request('/plain/'))) == expected


@override_settings(DEBUG=True)
def test_nothing_is_remembered_in_debug_mode() -> None:
    """The page for unknown paths shows what Django tried."""
    assert resolve_root(_request('/plain/')) is None


def test_own_urls_of_a_request_count() -> None:
    """Middleware has chosen another URLconf."""
    request = _request('/plain/')
    request.urlconf = (path('plain/', _shadowed),)

    assert resolve_root(request) is None


def _known(name: str) -> Callable[[], AbstractContextManager[Any]]:
    def change() -> AbstractContextManager[Any]:
        _Database.known.add(name)
        return nullcontext()

    return change


def _german() -> AbstractContextManager[Any]:
    return translation.override('de')


def _in_german(route: str) -> Any:
    return lazy(
        lambda: route if translation.get_language() == 'de' else 'other',
        str,
    )()


@pytest.mark.parametrize(
    ('unusual', 'change'),
    [
        (path('<database:name>/page/', _shadowed), _known('de')),
        (path('<database:name>/', include(_pages)), _known('de')),
        (
            path('<slug:any>/', include([path('<database:page>/', _shadowed)])),
            _known('page'),
        ),
        (path(_in_german('de/page/'), _shadowed), _german),
        (re_path(_in_german('^de/page/$'), _shadowed), _german),
        (*i18n_patterns(path('page/', _shadowed)), _german),
        (path('', include([path(_in_german('de/page/'), _shadowed)])), _german),
    ],
)
def test_patterns_may_change_their_mind(unusual: Any, change: Any) -> None:
    """What stands behind them can be theirs the next time."""
    patterns = (unusual, path('de/page/', _view))
    with override_settings(ROOT_URLCONF=patterns):
        before = resolve_root(_request('/de/page/'))
        with change():
            after = resolve_root(_request('/de/page/'))

    assert before is not None
    assert after is not None
    assert (_view, _shadowed) == (before.func, after.func)


def test_memory_is_bounded_by_the_urls() -> None:
    """Clients may ask for whatever they like."""
    for url in PATHS:
        _found(url)
    gc.collect()
    before = len(gc.get_objects())

    for number in range(1000):
        _found(f'/plain/{number}/')
        _found(f'/{number}/{number}/')

    gc.collect()
    assert 100 > len(gc.get_objects()) - before


def test_last_of_many_is_found_as_fast_as_the_first() -> None:
    """The number of calls does not grow with the number of routes."""
    routes = tuple(path(f'r{one}/<int:pk>/', _view) for one in range(1000))

    with override_settings(ROOT_URLCONF=routes):
        first = _calls('/r0/1/')
        last = _calls('/r999/1/')

    assert first == last


def _calls(url: str) -> int:
    """Count the calls that are made to resolve *url*, the second time."""
    request = _request(url)
    resolve_root(request)
    events: list[str] = []
    sys.setprofile(lambda _frame, event, _arg: events.append(event))
    try:
        resolve_root(request)
    finally:
        sys.setprofile(None)
    return len(events)
