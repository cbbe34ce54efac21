"""Send whole requests through Django's handlers, sync and async at once.

A test writes one sync controller, generic over its serializer. `Site` makes it
concrete, makes an async twin of it, serves both and insists that they answer
the same, byte for byte.
"""

import json
import types
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import wraps
from http.cookies import SimpleCookie
from typing import Any, Final, TypeVar

import msgspec
from asgiref.sync import async_to_sync
from django.http import HttpResponseBase
from django.test import AsyncClient, Client, override_settings
from django.urls import path as django_path

from dmr.controller import Controller
from dmr.options_mixins import AsyncMetaMixin, MetaMixin
from dmr.security import AsyncAuth
from dmr.serializer import BaseSerializer
from dmr.throttling import AsyncThrottle

#: Type variable for the serializer of controllers in tests.
AnySerializer = TypeVar('AnySerializer', bound=BaseSerializer)

_ENCODERS: Final[Mapping[str, Callable[[Any], bytes]]] = {
    'json': msgspec.json.encode,
    'msgpack': msgspec.msgpack.encode,
}


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


@dataclass(frozen=True, kw_only=True)
class Site:
    """A project that serves one controller at a time."""

    serializer: type[BaseSerializer]
    #: Format of bodies, requests and responses: ``json`` or ``msgpack``.
    body_format: str = 'json'
    settings: Mapping[str, Any] = field(default_factory=dict[str, Any])
    middleware: Sequence[str] = ()
    #: Other Django settings.
    django_settings: Mapping[str, Any] = field(
        default_factory=dict[str, Any],
    )
    route: str = ''

    @property
    def media_type(self) -> str:
        """Return the media type of all bodies."""
        return f'application/{self.body_format}'

    def having(self, **changes: Any) -> 'Site':
        """Return the same site with other fields."""
        return replace(self, **changes)

    def configured(self, **settings: Any) -> 'Site':
        """Return the same site with these keys in ``DMR_SETTINGS``."""
        return replace(self, settings={**self.settings, **settings})

    def define(self, controller: type[Any]) -> type[Controller[Any]]:
        """Return *controller* with the serializer of this site."""
        if not controller.is_abstract:
            return controller
        if not getattr(controller, '__parameters__', ()):
            return controller
        return _subclass(controller, (controller[self.serializer],), {})

    def serve(
        self,
        controller: type[Any],
        method: str = 'GET',
        path: str = '/',
        data: Any = None,
        **request: Any,
    ) -> Answer:
        """Return what both twins of *controller* answer."""
        with self.overridden():
            concrete = self.define(controller)
            sync_answer = self.answer_sync(
                concrete, method, path, data, request
            )
            async_answer = self.answer_async(
                async_twin(concrete),
                method,
                path,
                data,
                request,
            )
        assert sync_answer == async_answer
        return sync_answer

    def fail(
        self,
        controller: type[Any],
        method: str = 'GET',
        path: str = '/',
        data: Any = None,
        **request: Any,
    ) -> BaseException:
        """Return the error that escapes from both twins of *controller*."""
        with self.overridden():
            concrete = self.define(controller)
            twin = async_twin(concrete)
            raised = _raised(
                lambda: self.answer_sync(concrete, method, path, data, request),
            )
            raised_async = _raised(
                lambda: self.answer_async(twin, method, path, data, request),
            )
        assert (type(raised), str(raised)) == (
            type(raised_async),
            str(raised_async),
        )
        assert type(raised.__context__) is type(raised_async.__context__)
        return raised

    def overridden(self) -> ExitStack:
        """Return the context in which the settings of this site hold."""
        stack = ExitStack()
        stack.enter_context(
            override_settings(
                DMR_SETTINGS={
                    'parsers': ['json', 'msgpack'],
                    'renderers': ['json', 'msgpack'],
                    **self.settings,
                },
                MIDDLEWARE=list(self.middleware),
                **self.django_settings,
            ),
        )
        return stack

    def answer_sync(
        self,
        controller: type[Controller[Any]],
        method: str,
        path: str,
        data: Any,
        request: Mapping[str, Any],
    ) -> Answer:
        """Return the answer of one controller, over WSGI."""
        arguments = self._arguments(data, request)
        with urls(self.route, controller):
            return answer_of(
                Client().generic(method, path, **arguments),
            )

    def answer_async(
        self,
        controller: type[Controller[Any]],
        method: str,
        path: str,
        data: Any,
        request: Mapping[str, Any],
    ) -> Answer:
        """Return the answer of one controller, over ASGI."""
        arguments = self._arguments(data, request)
        with urls(self.route, controller):
            return answer_of(_send_async(method, path, **arguments))

    def _arguments(
        self,
        data: Any,
        request: Mapping[str, Any],
    ) -> dict[str, Any]:
        given = {'content_type': self.media_type, **request}
        headers = {
            'Accept': self.media_type,
            **(given.pop('headers', None) or {}),
        }
        if data is not None and not isinstance(data, bytes):
            data = _ENCODERS[self.body_format](data)
        return {
            **given,
            'data': data or b'',
            'headers': {
                name: value
                for name, value in headers.items()
                if value is not None
            },
        }


