"""Remembered matches are those that Django makes."""

from collections.abc import Iterator
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
from django.utils.translation import gettext_lazy
from typing_extensions import override

from dmr.internal.static_urls import resolve_static
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

_before_unusual = [path('early/', _view)]
_after_unusual = [path('late/', _view, name='late')]

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


@pytest.mark.parametrize('url', PATHS)
def test_matches_are_those_of_django(url: str) -> None:
    """Every attribute is equal, the first time and later."""
    try:
        expected = vars(get_resolver().resolve(url))
    except Resolver404:
        expected = None

    for _ in range(3):
        match = resolve_static(_request(url))
        assert match is None or vars(match) == expected


def test_paths_without_parameters_are_found() -> None:
    """The rest is left to Django."""
    found = [url for url in PATHS if resolve_static(_request(url))]

    assert [
        '/',
        '/plain/',
        '/ours/',
        '/twice/',
        '/caught/',
        '/outer/',
        '/outer/static/',
        '/routed/static/',
    ] == found


def test_match_is_kept_on_the_request() -> None:
    """Views and middleware find it there."""
    request = _request('/outer/static/')

    match = resolve_static(request)

    assert match is request.resolver_match
    assert match is not None
    assert 'space:inner' == match.view_name


def test_match_belongs_to_one_request() -> None:
    """Whoever changes it changes nobody else's."""
    changed: Any = resolve_static(_request('/plain/'))
    expected = vars(get_resolver().resolve('/plain/'))

    for name, attribute in vars(changed).items():
        if isinstance(attribute, dict):
            attribute['changed'] = name
        elif isinstance(attribute, list):
            attribute.append(name)
    changed.route = 'changed'

    assert vars(resolve_static(_request('/plain/'))) == expected


@override_settings(DEBUG=True)
def test_nothing_is_remembered_in_debug_mode() -> None:
    """The page for unknown paths shows what Django tried."""
    assert resolve_static(_request('/plain/')) is None


def test_own_urls_of_a_request_count() -> None:
    """Middleware has chosen another URLconf."""
    request = _request('/plain/')
    request.urlconf = (path('plain/', _shadowed),)

    assert resolve_static(request) is None


@pytest.mark.parametrize(
    'unusual',
    [
        path('<database:name>/', _shadowed),
        path(gettext_lazy('translated/'), _shadowed),
        re_path(gettext_lazy('^translated/$'), _shadowed),
        *i18n_patterns(path('page/', _shadowed)),
        path('<database:name>/', include(_inner)),
    ],
)
def test_patterns_that_change_their_mind_end_it(unusual: Any) -> None:
    """What stands behind them can be theirs tomorrow."""
    patterns = (*_before_unusual, unusual, *_after_unusual)

    with override_settings(ROOT_URLCONF=patterns):
        early = resolve_static(_request('/early/'))
        late = resolve_static(_request('/late/'))

    assert early is not None
    assert late is None


def test_memory_is_bounded_by_the_urls() -> None:
    """Clients may ask for whatever they like."""
    resolve_static(_request('/plain/'))
    state = vars(get_resolver())
    before = {name: len(one) for name, one in state.items() if '_dmr' in name}

    for number in range(100):
        resolve_static(_request(f'/plain/{number}/'))
        resolve_static(_request(f'/{number}/{number}/static/'))

    after = {name: len(one) for name, one in state.items() if '_dmr' in name}
    assert before
    assert before == after
