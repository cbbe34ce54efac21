"""Responses are compared with what their endpoints promise."""

import dataclasses
import io
import re
from collections.abc import AsyncIterator
from http import HTTPStatus
from typing import Any

import msgspec
import pydantic
import pytest
from django.http import FileResponse, HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path
from typing_extensions import TypedDict

from dmr import (
    Body,
    Controller,
    HeaderSpec,
    NewCookie,
    NewHeader,
    ResponseSpec,
    modify,
    validate,
)
from dmr.cookies import CookieSpec
from dmr.errors import ErrorModel
from dmr.files import FileResponseSpec
from dmr.plugins.msgspec import (
    MsgpackParser,
    MsgpackRenderer,
    MsgspecSerializer,
)
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import FileRenderer
from dmr.streaming.jsonl import JsonLinesController
from dmr.test import (
    DMRAsyncClient,
    DMRClient,
    DMRRequestFactory,
    assert_response,
    override_dmr_settings,
)


class _Book(pydantic.BaseModel):
    title: str


class _Author(msgspec.Struct):
    name: str


class _Titled(TypedDict):
    title: str


@dataclasses.dataclass
class _Numbered:
    title: int


class _Books(Controller[PydanticSerializer]):
    @modify(
        headers={'Location': NewHeader(value='/books/1/')},
        cookies={'last': NewCookie(value='1')},
    )
    def post(self, parsed_body: Body[_Book]) -> _Book:
        return parsed_body

    @modify(status_code=HTTPStatus.NO_CONTENT)
    def delete(self) -> None:
        return None

    @validate(
        ResponseSpec(
            _Book,
            status_code=HTTPStatus.OK,
            headers={'X-Number': HeaderSpec()},
            cookies={'last': CookieSpec()},
        ),
        validate_responses=False,
    )
    def get(self) -> HttpResponse:
        """Answer whatever the test wants."""
        wanted = self.request.GET
        response = HttpResponse(
            wanted.get('body', '{"title": "Emma"}'),
            status=int(wanted.get('status', '200')),
            content_type=wanted.get('type', 'application/json'),
        )
        if 'no-number' not in wanted:
            response.headers['X-Number'] = '1'
        if 'no-cookie' not in wanted:
            response.set_cookie('last', '1', samesite='lax')
        return response


class _Authors(Controller[MsgspecSerializer]):
    parsers = [MsgpackParser()]
    renderers = [MsgpackRenderer()]

    async def post(self, parsed_body: Body[_Author]) -> _Author:
        return parsed_body


class _Files(Controller[PydanticSerializer]):
    @validate(FileResponseSpec(), renderers=[FileRenderer('text/plain')])
    def get(self) -> FileResponse:
        return FileResponse(io.BytesIO(b'text'), filename='a.txt')


class _Lines(JsonLinesController[PydanticSerializer]):
    async def get(self) -> AsyncIterator[int]:
        return self.numbers()

    async def numbers(self) -> AsyncIterator[int]:
        yield 1


def _plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse('plain')


urlpatterns = [
    path('books/', _Books.as_view()),
    path('authors/', _Authors.as_view()),
    path('files/', _Files.as_view()),
    path('lines/', _Lines.as_view()),
    path('plain/', _plain),
]

pytestmark = pytest.mark.urls(__name__)


def _get(**query: str) -> Any:
    return DMRClient().get('/books/', query_params=query)


def test_data_have_the_type_that_the_endpoint_says() -> None:
    """Nothing but the status has to be named."""
    response = DMRClient().post('/books/', {'title': 'Emma'})

    assert _Book(title='Emma') == assert_response(response, 201)


def test_data_have_the_type_that_is_asked_for() -> None:
    """Any model that the serializer of the endpoint knows."""
    response = DMRClient().post('/books/', {'title': 'Emma'})

    assert {'title': 'Emma'} == assert_response(response, 201, _Titled)


async def test_other_formats_are_read() -> None:
    """With the endpoint's own renderers, in asynchronous code too."""
    client = DMRAsyncClient(headers={'Content-Type': 'application/msgpack'})

    response = await client.post('/authors/', {'name': 'Jane'})

    assert _Author('Jane') == assert_response(response, 201, _Author)