class urls(override_settings):
    """Serve one controller, at *route* of the root."""

    def __init__(self, route: str, controller: type[Any]) -> None:
        patterns = [django_path(route, controller.as_view(), name='it')]
        super().__init__(
            ROOT_URLCONF=type('Urls', (), {'urlpatterns': patterns}),
        )


def answer_of(response: Any) -> Answer:
    """Return what a client sees of *response*."""
    assert isinstance(response, HttpResponseBase)
    content = (
        b''.join(_chunks(response)) if response.streaming else response.content  # type: ignore[attr-defined]  # not streaming
    )
    cookies: SimpleCookie = response.cookies
    return Answer(
        status_code=response.status_code,
        headers=dict(sorted(response.headers.items())),
        cookies=cookies.output(),
        content=content,
    )


def async_twin(controller: type[Controller[Any]]) -> type[Controller[Any]]:
    """Return a subclass whose endpoints and error handlers are async."""
    if controller.is_async:
        return controller
    body: dict[str, Any] = {}
    for endpoint in controller.api_endpoints.values():
        name = (
            'meta'
            if endpoint.metadata.method == 'options'
            else (endpoint.metadata.method)
        )
        body[name] = _as_async(endpoint.func)
    if issubclass(controller, MetaMixin):
        body['meta'] = AsyncMetaMixin.meta
    if controller.handle_error is not Controller.handle_error:
        body['handle_async_error'] = _as_async(controller.handle_error)
    if controller.auth:
        body['auth'] = [_async_guard(one, AsyncAuth) for one in controller.auth]
    if controller.throttling:
        body['throttling'] = [
            _async_guard(one, AsyncThrottle) for one in controller.throttling
        ]
    twin = _subclass(controller, (controller,), body)
    assert twin.is_async is not False
    return twin


def _subclass(
    controller: type[Any],
    bases: tuple[Any, ...],
    body: Mapping[str, Any],
) -> Any:
    return types.new_class(
        controller.__name__,
        bases,
        {},
        lambda namespace: namespace.update(
            body,
            __module__=controller.__module__,
            __qualname__=controller.__qualname__,
        ),
    )


@async_to_sync
async def _send_async(*args: Any, **arguments: Any) -> Any:
    return await AsyncClient().generic(*args, **arguments)


def _as_async(func: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(func)
    async def async_func(*args: Any, **kwargs: Any) -> Any:
        return func(*args, **kwargs)

    payload = getattr(func, '__dmr_payload__', None)
    if payload is not None and payload.error_handler is not None:
        async_func.__dmr_payload__ = replace(  # type: ignore[attr-defined]
            payload,
            error_handler=_as_async(payload.error_handler),
        )
    return async_func


def _async_guard(guard: Any, base: type[Any]) -> Any:
    """Return the async twin of an auth or a throttle."""

    async def call(self: Any, endpoint: Any, controller: Any) -> Any:
        return guard(endpoint, controller)

    if base is AsyncThrottle:
        twin = type('Twin', (base,), {'__call__': call})
        return twin(
            guard.max_requests,
            guard.duration_in_seconds,
            cache_key=guard.cache_key,
            response_headers=guard.response_headers,
        )
    names = ('security_schemes', 'security_requirement')
    body = {name: getattr(guard, name) for name in names}
    return type('Twin', (base,), {'__call__': call, **body})()


def _chunks(response: Any) -> list[bytes]:
    if not response.is_async:
        return list(response)

    async def collect() -> list[bytes]:
        return [chunk async for chunk in response]

    return async_to_sync(collect)()


def _raised(call: Callable[[], object]) -> BaseException:
    try:
        answer = call()
    except Exception as exc:
        return exc
    raise AssertionError(f'Nothing was raised, the answer is {answer!r}')
