"""Ready cookies are those of Django."""

import copy
import pickle
from collections.abc import Callable
from contextlib import suppress
from http.cookies import Morsel
from typing import Any, Final

import pytest
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from dmr.cookies import NewCookie, set_cookies
from dmr.endpoint.ready_cookies import cookie_setter

_COOKIES = st.builds(
    NewCookie,
    value=st.text(st.characters(codec='ascii'), max_size=5),
    path=st.sampled_from(['/', '/api/']),
    domain=st.sampled_from([None, 'example.com']),
    secure=st.sampled_from([None, True, False]),
    httponly=st.sampled_from([None, True, False]),
    samesite=st.sampled_from(['lax', 'strict', 'none']),
)


def _by_django(cookies: dict[str, NewCookie]) -> HttpResponse:
    response = HttpResponse()
    set_cookies(response, cookies)
    return response


def _ready(cookies: dict[str, NewCookie]) -> HttpResponse:
    response = HttpResponse()
    cookie_setter(cookies)(response)
    return response


@given(st.dictionaries(st.sampled_from(['a', 'b', 'c']), _COOKIES))
def test_ready_cookies_are_written_as_django_writes_them(
    cookies: dict[str, NewCookie],
) -> None:
    """Value and attributes, one header for each."""
    expected = _by_django(cookies)

    actual = _ready(cookies)

    assert expected.cookies == actual.cookies
    assert expected.cookies.output() == actual.cookies.output()


@pytest.mark.parametrize(
    'cookie',
    [NewCookie(value='1', max_age=60), NewCookie(value='1', expires=60)],
)
def test_ready_cookies_expire_when_they_should(
    cookie: NewCookie,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The end is counted from each response on."""
    set_ready = cookie_setter({'a': cookie})
    written = []

    for now in (1_900_000_000.0, 1_900_000_000.9, 1_900_000_001.1):
        monkeypatch.setattr('time.time', lambda now=now: now)
        response = HttpResponse()
        set_ready(response)
        expected = _by_django({'a': cookie}).cookies.output()
        assert expected == response.cookies.output()
        written.append(expected)

    assert written[0] == written[1] != written[2]


def test_a_changed_cookie_is_written_as_it_is() -> None:
    """Middleware may change a cookie, other responses keep theirs."""
    set_ready = cookie_setter({'a': NewCookie(value='1')})
    changed, other = HttpResponse(), HttpResponse()
    set_ready(changed)
    set_ready(other)

    changed.cookies['a']['secure'] = True
    changed.cookies['a'].set('a', '2', '2')

    assert (
        'Set-Cookie: a=2; Path=/; SameSite=lax; Secure'
        == changed.cookies.output()
    )
    assert 'Set-Cookie: a=1; Path=/; SameSite=lax' == other.cookies.output()


def _merge(one: Any, **attributes: Any) -> None:
    one |= attributes


_CHANGES: Final[dict[str, Callable[[Any], Any]]] = {
    '__delitem__': lambda one: one.__delitem__('path'),
    '__ior__': lambda one: _merge(one, domain='a.example'),
    '__setitem__': lambda one: one.__setitem__('httponly', True),
    '__setstate__': lambda one: one.__setstate__(
        {'key': 'b', 'value': '2', 'coded_value': '"2"'},
    ),
    'clear': lambda one: one.clear(),
    'pop': lambda one: one.pop('samesite'),
    'popitem': lambda one: one.popitem(),
    'set': lambda one: one.set('b', '2', '"2"'),
    'setdefault': lambda one: (one.pop('path'), one.setdefault('path', '/c')),
    'update': lambda one: one.update({'max-age': 7, 'secure': True}),
}
#: Methods of dictionaries and cookies that leave them as they are.
_READING: Final = frozenset(
    (
        'OutputString',
        'copy',
        'fromkeys',
        'get',
        'isReservedKey',
        'items',
        'js_output',
        'keys',
        'output',
        'values',
    ),
)


@given(st.lists(st.sampled_from(sorted(_CHANGES)), max_size=4))
def test_ready_cookies_change_as_those_of_django_do(names: list[str]) -> None:
    """Whatever is done to them, in any order, written in any way."""
    cookies = {'a': NewCookie(value='1', max_age=5)}
    ready, expected = (
        _ready(cookies).cookies['a'],
        _by_django(cookies).cookies['a'],
    )

    for name in names:
        for one in (ready, expected):
            # Some attributes may be gone already.
            with suppress(KeyError):
                _CHANGES[name](one)

    assert expected == ready
    assert expected.output() == ready.output()
    assert expected.output(header='') == ready.output(header='')
    assert expected.output(['path']) == ready.output(['path'])
    assert expected.OutputString() == ready.OutputString()
    assert expected.OutputString(['path']) == ready.OutputString(['path'])
    assert expected.js_output() == ready.js_output()


def test_all_methods_that_change_a_cookie_are_known() -> None:
    """A new Python may have more of them."""
    public = {
        name
        for name in dir(Morsel)
        if callable(getattr(Morsel, name)) and not name.startswith('_')
    }

    assert public == _READING | {
        name for name in _CHANGES if not name.startswith('_')
    }


@pytest.mark.parametrize(
    'copied',
    [lambda one: pickle.loads(pickle.dumps(one)), copy.copy, copy.deepcopy],
    ids=['pickle', 'copy', 'deepcopy'],
)
def test_ready_cookies_are_pickled_and_copied(copied: Any) -> None:
    """Caches keep whole responses."""
    response = _ready({'a': NewCookie(value='1', httponly=True)})

    again = copied(response)

    assert response.cookies.output() == again.cookies.output()
    again.cookies['a']['path'] = '/b/'
    assert 'Path=/b/' in again.cookies.output()
