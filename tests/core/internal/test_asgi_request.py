"""Our ASGI request is Django's in all that can be seen of it."""

from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.asgi import ASGIRequest as DjangoASGIRequest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from dmr.internal.asgi_request import ASGIRequest

_latin = st.text(st.characters(max_codepoint=255), max_size=8)
_NAMES = st.sampled_from(
    (
        'accept',
        'Accept',
        'content-type',
        'Content-Type',
        'content-length',
        'cookie',
        'host',
        'x-own',
        'x_own',
        'x-forwarded_for',
    ),
)
_VALUES = _latin | st.sampled_from(
    (
        'application/json',
        'text/plain; charset=latin-1',
        'text/plain; charset=rot13',
        'a=1; ',
        'a=1;',
    ),
)
_headers = st.lists(
    st.tuples(_NAMES | _latin, _VALUES).map(
        lambda pair: (pair[0].encode('latin1'), pair[1].encode('latin1')),
    ),
    max_size=6,
)
_addresses = st.none() | st.tuples(st.just('127.0.0.1'), st.integers(0, 9))
_scopes = st.fixed_dictionaries(
    {
        'type': st.just('http'),
        'method': st.sampled_from(('GET', 'post', 'PUT')),
        'path': st.sampled_from(('/', '/a/b/', '/prefix/a/', '/prefixed')),
    },
    optional={
        'headers': _headers,
        'query_string': st.binary(max_size=6) | st.just('a=%C3%A9&b=2'),
        'root_path': st.sampled_from(('', '/prefix', '/other')),
        'scheme': st.sampled_from(('http', 'https')),
        'client': _addresses,
        'server': _addresses,
    },
)


def _seen(request_class: type[DjangoASGIRequest], scope: Any) -> Any:
    """Return everything that can be seen of a request, or its error."""
    stream = BytesIO(b'a=1')
    try:
        request: Any = request_class(scope, stream)
    except Exception as exc:
        return repr(exc)
    state = {**vars(request)}
    assert stream is state.pop('_stream')
    return (
        state,
        repr(request),
        request.scheme,
        request.encoding,
        _seen_of(request, 'GET'),
        _seen_of(request, 'COOKIES'),
        _seen_of(request, 'headers'),
        _seen_of(request, 'body'),
    )


def _seen_of(request: Any, name: str) -> Any:
    try:
        return getattr(request, name)
    except Exception as exc:
        return repr(exc)


@given(scope=_scopes)
def test_requests_are_the_same(scope: dict[str, Any]) -> None:
    """Attributes and errors are equal, whatever the server passes on."""
    assert _seen(DjangoASGIRequest, scope) == _seen(ASGIRequest, scope)


@pytest.mark.parametrize('prefix', ['/prefix', '/other'])
def test_forced_prefix_counts(prefix: str) -> None:
    """The setting replaces what the server says."""
    scope = {'type': 'http', 'method': 'GET', 'path': '/prefix/a/'}

    with override_settings(FORCE_SCRIPT_NAME=prefix):
        djangos = _seen(DjangoASGIRequest, scope)
        ours = _seen(ASGIRequest, scope)

    assert djangos == ours
    assert prefix == ours[0]['META']['SCRIPT_NAME']
