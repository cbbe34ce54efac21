"""Send requests as servers hand them on: raw, through Django's handlers."""

import asyncio
import atexit
import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, unquote_to_bytes

from dmr.asgi import ASGIHandler
from dmr.wsgi import WSGIHandler

#: A loop for each request would take more time than the requests.
_LOOP: Final = asyncio.new_event_loop()
atexit.register(_LOOP.close)

_Send = Callable[['Request'], 'Answer']


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request, *target* is what stands behind the method."""

    target: str
    method: str = 'GET'
    headers: tuple[tuple[str, bytes], ...] = ()
    body: bytes = b''

    @property
    def parts(self) -> tuple[str, str]:
        """Return path and query, both still encoded."""
        path, _, query = self.target.partition('?')
        return path, query


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """All that a client sees."""

    status: int
    headers: dict[str, str]
    body: bytes


def send_wsgi(request: Request) -> Answer:
    """Send *request* the way that gunicorn does."""
    path, query = request.parts
    environ: dict[str, Any] = {
        'REQUEST_METHOD': request.method,
        'SCRIPT_NAME': '',
        'PATH_INFO': unquote_to_bytes(path).decode('latin-1'),
        'QUERY_STRING': query,
        'SERVER_NAME': 'testserver',
        'SERVER_PORT': '80',
        'SERVER_PROTOCOL': 'HTTP/1.1',
        'REMOTE_ADDR': '127.0.0.1',
        'wsgi.version': (1, 0),
        'wsgi.url_scheme': 'http',
        'wsgi.input': io.BytesIO(request.body),
        'wsgi.errors': io.StringIO(),
        'wsgi.multithread': True,
        'wsgi.multiprocess': True,
        'wsgi.run_once': False,
        'CONTENT_LENGTH': str(len(request.body)),
    }
    for name, header in request.headers:
        key = name.upper().replace('-', '_')
        if key not in {'CONTENT_TYPE', 'CONTENT_LENGTH'}:
            key = f'HTTP_{key}'
        text = header.decode('latin-1')
        known = environ.get(key) if key.startswith('HTTP_') else None
        environ[key] = f'{known},{text}' if known else text
    started: list[Any] = []
    response = WSGIHandler()(environ, lambda *args: started.extend(args))
    body = b''.join(response)
    response.close()
    return Answer(
        status=int(started[0].split()[0]),
        headers={name.lower(): text for name, text in started[1]},
        body=body,
    )


def send_asgi(request: Request) -> Answer:
    """Send *request* the way that uvicorn does."""
    return _LOOP.run_until_complete(_send_asgi(request))


async def _send_asgi(request: Request) -> Answer:
    path, query = request.parts
    scope = {
        'type': 'http',
        'asgi': {'version': '3.0'},
        'http_version': '1.1',
        'method': request.method,
        'scheme': 'http',
        'path': unquote(path),
        'raw_path': path.encode('latin-1'),
        'query_string': query.encode('latin-1'),
        'root_path': '',
        'headers': [
            (b'host', b'testserver'),
            (b'content-length', str(len(request.body)).encode()),
            *(
                (name.lower().encode('latin-1'), header)
                for name, header in request.headers
            ),
        ],
        'server': ('127.0.0.1', 80),
        'client': ('127.0.0.1', 12345),
    }
    sent: list[Any] = []
    arrived = [{'type': 'http.request', 'body': request.body}]

    async def receive() -> Any:
        if arrived:
            return arrived.pop()
        await asyncio.sleep(30)
        return {'type': 'http.disconnect'}

    async def send(message: Any) -> None:
        sent.append(message)

    handler: Callable[..., Awaitable[None]] = ASGIHandler()
    await handler(scope, receive, send)
    return Answer(
        status=sent[0]['status'],
        headers={
            name.decode('latin-1').lower(): text.decode('latin-1')
            for name, text in sent[0]['headers']
        },
        body=b''.join(one.get('body', b'') for one in sent[1:]),
    )


#: Name of the protocol → how to send a request.
PROTOCOLS: Final[dict[str, _Send]] = {'wsgi': send_wsgi, 'asgi': send_asgi}
