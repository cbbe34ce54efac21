"""What servers do to requests: chunks, missing lengths, lost clients."""

import asyncio
import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

import pytest
from django.core.handlers.asgi import ASGIHandler
from django.test import Client, override_settings

from dmr import Body, FileMetadata
from dmr.parsers import FormUrlEncodedParser, JsonParser, MultiPartParser
from tests.integration.sending import multipart, routed
from tests.integration.serving import Service

_FORM: Final = 'application/x-www-form-urlencoded'
_PARTS: Final = 'multipart/form-data; boundary=frontier'

_content_types = pytest.mark.parametrize(
    'content_type',
    ['application/json', _FORM, _PARTS],
)


def _post(self: Any, parsed_body: Body[Any]) -> int:
    return len(parsed_body)


def _names(
    self: Any,
    parsed_body: Body[dict[str, str]],
    parsed_file_metadata: FileMetadata[dict[str, Any]],
) -> list[Any]:
    return [parsed_body, parsed_file_metadata['f']['size']]


def _service(serializer: Any, endpoint: Any = _post) -> Service:
    return Service(
        serializer,
        post=endpoint,
        put=endpoint,
        parsers=[JsonParser(), FormUrlEncodedParser(), MultiPartParser()],
    )


async def _send(
    messages: Sequence[dict[str, Any]],
    content_type: str,
    method: str = 'POST',
) -> list[dict[str, Any]]:
    """Return what Django's own handler sends after these messages."""
    waiting = list(messages)
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if not waiting:
            await asyncio.Event().wait()
        return waiting.pop(0)

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        'type': 'http',
        'asgi': {'version': '3.0'},
        'http_version': '1.1',
        'method': method,
        'path': '/',
        'query_string': b'',
        'headers': [(b'content-type', content_type.encode())],
    }
    await ASGIHandler()(scope, receive, send)
    return sent


def _chunks(body: bytes, size: int) -> list[dict[str, Any]]:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return [
        {
            'type': 'http.request',
            'body': part,
            'more_body': number < len(parts) - 1,
        }
        for number, part in enumerate(parts)
    ]


def _chunked(
    service: Service,
    body: bytes,
    content_type: str,
    method: str = 'POST',
) -> tuple[int, bytes]:
    """Send *body* without its length, return status and body."""
    with routed(service.async_controller):
        start, *rest = asyncio.run(
            _send(_chunks(body, 7), content_type, method),
        )
    return start['status'], b''.join(one['body'] for one in rest)


@pytest.mark.parametrize(
    ('body', 'content_type'),
    [
        (b'[1,2,3,4,5,6,7,8,9]', 'application/json'),
        (b'&'.join(b'a%d=b' % one for one in range(9)), _FORM),
        (multipart(*((f'a{one}', b'x') for one in range(9)))[0], _PARTS),
    ],
    ids=['json', 'form', 'multipart'],
)
@pytest.mark.parametrize('method', ['POST', 'PUT'])
def test_chunked_body_is_read(
    serializer: Any,
    body: bytes,
    content_type: str,
    method: str,
) -> None:
    """A body without a length is read to its end."""
    _, answer = _chunked(_service(serializer), body, content_type, method)

    assert b'9' == answer


@pytest.mark.parametrize('method', ['POST', 'PUT'])
def test_chunked_upload_is_read(serializer: Any, method: str) -> None:
    """Files without a length are not lost."""
    body, headers = multipart(('a', b'x'), ('f', b'12345', 'f', 'a/b'))

    _, answer = _chunked(
        _service(serializer, _names),
        body,
        headers['Content-Type'],
        method,
    )

    assert b'[{"a":"x"},5]' == answer


@pytest.mark.parametrize('method', ['POST', 'PUT'])
@pytest.mark.parametrize(
    ('body', 'content_type'),
    [
        (b'"' + b'x' * 100 + b'"', 'application/json'),
        (b'a=' + b'x' * 100, _FORM),
        (multipart(('a', b'x' * 100))[0], _PARTS),
    ],
    ids=['json', 'form', 'multipart'],
)
def test_oversized_chunked_body_is_413(
    serializer: Any,
    body: bytes,
    content_type: str,
    method: str,
) -> None:
    """The limit is for what was sent, not for what was announced."""
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=50):
        status, answer = _chunked(
            _service(serializer),
            body,
            content_type,
            method,
        )

    assert HTTPStatus.REQUEST_ENTITY_TOO_LARGE == status
    assert answer.startswith(b'{"detail":[{"msg":')


class _LostClient:
    """The input of a client that goes away while it sends."""

    def read(self, size: int = -1) -> bytes:
        raise ConnectionResetError('Connection reset by peer')

    readline = read


@_content_types
@pytest.mark.parametrize('method', ['POST', 'PUT'])
def test_client_that_goes_away_is_no_news(
    serializer: Any,
    content_type: str,
    method: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """There is no traceback, and nothing in the log."""
    with (
        routed(_service(serializer).sync_controller),
        caplog.at_level(logging.DEBUG),
    ):
        response: Any = Client().request(
            **{
                'REQUEST_METHOD': method,
                'CONTENT_TYPE': content_type,
                'CONTENT_LENGTH': '100',
                'wsgi.input': _LostClient(),
            },
        )

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert response.json() == {
        'detail': [
            {'msg': 'Request body cannot be read', 'type': 'value_error'},
        ],
    }
    assert [] == [one for one in caplog.records if one.levelno > logging.DEBUG]


@_content_types
def test_async_client_that_goes_away_gets_nothing(
    serializer: Any,
    content_type: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The endpoint is not called for half a body."""
    messages = [
        {'type': 'http.request', 'body': b'[1', 'more_body': True},
        {'type': 'http.disconnect'},
    ]

    with (
        routed(_service(serializer).async_controller),
        caplog.at_level(logging.DEBUG),
    ):
        sent = asyncio.run(_send(messages, content_type))

    assert [] == sent
    assert [] == [one for one in caplog.records if one.levelno > logging.DEBUG]
