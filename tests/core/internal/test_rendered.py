"""Our response is Django's in every respect."""

import copy
import pickle
from collections.abc import Callable

import pytest
from django.http import BadHeaderError, HttpResponse

from dmr.internal.rendered import RenderedResponse, header_store


def _ours() -> HttpResponse:
    store = header_store({'Content-Type': 'application/json', 'X-A': 'b'})
    return RenderedResponse(b'[1]', 201, store)


def _djangos() -> HttpResponse:
    return HttpResponse(
        b'[1]',
        status=201,
        content_type='application/json',
        headers={'X-A': 'b'},
    )


both = pytest.mark.parametrize('make', [_ours, _djangos])


@both
def test_response_on_the_wire(make: Callable[[], HttpResponse]) -> None:
    """Status, headers and body are the same."""
    response = make()

    assert (
        b'Content-Type: application/json\r\nX-A: b\r\n\r\n[1]'
        == response.serialize()
    ) or (
        b'X-A: b\r\nContent-Type: application/json\r\n\r\n[1]'
        == response.serialize()
    )
    assert (201, 'Created') == (response.status_code, response.reason_phrase)
    assert (False, 'utf-8') == (response.streaming, response.charset)


@both
def test_headers_change_for_one_response_only(
    make: Callable[[], HttpResponse],
) -> None:
    """Middleware edits headers, other responses keep theirs."""
    changed, other = make(), make()

    changed['X-A'] = 'c'
    del changed['Content-Type']
    changed.headers['X-New'] = '1'

    assert {'X-A': 'c', 'X-New': '1'} == dict(changed.headers)
    assert {'X-A': 'b', 'Content-Type': 'application/json'} == dict(
        other.headers,
    )


@both
def test_line_breaks_in_headers_are_refused(
    make: Callable[[], HttpResponse],
) -> None:
    """Nobody can split a response."""
    with pytest.raises(BadHeaderError):
        make().headers['X-A'] = 'b\r\nX-C: d'


@both
def test_cookies_are_set_and_deleted(make: Callable[[], HttpResponse]) -> None:
    """Cookies work although they are made late."""
    response = make()

    response.set_cookie('a', '1')
    response.delete_cookie('b')

    assert ['a', 'b'] == sorted(response.cookies)
    assert not make().cookies


@both
@pytest.mark.parametrize(
    'again',
    [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))],
)
def test_response_is_copied_and_pickled(
    make: Callable[[], HttpResponse],
    again: Callable[[HttpResponse], HttpResponse],
) -> None:
    """Cache middleware stores responses with all they have."""
    response = make()
    response.set_cookie('a', '1')

    restored = again(response)

    assert (b'[1]', 201, '1', 'b') == (
        restored.content,
        restored.status_code,
        restored.cookies['a'].value,
        restored.headers['X-A'],
    )


@both
def test_content_is_replaced_and_written(
    make: Callable[[], HttpResponse],
) -> None:
    """Middleware edits bodies, strings become bytes."""
    response = make()

    response.content = 'ä'
    response.write(b'!')

    assert 'ä!'.encode() == response.content == b''.join(response)


@pytest.mark.django_db
@both
def test_closing_runs_all_closers(make: Callable[[], HttpResponse]) -> None:
    """What a handler registers is closed once, with the response."""
    closed: list[int] = []
    response = make()
    response._resource_closers.append(lambda: closed.append(1))

    response.close()

    assert ([1], True) == (closed, response.closed)


@both
def test_reason_phrase_is_set(make: Callable[[], HttpResponse]) -> None:
    """The reason phrase can be another one."""
    response = make()

    response.reason_phrase = 'Made'

    assert 'Made' == response.reason_phrase