def test_response_of_a_view_needs_its_request() -> None:
    """A client knows it, a view does not say."""
    request = DMRRequestFactory().post('/', {'title': 'Emma'})
    response = _Books.as_view()(request)

    data = assert_response(response, 201, request=request)

    assert _Book(title='Emma') == data
    with pytest.raises(ValueError, match='pass the `request`'):
        assert_response(response, 201)


def test_empty_response_has_no_data() -> None:
    """Its status is what is promised."""
    assert assert_response(DMRClient().delete('/books/'), 204) is None


def test_errors_are_promised_too() -> None:
    """They have the error model."""
    data = assert_response(DMRClient().post('/books/', {}), 400, ErrorModel)

    assert ['parsed_body', 'title'] == data['detail'][0].get('loc')


async def test_content_of_streams_is_left_to_be_read() -> None:
    """Only status and headers are compared."""
    response: Any = await DMRAsyncClient().get('/lines/')

    data = assert_response(response, 200)

    parts = [part async for part in aiter(response)]
    assert (None, b'1\n') == (data, b''.join(parts))


def test_content_of_files_is_left_to_be_read() -> None:
    """Only status and headers are compared."""
    response: Any = DMRClient().get('/files/')

    data = assert_response(response, 200)

    assert (None, b'text') == (data, b''.join(response))


def test_values_of_headers_and_cookies_are_compared() -> None:
    """``None`` stands for what must not be there."""
    response = DMRClient().post('/books/', {'title': 'Emma'})

    assert_response(
        response,
        201,
        headers={'location': '/books/1/', 'X-Other': None},
        cookies={'last': '1', 'other': None},
    )


@pytest.mark.parametrize(
    ('options', 'message'),
    [
        (
            {'headers': {'Location': '/books/2/'}},
            "Header 'Location' is '/books/1/', expected '/books/2/'",
        ),
        (
            {'headers': {'Location': None}},
            "Header 'Location' is '/books/1/', expected None",
        ),
        (
            {'cookies': {'last': '2'}},
            "Cookie 'last' is '1', expected '2'",
        ),
        (
            {'model': _Numbered},
            'Body of _Books.post is no',
        ),
    ],
)
def test_what_the_test_expects_is_compared(
    options: dict[str, Any],
    message: str,
) -> None:
    """The message has both values."""
    response = DMRClient().post('/books/', {'title': 'Emma'})

    with pytest.raises(AssertionError, match=re.escape(message)):
        assert_response(response, 201, **options)


def test_wrong_status_shows_the_body() -> None:
    """Which says most about what went wrong."""
    response = DMRClient().post('/books/', {})

    with pytest.raises(
        AssertionError,
        match=r'Expected status 201, not 400: .*Field required',
    ):
        assert_response(response, 201)


@pytest.mark.parametrize(
    ('query', 'message'),
    [
        ({'status': '202'}, 'does not describe status 202, only'),
        ({'body': '{}'}, 'Field required'),
        ({'body': '{'}, 'is not what it describes'),
        ({'type': 'text/html'}, "content type 'text/html' is not listed"),
        ({'no-number': ''}, "missing required {'x-number'} headers"),
        ({'no-cookie': ''}, "missing required {'last'} cookie"),
    ],
)
def test_broken_promises_are_found(query: dict[str, str], message: str) -> None:
    """Also where the validation of responses is switched off."""
    response = _get(**query)

    with pytest.raises(AssertionError, match=re.escape(message)):
        assert_response(response, response.status_code)


@override_dmr_settings(validate_responses=False)
def test_kept_promises_are_kept_without_validation() -> None:
    """The endpoint above can answer in the right way."""
    assert _Book(title='Emma') == assert_response(_get(), 200)


def test_additions_of_middleware_are_allowed() -> None:
    """No endpoint describes them."""
    with override_settings(
        MIDDLEWARE=[
            'django.middleware.clickjacking.XFrameOptionsMiddleware',
            f'{__name__}.add_cookie',
        ],
    ):
        response = _get()

    assert 'X-Frame-Options' in response.headers
    assert_response(response, 200, _Book)


def add_cookie(get_response: Any) -> Any:
    """Return a middleware that sets a cookie."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response: HttpResponse = get_response(request)
        response.set_cookie('tracking', 'no')
        return response

    return middleware


def test_views_without_endpoint_have_nothing_to_compare() -> None:
    """The error says what to use instead."""
    response = DMRClient().get('/plain/')

    with pytest.raises(ValueError, match='No endpoint has answered GET /plain'):
        assert_response(response, 200)
