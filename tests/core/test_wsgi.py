"""Requests that Django cannot read are answered by our handlers."""

from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler as DjangoWSGIHandler
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from dmr.wsgi import get_wsgi_application
from tests.integration.hostile.sending import PROTOCOLS, Request, send_wsgi

_MALFORMED = b'{"detail":[{"msg":"Request is malformed","type":"value_error"}]}'
_TOO_MANY = (
    b'{"detail":[{"msg":"Request has too many fields","type":"value_error"}]}'
)


def _view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.GET.get('a', ''))


urlpatterns = [path('', _view)]

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def _typed(content_type: bytes) -> Any:
    return (('Content-Type', content_type),)


@pytest.mark.parametrize('charset', [b'rot13', b'zip', b'undefined'])
def test_charset_that_is_none_is_400(charset: bytes) -> None:
    """Python knows it, but not as a way to write text."""
    answer = send_wsgi(
        Request(target='/?a=%e9', headers=_typed(b'a/b; charset=' + charset)),
    )

    assert (400, 'application/json', _MALFORMED) == (
        answer.status,
        answer.headers['content-type'],
        answer.body,
    )


@pytest.mark.parametrize('protocol', PROTOCOLS)
def test_too_many_fields_are_413(protocol: str) -> None:
    """Django reads them already while it looks at the charset."""
    answer = PROTOCOLS[protocol](
        Request(
            target=f'/?{"a&" * 2000}',
            headers=_typed(b'text/plain; charset=utf-8'),
        ),
    )

    assert (413, _TOO_MANY) == (answer.status, answer.body)


@pytest.mark.parametrize('protocol', PROTOCOLS)
def test_long_media_type_is_no_failure(protocol: str) -> None:
    """Newer versions of Django refuse to read it."""
    answer = PROTOCOLS[protocol](
        Request(target='/', headers=_typed(b'a/' + b'b' * 50_000)),
    )

    assert answer.status in {200, 400}


def test_query_in_another_encoding_is_400() -> None:
    """What is not ASCII has to be percent-encoded; WSGI takes it all."""
    answers = [
        send(Request(target='/?a=\xff')).status for send in PROTOCOLS.values()
    ]

    assert dict(zip(PROTOCOLS, answers, strict=True)) == {
        'wsgi': 200,
        'asgi': 400,
    }


def test_other_requests_are_served() -> None:
    """A charset of text decodes the query string."""
    answer = send_wsgi(
        Request(
            target='/?a=%e9',
            headers=_typed(b'text/plain; charset=latin-1'),
        ),
    )

    assert (200, 'é'.encode()) == (answer.status, answer.body)


def test_application_is_that_of_django() -> None:
    """Nothing but the answers above is different."""
    with override_settings(ROOT_URLCONF=__name__):
        application = get_wsgi_application()

    assert isinstance(application, DjangoWSGIHandler)
