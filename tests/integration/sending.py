"""Send requests through Django's handlers, and return all that clients see."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from asgiref.sync import async_to_sync
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.test.client import AsyncClientHandler, FakePayload

from dmr.routing import path


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole response."""

    status_code: int
    headers: Mapping[str, str]
    cookies: str
    content: bytes

    @property
    def data(self) -> Any:
        """Return the body as Python data, whatever the format is."""
        if not self.content:
            return None
        if 'msgpack' in self.headers['Content-Type']:
            return msgspec.msgpack.decode(self.content)
        return json.loads(self.content)

    @property
    def outcome(self) -> tuple[int, Any]:
        """Return status and body, for comparisons of whole answers."""
        return self.status_code, self.data

    @property
    def places(self) -> tuple[int, list[tuple[str, ...]]]:
        """Return the status and where the errors are, in order."""
        details = self.data['detail']
        return self.status_code, [tuple(one.get('loc', ())) for one in details]


class routed(override_settings):
    """Serve one controller at *route*, and nothing else, with *settings*.

    Errors that nobody answers escape, whatever the colour is.
    """

    def __init__(
        self,
        controller: Any,
        route: Any = '',
        **settings: Any,
    ) -> None:
        pattern = (
            path(route, controller.as_view(), name='it')
            if isinstance(route, str)
            else route(controller.as_view())
        )
        super().__init__(
            ROOT_URLCONF=(pattern,),
            DEBUG_PROPAGATE_EXCEPTIONS=True,
            **settings,
        )


def ask(sync_controller: Any, async_controller: Any, *request: Any) -> Answer:
    """Send one request to both controllers, which must answer the same.

    *request* is method, URL, headers and body.
    """
    with routed(sync_controller):
        sync_answer = ask_sync(*request)
    with routed(async_controller):
        async_answer = ask_async(*request)
    assert sync_answer == async_answer, (sync_answer, async_answer)
    return sync_answer


def ask_sync(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
) -> Answer:
    """Send one request the way that WSGI servers do."""
    target, _, query = url.partition('?')
    environ: dict[str, Any] = {
        'REQUEST_METHOD': method,
        'PATH_INFO': target,
        'QUERY_STRING': query,
        'wsgi.input': FakePayload(body),
    }
    for name, header in _with_length(headers, body).items():
        key = name.upper().replace('-', '_')
        if key not in {'CONTENT_TYPE', 'CONTENT_LENGTH'}:
            key = f'HTTP_{key}'
        environ[key] = header
    return answer_of(Client().request(**environ))


def ask_async(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
) -> Answer:
    """Send one request the way that ASGI servers do."""
    target, _, query = url.partition('?')
    scope: dict[str, Any] = {
        'type': 'http',
        'http_version': '1.1',
        'method': method,
        'scheme': 'http',
        'server': ('testserver', 80),
        'client': ('127.0.0.1', 0),
        'path': target,
        'query_string': query.encode('latin-1'),
        'headers': [
            (name.lower().encode('latin-1'), header.encode('latin-1'))
            for name, header in _with_length(headers, body).items()
        ],
        '_body_file': FakePayload(body),
    }
    return answer_of(async_to_sync(AsyncClientHandler())(scope))


def answer_of(response: Any) -> Answer:
    """Return what a client sees of *response*."""
    assert isinstance(response, HttpResponseBase)
    content = (
        b''.join(_chunks(response)) if response.streaming else response.content  # type: ignore[attr-defined]  # not streaming
    )
    return Answer(
        status_code=response.status_code,
        headers=dict(sorted(response.headers.items())),
        cookies=response.cookies.output(),
        content=content,
    )


def multipart(
    *parts: tuple[str, bytes] | tuple[str, bytes, str, str],
    boundary: str = 'frontier',
) -> tuple[bytes, dict[str, str]]:
    """Return body and headers: fields, and files with name and media type."""
    lines: list[bytes] = []
    for name, content, *file in parts:
        disposition = f'Content-Disposition: form-data; name="{name}"'
        if file:
            disposition += f'; filename="{file[0]}"'
        lines += [f'--{boundary}'.encode(), disposition.encode()]
        if file:
            lines.append(f'Content-Type: {file[1]}'.encode())
        lines += [b'', content]
    lines += [f'--{boundary}--'.encode(), b'']
    content_type = f'multipart/form-data; boundary={boundary}'
    return b'\r\n'.join(lines), {'Content-Type': content_type}


def _with_length(headers: Mapping[str, str], body: bytes) -> dict[str, str]:
    length = {'Content-Length': str(len(body))} if body else {}
    return {**length, **headers}


def _chunks(response: Any) -> list[bytes]:
    if not response.is_async:
        return list(response)

    async def collect() -> list[bytes]:
        return [chunk async for chunk in response]

    return async_to_sync(collect)()
