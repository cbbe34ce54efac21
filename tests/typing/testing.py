"""What type checkers see of `dmr.test`."""

from collections.abc import Awaitable
from typing import assert_type

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse

from dmr.test import (
    DMRAsyncClient,
    DMRAsyncRequestFactory,
    DMRClient,
    DMRRequestFactory,
)


def factories(response: HttpResponse) -> None:
    """Each factory makes requests of its interface."""
    assert_type(DMRRequestFactory().get('/'), WSGIRequest)
    assert_type(DMRRequestFactory().post('/', {'a': 1}), WSGIRequest)
    assert_type(
        DMRRequestFactory().put('/', b'', 'text/plain', secure=True),
        WSGIRequest,
    )
    assert_type(DMRAsyncRequestFactory().patch('/', [1]), ASGIRequest)
    assert_type(
        DMRAsyncRequestFactory().wrap(response),
        Awaitable[HttpResponse],
    )


async def clients() -> None:
    """Responses know their status and text."""
    response = DMRClient().post('/', {'a': 1}, headers={'X-A': '1'})
    assert_type(response.status_code, int)
    assert_type(response.text, str)

    awaited = await DMRAsyncClient().post('/', {'a': 1}, follow=True)
    assert_type(awaited.status_code, int)
    assert_type(awaited.content, bytes)
