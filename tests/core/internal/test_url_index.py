"""An include with an index finds what Django finds."""

import types
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import Resolver404, URLResolver, include, re_path, reverse
from django.urls import path as django_path
from django.urls.resolvers import get_resolver
from hypothesis import given
from hypothesis import strategies as st

from dmr.internal.url_index import IndexedURLResolver
from dmr.routing import path

_SEGMENTS = st.sampled_from(
    ['a', 'b', 'ab', '<int:n>', '<s>', '', '<slug:x>-a']
)
_ROUTES = st.lists(_SEGMENTS, max_size=3).map('/'.join)
_PATHS = st.lists(
    st.sampled_from(['a', 'b', 'ab', '1', 'c', '', 'q-a']),
    max_size=4,
).map('/'.join)


def _view(request: HttpRequest) -> HttpResponse:
    raise NotImplementedError


def _urls(make_path: Any, routes: list[str]) -> tuple[Any, ...]:
    """Return an include with patterns of all kinds, in the given order."""
    inner = [
        make_path('a/', include([make_path('b/', _view, name='deep')])),
        *(
            make_path(_unique(route), _view, name=f'route-{number}')
            for number, route in enumerate(routes)
        ),
        re_path(r'^(?P<any>\w+)/x$', _view, name='regex'),
        make_path('last/', _view, name='last'),
    ]
    return (make_path('api/', include((inner, 'app'), namespace='one')),)


def _unique(route: str) -> str:
    """Give each parameter of *route* another name."""
    return '/'.join(
        segment.replace('>', f'{place}>')
        for place, segment in enumerate(route.split('/'))
    )


def _resolve(urls: tuple[Any, ...], at: str) -> Any:
    try:
        found = get_resolver(urls).resolve(at)
    except Resolver404 as exc:
        return [
            [str(one.pattern) for one in tried]
            for tried in exc.args[0]['tried']
        ]
    return (
        found.view_name,
        found.route,
        found.args,
        found.kwargs,
        found.captured_kwargs,
        found.namespaces,
    )


@given(routes=st.lists(_ROUTES, max_size=6), at=_PATHS)
def test_index_finds_what_django_finds(routes: list[str], at: str) -> None:
    """The match, or what was tried, is the same."""
    plain = _resolve(_urls(django_path, routes), f'/api/{at}')

    assert plain == _resolve(_urls(path, routes), f'/api/{at}')


def test_names_are_reversed() -> None:
    """The index changes nothing about reversing."""
    urls = _urls(path, ['a/<int:n>/'])

    assert '/api/a/5/' == reverse('one:route-0', urls, kwargs={'n1': 5})
    assert '/api/a/b/' == reverse('one:deep', urls)


def test_index_is_there() -> None:
    """Includes by our function have one, others do not."""
    (ours,) = _urls(path, [])
    (theirs,) = _urls(django_path, [])

    assert (IndexedURLResolver, URLResolver) == (type(ours), type(theirs))


def test_module_can_be_included() -> None:
    """An URLconf may be named by its module."""
    module = types.ModuleType('some_urls')
    module.urlpatterns = [path('a/', _view, name='a')]  # type: ignore[attr-defined]  # made here

    found = get_resolver((path('x/', include(module)),)).resolve('/x/a/')

    assert 'a' == found.url_name


@pytest.mark.parametrize('debug', [True, False])
def test_match_tells_what_was_tried_in_debug_mode(*, debug: bool) -> None:
    """Django's page for ``Http404`` lists all patterns before the match."""
    urls = _urls(path, ['c/', 'd/'])

    with override_settings(DEBUG=debug):
        found = get_resolver(urls).resolve('/api/last/')

    assert (5 if debug else 2) == len(found.tried)
