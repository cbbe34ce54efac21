"""Responses from their parts, and exceptions that are answers."""

import copy
import pickle
from http import HTTPMethod, HTTPStatus
from typing import Any

import pytest
from django.core.exceptions import DisallowedRedirect
from django.test import override_settings
from django.utils.functional import lazystr

from dmr import APIError, NewCookie, RedirectTo
from dmr.exceptions import (
    DataRenderingError,
    NotAuthenticatedError,
    TooManyRequestsError,
    ValidationError,
)
from dmr.plugins.msgspec import MsgpackRenderer, MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.problem_details import ProblemDetailsError
from dmr.response import build_response, infer_status_code
from dmr.serializer import BaseSerializer

_SERIALIZERS = [PydanticSerializer, MsgspecSerializer]


@pytest.mark.parametrize('serializer', _SERIALIZERS)
def test_response_from_all_parts(serializer: type[BaseSerializer]) -> None:
    """Everything that is given is in the response."""
    response = build_response(
        serializer,
        raw_data={'a': 1},
        method='POST',
        headers={'X-A': '1', 'Content-Type': 'text/plain'},
        cookies={'c': NewCookie(value='1', max_age=5, httponly=True)},
        status_code=HTTPStatus.ACCEPTED,
        renderer=MsgpackRenderer(),
    )

    cookie = response.cookies['c']
    assert (202, b'\x81\xa1a\x01') == (response.status_code, response.content)
    assert {'Content-Type': 'application/msgpack', 'X-A': '1'} == dict(
        response.headers,
    )
    assert ('1', '/', 5, True, 'lax') == (
        cookie.value,
        cookie['path'],
        cookie['max-age'],
        cookie['httponly'],
        cookie['samesite'],
    )


@pytest.mark.parametrize(
    ('method', 'expected'),
    [('POST', 201), ('post', 201), (HTTPMethod.POST, 201), ('GET', 200)],
)
def test_status_from_the_method(method: str, expected: int) -> None:
    """The method decides where no status is given."""
    response = build_response(PydanticSerializer, raw_data=[], method=method)

    assert expected == response.status_code


def test_status_from_nothing() -> None:
    """One of status and method is needed."""
    with pytest.raises(ValueError, match='status_code'):
        build_response(PydanticSerializer, raw_data=[])  # type: ignore[call-overload]


def test_none_is_an_empty_body() -> None:
    """There is a content type even without content."""
    response = build_response(
        PydanticSerializer,
        raw_data=None,
        status_code=HTTPStatus.NO_CONTENT,
    )

    assert (b'', 'application/json') == (
        response.content,
        response.headers['Content-Type'],
    )


def test_renderer_of_the_settings() -> None:
    """The first renderer of the settings is used by default."""
    with override_settings(DMR_SETTINGS={'renderers': ['msgpack', 'json']}):
        response = build_response(
            PydanticSerializer,
            raw_data=1,
            status_code=HTTPStatus.OK,
        )

    assert b'\x01' == response.content


@pytest.mark.parametrize('serializer', _SERIALIZERS)
def test_unrenderable_data(serializer: type[BaseSerializer]) -> None:
    """The error is that of the framework."""
    with pytest.raises(DataRenderingError):
        build_response(serializer, raw_data=object(), status_code=HTTPStatus.OK)


@pytest.mark.parametrize(
    ('method', 'streaming', 'expected'),
    [
        ('POST', False, HTTPStatus.CREATED),
        ('post', True, HTTPStatus.OK),
        (HTTPMethod.DELETE, False, HTTPStatus.OK),
        ('Options', False, HTTPStatus.OK),
    ],
)
def test_inferred_status(
    method: str,
    expected: HTTPStatus,
    *,
    streaming: bool,
) -> None:
    """POST creates unless it streams."""
    assert expected is infer_status_code(method, streaming=streaming)


def test_no_status_for_custom_methods() -> None:
    """Nobody knows what a custom method does."""
    with pytest.raises(ValueError, match='QUERY'):
        infer_status_code('query')


# APIError


@pytest.mark.parametrize('status_code', [300, 302, 399])
def test_api_error_cannot_redirect(status_code: int) -> None:
    """There is another exception for that."""
    with pytest.raises(DisallowedRedirect, match='RedirectTo') as raised:
        APIError('', status_code=status_code)  # type: ignore[arg-type]

    assert str(status_code) in str(raised.value)


@pytest.mark.parametrize(
    'redirect_to',
    [
        'javascript:alert(1)',
        'ftp://example.org/',
        'HTTP+X://example.org',
        'mailto:a@example.org',
    ],
)
def test_redirect_to_another_scheme(redirect_to: str) -> None:
    """Browsers are sent to http and https only."""
    with pytest.raises(DisallowedRedirect, match='with protocol'):
        RedirectTo(redirect_to)


def test_redirect_that_is_too_long() -> None:
    """Long addresses are refused before they are read."""
    with pytest.raises(DisallowedRedirect, match='Unsafe redirect exceeding'):
        RedirectTo(f'ftp://{"a" * 20_000}')


@pytest.mark.parametrize('status_code', [HTTPStatus.OK, HTTPStatus.GONE])
def test_redirect_needs_its_status(status_code: HTTPStatus) -> None:
    """A redirect has a status of its class."""
    with pytest.raises(DisallowedRedirect, match='3xx statuses'):
        RedirectTo('/', status_code=status_code)


def test_redirect_checks_the_scheme_first() -> None:
    """Of two faults the address is reported."""
    with pytest.raises(DisallowedRedirect, match="with protocol 'ftp'"):
        RedirectTo('ftp://a', status_code=HTTPStatus.OK)


@pytest.mark.parametrize(
    ('redirect_to', 'location'),
    [
        ('/a/', '/a/'),
        ('//example.org', '//example.org'),
        ('HTTPS://example.org/ü', 'HTTPS://example.org/%C3%BC'),
        (lazystr('/lazy/'), '/lazy/'),
    ],
)
def test_location(redirect_to: Any, location: str) -> None:
    """Addresses are encoded, lazy ones are evaluated."""
    redirect = RedirectTo(redirect_to, headers={'X-A': '1'})

    assert {'Location': location, 'X-A': '1'} == redirect.headers
    assert (302, None) == (redirect.status_code, redirect.raw_data)


_ANSWERS: list[Exception] = [
    APIError(
        {'a': 1},
        status_code=HTTPStatus.CONFLICT,
        headers={'X-A': '1'},
        cookies={'c': NewCookie(value='1')},
    ),
    RedirectTo('/a/', status_code=HTTPStatus.SEE_OTHER),
    ProblemDetailsError('no', status_code=HTTPStatus.CONFLICT, title='No'),
    ValidationError(
        [{'msg': 'wrong'}],
        status_code=HTTPStatus.BAD_REQUEST,
    ),
    NotAuthenticatedError('who', headers={'X-A': '1'}),
    TooManyRequestsError('slow', headers={'X-A': '1'}),
]


@pytest.mark.parametrize('exc', _ANSWERS, ids=lambda exc: type(exc).__name__)
@pytest.mark.parametrize(
    'duplicate',
    [copy.copy, copy.deepcopy, lambda exc: pickle.loads(pickle.dumps(exc))],
    ids=['copy', 'deepcopy', 'pickle'],
)
def test_exceptions_can_be_copied(exc: Exception, duplicate: Any) -> None:
    """They travel between processes with everything they carry."""
    twin = duplicate(exc)

    assert type(exc) is type(twin)
    assert (exc.args, vars(exc)) == (twin.args, vars(twin))
