"""Routes match exactly like those of Django."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import (
    NoReverseMatch,
    Resolver404,
    URLPattern,
    URLResolver,
    include,
    register_converter,
    resolve,
    reverse,
)
from django.urls import path as django_path
from django.urls.converters import get_converters
from django.utils.functional import lazystr

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.routing import Router, path

_Path = Callable[..., URLPattern | URLResolver]


class _Year:
    regex = '[0-9]{4}'

    def to_python(self, value: str) -> int:
        if value == '9999':
            raise ValueError(value)
        return int(value)

    def to_url(self, value: int) -> str:
        return f'{value:04}'


if 'test_year' not in get_converters():
    register_converter(_Year, 'test_year')


def _view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    return HttpResponse(repr(kwargs))


def _patterns(make: _Path) -> list[Any]:
    nested = [
        make('', _view, name='index'),
        make('items/', _view, name='items'),
        make('items/<int:pk>/', _view, {'extra': 1}, 'item'),
        make('<slug:slug>/', _view, name='slug'),
    ]
    return [
        make('', _view, name='root'),
        make('static/', _view, name='static'),
        make('static', _view, name='slashless'),
        make('int/<int:pk>/', _view, name='int'),
        make('uuid/<uuid:pk>', _view, name='uuid'),
        make('year/<test_year:year>/', _view, name='year'),
        make('any/<path:rest>', _view, name='any'),
        make('<str:word>/tail/', _view, name='word'),
        make('a.b+c/', _view, name='escaped'),
        make(lazystr('lazy/'), _view, name='lazy'),
        make(lazystr('lazy/<int:pk>/'), _view, name='lazy_int'),
        make('ü/<int:pk>/', _view, name='umlaut'),
        make('in/', include((nested, 'app'), namespace='one')),
        make('in/<int:outer>/', include((nested, 'app'), namespace='two')),
        make('plain/', include(nested)),
    ]


_OURS, _THEIRS = (
    type('Urls', (), {'urlpatterns': _patterns(make)})
    for make in (path, django_path)
)

_PATHS = [
    '/',
    '/static/',
    '/static',
    '/static/more',
    '/STATIC/',
    '/int/7/',
    '/int/x/',
    '/int/7',
    '/int/',
    '/uuid/9178b669-8ea6-431a-8fda-97a22c41cea9',
    '/uuid/9178b669-8ea6-431a-8fda-97a22c41cea9/',
    '/year/2024/',
    '/year/9999/',
    '/any/a/b/c',
    '/any/',
    '/hello/tail/',
    '/hello/tail',
    '/a.b+c/',
    '/axb+c/',
    '/lazy/',
    '/lazy/3/',
    '/ü/3/',
    '/in/',
    '/in/items/',
    '/in/items/3/',
    '/in/5/',
    '/in/5/items/3/',
    '/in/word/',
    '/in/wo rd/',
    '/plain/items/',
    '/nowhere/',
    '/int/7/\n',
    '/static/\n',
]

_NAMES: list[tuple[str, dict[str, Any]]] = [
    ('root', {}),
    ('static', {}),
    ('int', {'pk': 7}),
    ('int', {'pk': 'x'}),
    ('int', {}),
    ('year', {'year': 24}),
    ('any', {'rest': 'a/b'}),
    ('word', {'word': 'a b'}),
    ('escaped', {}),
    ('lazy', {}),
    ('lazy_int', {'pk': 1}),
    ('umlaut', {'pk': 1}),
    ('one:item', {'pk': 1, 'extra': 1}),
    ('one:item', {'pk': 1}),
    ('two:item', {'outer': 2, 'pk': 1}),
    ('items', {}),
    ('nothing', {}),
]


def _match(urlconf: Any, at: str) -> Any:
    try:
        found = resolve(at, urlconf)
    except Resolver404 as exc:
        return [
            [str(one.pattern) for one in tried]
            for tried in exc.args[0]['tried']
        ]
    return (
        found.args,
        found.kwargs,
        found.captured_kwargs,
        found.extra_kwargs,
        found.view_name,
        found.route,
        found.namespaces,
    )


@pytest.mark.parametrize('at', _PATHS)
def test_path_matches_like_django(at: str) -> None:
    """Matches, arguments and what was tried are the same."""
    assert _match(_THEIRS, at) == _match(_OURS, at)


@pytest.mark.parametrize(('name', 'kwargs'), _NAMES)
def test_path_reverses_like_django(name: str, kwargs: Any) -> None:
    """Addresses are the same, and so are errors."""

    def address(urlconf: Any) -> str:
        try:
            return reverse(name, urlconf, kwargs=kwargs)
        except NoReverseMatch as exc:
            return str(exc)

    assert address(_THEIRS) == address(_OURS)


def test_debug_page_is_like_that_of_django() -> None:
    """The list of what was tried is the same."""
    pages = []
    for urlconf in (_OURS, _THEIRS):
        with override_settings(ROOT_URLCONF=urlconf, DEBUG=True):
            response = Client().get('/nowhere/')
        pages.append(re.sub(rb'0x[0-9a-f]+', b'', response.content))

    assert pages[0] == pages[1]
    assert b'year/&lt;test_year:year&gt;/' in pages[0]


@pytest.mark.parametrize('make', [path, django_path])
def test_views_must_be_functions(make: _Path) -> None:
    """Mistakes have the same message."""

    class _Plain(Controller[PydanticSerializer]):
        def get(self) -> str:
            raise NotImplementedError

    with pytest.raises(TypeError, match='as_view'):
        make('', _Plain())


def test_router_is_included_like_a_module() -> None:
    """Prefix and URLs are used with Django's own functions."""

    class _Users(Controller[PydanticSerializer]):
        def get(self) -> str:
            return 'users'

    inner = Router('v1/', [path('users/', _Users.as_view(), name='users')])
    outer = Router(
        'api/',
        [path(inner.prefix, include((inner.urls, 'inner'), namespace='v1'))],
        tags=['api'],
        deprecated=True,
    )
    urlconf = type(
        'Urls',
        (),
        {
            'urlpatterns': [
                path(outer.prefix, include((outer.urls, 'outer'))),
            ],
        },
    )

    with override_settings(ROOT_URLCONF=urlconf):
        response = Client().get('/api/v1/users/')
        address = reverse('outer:v1:users')

    assert (b'"users"', '/api/v1/users/') == (response.content, address)
    assert (['api'], True, [], False) == (
        outer.tags,
        outer.deprecated,
        inner.tags,
        inner.deprecated,
    )
