"""Bodies and query strings are read as Django reads them."""

import io
from typing import Any

import pytest
from django.core.handlers.asgi import ASGIRequest as DjangoASGIRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import RawPostDataException
from django.test import RequestFactory, override_settings
from hypothesis import example, given
from hypothesis import strategies as st

from dmr.exceptions import RequestSerializationError, RequestTooLargeError
from dmr.internal.asgi_request import ASGIRequest
from dmr.internal.reading import (
    cookie_values,
    last_query_values,
    read_body,
)
from dmr.internal.unreadable import CheckedWSGIRequest

_QUERIES = st.text(alphabet='ab=&%+;é20 ', max_size=30)


def _request(
    *,
    query: str = '',
    body: bytes = b'',
    announced: int | None = None,
    cookies: str | None = None,
) -> WSGIRequest:
    environ = RequestFactory()._base_environ(
        REQUEST_METHOD='POST',
        # WSGI servers hand bytes over as Latin-1.
        QUERY_STRING=query.encode().decode('latin-1'),
        CONTENT_LENGTH=str(len(body) if announced is None else announced),
    )
    environ['wsgi.input'] = io.BytesIO(body)
    environ.pop('HTTP_COOKIE', None)
    if cookies is not None:
        environ['HTTP_COOKIE'] = cookies.encode().decode('latin-1')
    return WSGIRequest(environ)


@given(query=_QUERIES)
@example(query='a=1&a=2&&b&=c')
@example(query='a=%31+2')
@example(query='a=1=2')
def test_query_is_read_as_django_reads_it(query: str) -> None:
    """The quick way gives what ``request.GET`` gives."""
    quick = last_query_values(_request(query=query))

    assert _request(query=query).GET.dict() == quick


@pytest.mark.parametrize(
    'kind',
    [WSGIRequest, DjangoASGIRequest, CheckedWSGIRequest, ASGIRequest],
)
def test_requests_of_django_are_known_by_name(kind: type[Any]) -> None:
    """They are read quickly, and their handlers are not imported for that."""
    request = kind.__new__(kind)
    request.META = {'QUERY_STRING': 'a=1'}

    assert {'a': '1'} == last_query_values(request)
    assert 'GET' not in vars(request)


def test_query_of_the_request_stays_usable() -> None:
    """``request.GET`` is complete after the quick way."""
    request = _request(query='a=1&a=2')

    values = last_query_values(request)

    assert {'a': '2'} == values
    assert ['1', '2'] == request.GET.getlist('a')


def test_query_that_middleware_replaced_counts() -> None:
    """What stands in ``request.GET`` by then is read."""
    request = _request(query='a=1')
    changed = request.GET.copy()
    changed['a'] = 'changed'
    request.GET = changed

    assert {'a': 'changed'} == last_query_values(request)


def test_query_in_another_encoding_is_left_to_django() -> None:
    """``request.encoding`` decides how a query is read."""
    request = _request(query='a=1')
    request.encoding = 'utf-16'

    assert request.GET.dict() == last_query_values(request)


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=70)
def test_too_many_query_fields_are_refused() -> None:
    """Django's limit holds."""
    request = _request(query='&'.join(f'a{n}=1' for n in range(80)))

    with pytest.raises(RequestTooLargeError):
        last_query_values(request)


@given(body=st.binary(max_size=64))
def test_body_is_read_and_stays_usable(body: bytes) -> None:
    """Afterwards the request is as Django leaves it."""
    request = _request(body=body)

    found = read_body(request)

    assert (body, body, body) == (found, request.body, request.read())


def test_body_is_not_longer_than_announced() -> None:
    """What follows on the connection is another request."""
    request = _request(body=b'{"a":1}GET /', announced=7)

    assert b'{"a":1}' == read_body(request)


def test_body_that_was_read_before_is_given_again() -> None:
    """A middleware may have read the body."""
    request = _request(body=b'[1]')
    before = request.body

    assert before == read_body(request)


def test_stream_that_was_read_before_is_an_error_as_in_django() -> None:
    """Somebody else has taken the body, that is no fault of the client."""
    request = _request(body=b'[1]')
    request.read(1)

    with pytest.raises(RawPostDataException):
        read_body(request)


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=3)
def test_large_body_is_refused() -> None:
    """Django's limit holds, and nothing is read."""
    request = _request(body=b'[1, 2]')

    with pytest.raises(RequestTooLargeError):
        read_body(request)


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=None)
def test_large_body_is_read_without_a_limit() -> None:
    """Django's limit can be off."""
    assert b'[1, 2]' == read_body(_request(body=b'[1, 2]'))


def test_client_that_goes_away_is_no_fault_of_ours() -> None:
    """A broken connection is answered like a malformed body."""

    class Broken(io.BytesIO):
        def read(self, *_args: Any) -> bytes:
            raise OSError('connection reset')

    environ = _request(body=b'[1]').environ
    environ['wsgi.input'] = Broken()

    with pytest.raises(RequestSerializationError, match='cannot be read'):
        read_body(WSGIRequest(environ))


@given(
    cookies=st.one_of(
        st.text(alphabet='ab=; "é\t\\', max_size=24),
        st.lists(st.text(alphabet='ab=', max_size=4)).map('; '.join),
    ),
)
@example(cookies='a=1; b=2')
@example(cookies='a=1; b')
@example(cookies='a="1; 2"; b=\\073')
@example(cookies='=; a=1')
@example(cookies='a=1;b=2 ; c=3')
@example(cookies=' a=1; b=2')
def test_cookies_are_read_as_django_reads_them(cookies: str) -> None:
    """The quick way gives what ``request.COOKIES`` gives."""
    quick = cookie_values(_request(cookies=cookies))

    assert _request(cookies=cookies).COOKIES == quick


def test_no_cookies_are_read_as_django_reads_them() -> None:
    """Without the header there are none."""
    assert {} == cookie_values(_request())


def test_cookies_that_middleware_replaced_count() -> None:
    """What stands in ``request.COOKIES`` by then is read."""
    request = _request(cookies='a=1')
    request.COOKIES['a'] = 'changed'

    assert {'a': 'changed'} == cookie_values(request)


def test_query_string_may_be_absent() -> None:
    """WSGI servers may leave it out (PEP 3333)."""
    request = _request()
    del request.META['QUERY_STRING']

    assert {} == last_query_values(request)
