"""Requests that `DMRClient` and its asynchronous twin send."""

import inspect
from http import HTTPStatus
from typing import Any, Final

import pytest
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.test.client import MULTIPART_CONTENT
from django.urls import path

from dmr.test import DMRAsyncClient, DMRClient

_METHODS: Final = ('post', 'put', 'patch', 'delete', 'options')


def _echo(request: HttpRequest) -> HttpResponse:
    return JsonResponse(
        {
            'method': request.method,
            'content_type': request.headers.get('Content-Type'),
            'accept': request.headers.get('Accept'),
            'body': request.body.decode(),
        }
    )


def _text(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b'{}', content_type='text/plain')


def _form(request: HttpRequest) -> HttpResponse:
    return JsonResponse(dict(request.POST))


def _moved(request: HttpRequest) -> HttpResponse:
    return HttpResponseRedirect('/echo/', preserve_request=True)


urlpatterns = [
    path('echo/', _echo),
    path('text/', _text),
    path('form/', _form),
    path('moved/', _moved),
]

pytestmark = pytest.mark.urls(__name__)


async def _call(client: Any, method: str, *args: Any, **options: Any) -> Any:
    response = getattr(client, method)(*args, **options)
    return await response if hasattr(response, '__await__') else response


any_client = pytest.mark.parametrize('client_cls', [DMRClient, DMRAsyncClient])


@any_client
@pytest.mark.parametrize('method', _METHODS)
async def test_plain_data_becomes_json(
    client_cls: type[DMRClient],
    method: str,
) -> None:
    """All methods with a body send JSON."""
    response = await _call(client_cls(), method, '/echo/', {'a': [1]})

    expected = {
        'method': method.upper(),
        'content_type': 'application/json',
        'accept': None,
        'body': '{"a":[1]}',
    }
    assert expected == response.json()


@any_client
async def test_other_methods_send_what_they_are_given(
    client_cls: type[DMRClient],
) -> None:
    """``generic`` has the same default content type."""
    response = await _call(client_cls(), 'generic', 'POST', '/echo/', '[]')

    expected = {
        'method': 'POST',
        'content_type': 'application/json',
        'accept': None,
        'body': '[]',
    }
    assert expected == response.json()


@any_client
@pytest.mark.parametrize(
    'options',
    [
        {'content_type': 'application/xml'},
        {'headers': {'Content-Type': 'application/xml'}},
    ],
)
async def test_content_type_can_be_given(
    client_cls: type[DMRClient],
    options: dict[str, Any],
) -> None:
    """Both ways to say it work, for both clients."""
    response = await _call(client_cls(), 'put', '/echo/', '<a/>', **options)

    assert 'application/xml' == response.json()['content_type']


@any_client
async def test_headers_of_the_constructor_are_sent(
    client_cls: type[DMRClient],
) -> None:
    """A client can be made for a format, both ways."""
    client = client_cls(
        headers={'Accept': 'text/xml', 'Content-Type': 'text/xml'},
    )

    response = await _call(client, 'post', '/echo/', '<a/>')

    expected = {
        'method': 'POST',
        'content_type': 'text/xml',
        'accept': 'text/xml',
        'body': '<a/>',
    }
    assert expected == response.json()


@any_client
async def test_get_sends_data_as_query(client_cls: type[DMRClient]) -> None:
    """Reading methods are those of Django."""
    response = await _call(client_cls(), 'get', '/form/', {'a': '1'})

    assert HTTPStatus.OK == response.status_code
    assert 'a=1' in str(response.request)


@any_client
async def test_forms_are_sent_when_asked_for(
    client_cls: type[DMRClient],
) -> None:
    """Django's own encoding of multipart forms is still there."""
    response = await _call(
        client_cls(),
        'post',
        '/form/',
        {'name': 'Ada'},
        content_type=MULTIPART_CONTENT,
    )

    assert {'name': ['Ada']} == response.json()


def test_redirects_keep_the_body() -> None:
    """A redirect that preserves the request sends the same JSON again."""
    response = DMRClient().post('/moved/', {'a': 1}, follow=True)

    expected = {
        'method': 'POST',
        'content_type': 'application/json',
        'accept': None,
        'body': '{"a":1}',
    }
    assert expected == response.json()


@any_client
async def test_json_of_other_formats_is_refused(
    client_cls: type[DMRClient],
) -> None:
    """``response.json()`` reads JSON only."""
    response = await _call(client_cls(), 'get', '/text/')

    with pytest.raises(ValueError, match='"text/plain"'):
        response.json()


@any_client
@pytest.mark.parametrize('method', ['get', 'head', 'trace'])
async def test_methods_without_body_are_those_of_django(
    client_cls: type[DMRClient],
    method: str,
) -> None:
    """They take headers and a query."""
    response = await _call(
        client_cls(),
        method,
        '/echo/',
        headers={'Accept': 'text/xml'},
        query_params={'a': '1'},
    )

    expected = {
        'method': method.upper(),
        'content_type': None,
        'accept': 'text/xml',
        'body': '',
    }
    assert HTTPStatus.OK == response.status_code
    if method != 'head':
        found = response.json()
        assert expected == {**found, 'content_type': None}


@any_client
async def test_client_can_be_made_for_another_format(
    client_cls: type[DMRClient],
) -> None:
    """Plain data are written in that format then."""
    client = client_cls(
        headers={'Content-Type': 'application/x-www-form-urlencoded'},
    )

    response = await _call(client, 'post', '/form/', {'a': ['1', '2']})

    assert {'a': ['1', '2']} == response.json()


@pytest.mark.parametrize(
    'method',
    ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'generic'],
)
def test_methods_of_the_async_client_are_coroutine_functions(
    method: str,
) -> None:
    """`async_to_sync` warns of anything else."""
    assert inspect.iscoroutinefunction(getattr(DMRAsyncClient(), method))
