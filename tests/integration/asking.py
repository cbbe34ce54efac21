"""Ask one service in two colours: sync over WSGI and async over ASGI.

A service is described once, with sync functions. `Service` makes a sync and an
async controller of them, routes both, sends each request to both through
Django's own handlers, and insists on the same answer byte for byte.
"""

import asyncio
import dataclasses
import functools
import inspect
import json
import types
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.test import Client, override_settings
from django.test.client import AsyncClientHandler, FakePayload

from dmr import Controller
from dmr.routing import path

ENDPOINTS: Final = Controller.allowed_http_methods | {'query'}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything that a client sees."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """Return the value of a header, ``None`` without it."""
        return dict(self.headers).get(name.lower())

    def json(self) -> Any:
        """Return the body, which is JSON."""
        return json.loads(self.body)

    @property
    def outcome(self) -> tuple[int, Any]:
        """Return status and body, for comparisons of whole answers."""
        return self.status, self.json() if self.body else None

    @property
    def places(self) -> tuple[int, list[tuple[str, ...]]]:
        """Return the status and where the errors are, in order."""
        details = self.json()['detail']
        return self.status, [tuple(one.get('loc', ())) for one in details]


class Service:
    """One service behind ``/``, or behind another *route*."""

    def __init__(
        self,
        serializer: Any,
        *,
        route: Any = '',
        **members: Any,
    ) -> None:
        """Make both controllers with *members*."""
        self.sync_controller = build(serializer, members, is_async=False)
        self.async_controller = build(serializer, members, is_async=True)
        self._route = route

    def __call__(
        self,
        method: str = 'GET',
        url: str = '/',
        *,
        body: bytes = b'',
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request to both, return the answer that both gave."""
        sync_answer, async_answer = self.both(
            method,
            url,
            body=body,
            headers=headers,
        )
        assert sync_answer == async_answer, (sync_answer, async_answer)
        return sync_answer

    def both(
        self,
        method: str = 'GET',
        url: str = '/',
        *,
        body: bytes = b'',
        headers: Mapping[str, str] | None = None,
    ) -> tuple[Answer, Answer]:
        """Send one request to both, where their servers may differ."""
        return _ask_both(
            self.sync_controller,
            self.async_controller,
            method,
            url,
            body=body,
            headers=headers,
            route=self._route,
        )

    def post_json(self, sent: Any, **options: Any) -> Answer:
        """Send JSON to both."""
        return self(
            'POST',
            body=json.dumps(sent).encode(),
            headers={'Content-Type': 'application/json'},
            **options,
        )

    def send_form(self, fields: Any, method: str = 'POST') -> Answer:
        """Send an urlencoded form to both."""
        return self(
            method,
            body=urlencode(fields, doseq=True).encode(),
            headers={'Content-Type': 'application/x-www-form-urlencoded'},
        )


def ask(
    sync_controller: Any,
    async_controller: Any,
    *args: Any,
    **options: Any,
) -> Answer:
    """Send one request to both controllers, which must answer the same."""
    sync_answer, async_answer = _ask_both(
        sync_controller,
        async_controller,
        *args,
        **options,
    )
    assert sync_answer == async_answer, (sync_answer, async_answer)
    return sync_answer


def routed(controller: Any, route: Any = '') -> Any:
    """Return a context in which *controller* is the whole project."""
    make = path if isinstance(route, str) else route
    pattern = (
        make(route, controller.as_view())
        if isinstance(route, str)
        else make(controller.as_view())
    )
    return override_settings(
        ROOT_URLCONF=(pattern,),
        DEBUG_PROPAGATE_EXCEPTIONS=True,
    )


def build(
    serializer: Any,
    members: Mapping[str, Any],
    *,
    is_async: bool,
    bases: tuple[Any, ...] = (),
) -> Any:
    """Make a controller of one colour, by default of the usual kind."""
    namespace = {
        name: _endpoint(name, member, is_async=is_async)
        if name in ENDPOINTS
        else member
        for name, member in members.items()
    }
    return types.new_class(
        'Asked',
        bases or (Controller[serializer],),
        exec_body=lambda body: body.update(namespace),
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


def _endpoint(name: str, func: Any, *, is_async: bool) -> Any:
    """Return *func* as an endpoint of one colour, called *name*."""

    @functools.wraps(func)
    def sync_twin(*args: Any, **kwargs: Any) -> Any:
        return func(*args, **kwargs)

    @functools.wraps(func)
    async def async_twin(*args: Any, **kwargs: Any) -> Any:
        found = func(*args, **kwargs)
        return await found if inspect.iscoroutine(found) else found

    twin: Any = async_twin if is_async else sync_twin
    # What is wrapped would be found again, with the wrong colour.
    del twin.__wrapped__
    twin.__name__ = name
    return twin


def _ask_both(
    sync_controller: Any,
    async_controller: Any,
    method: str = 'GET',
    url: str = '/',
    *,
    body: bytes = b'',
    headers: Mapping[str, str] | None = None,
    route: Any = '',
) -> tuple[Answer, Answer]:
    sent = dict(headers or {})
    if body and 'Content-Length' not in sent:
        sent['Content-Length'] = str(len(body))
    with routed(sync_controller, route):
        sync_answer = _ask_wsgi(method, url, body, sent)
    with routed(async_controller, route):
        async_answer = asyncio.run(_ask_asgi(method, url, body, sent))
    return sync_answer, async_answer


def _ask_wsgi(
    method: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
) -> Answer:
    target, _, query = url.partition('?')
    environ: dict[str, Any] = {
        'REQUEST_METHOD': method,
        'PATH_INFO': target,
        'QUERY_STRING': query,
        'wsgi.input': FakePayload(body),
    }
    for name, header in headers.items():
        key = name.upper().replace('-', '_')
        if key not in {'CONTENT_TYPE', 'CONTENT_LENGTH'}:
            key = f'HTTP_{key}'
        environ[key] = header
    return _answer(Client().request(**environ))


async def _ask_asgi(
    method: str,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
) -> Answer:
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
            for name, header in headers.items()
        ],
        '_body_file': FakePayload(body),
    }
    return _answer(await AsyncClientHandler()(scope))


def _answer(response: Any) -> Answer:
    return Answer(
        status=response.status_code,
        headers=tuple(
            sorted(
                (name.lower(), header)
                for name, header in response.headers.items()
            ),
        ),
        body=response.content,
    )
