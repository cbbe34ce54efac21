"""Serve one controller at a time in two colours, which must answer the same.

A `Site` takes sync controllers, generic over their serializer, and makes async
twins of them. A `Service` takes functions, and makes both controllers.
"""

import functools
import inspect
import json
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeVar

import msgspec
from django.test import override_settings

from dmr.controller import Controller
from dmr.options_mixins import AsyncMetaMixin, MetaMixin
from dmr.security import AsyncAuth
from dmr.serializer import BaseSerializer
from dmr.throttling import AsyncThrottle
from tests.integration.sending import Answer, ask_async, ask_sync, routed

#: Type variable for the serializer of controllers in tests.
AnySerializer = TypeVar('AnySerializer', bound=BaseSerializer)

_ENDPOINTS: Final = Controller.allowed_http_methods | {'query'}

_ENCODERS: Final[Mapping[str, Callable[[Any], bytes]]] = {
    'json': msgspec.json.encode,
    'msgpack': msgspec.msgpack.encode,
}


class Service:
    """One service behind ``/``, or behind another *route*.

    Middleware of Django costs a thread for each request, so there is none
    where it does not matter.
    """

    def __init__(
        self,
        serializer: Any,
        *,
        route: Any = '',
        middleware: Sequence[str] = (),
        **members: Any,
    ) -> None:
        """Make both controllers with *members*."""
        self.sync_controller = build(serializer, members, is_async=False)
        self.async_controller = build(serializer, members, is_async=True)
        self._route = route
        self._middleware = middleware

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
        site = {'route': self._route, 'MIDDLEWARE': self._middleware}
        with routed(self.sync_controller, **site):
            sync_answer = ask_sync(method, url, headers or {}, body)
        with routed(self.async_controller, **site):
            async_answer = ask_async(method, url, headers or {}, body)
        return sync_answer, async_answer

    def post_json(self, sent: Any, **options: Any) -> Answer:
        """Send JSON to both."""
        return self(
            'POST',
            body=json.dumps(sent).encode(),
            headers={'Content-Type': 'application/json'},
            **options,
        )


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

    def overridden(self) -> override_settings:
        """Return the context in which the settings of this site hold."""
        return override_settings(
            DMR_SETTINGS={
                'parsers': ['json', 'msgpack'],
                'renderers': ['json', 'msgpack'],
                **self.settings,
            },
            MIDDLEWARE=list(self.middleware),
            **self.django_settings,
        )

    def answer_sync(
        self,
        controller: type[Controller[Any]],
        method: str,
        path: str,
        data: Any,
        request: Mapping[str, Any],
    ) -> Answer:
        """Return the answer of one controller, over WSGI."""
        with routed(controller, self.route):
            return ask_sync(method, path, *self._sent(data, **request))

    def answer_async(
        self,
        controller: type[Controller[Any]],
        method: str,
        path: str,
        data: Any,
        request: Mapping[str, Any],
    ) -> Answer:
        """Return the answer of one controller, over ASGI."""
        with routed(controller, self.route):
            return ask_async(method, path, *self._sent(data, **request))

    def _sent(
        self,
        data: Any,
        *,
        content_type: str | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> tuple[dict[str, str], bytes]:
        """Return headers and body of a request in the format of this site."""
        if data is not None and not isinstance(data, bytes):
            data = _ENCODERS[self.body_format](data)
        by_default = {'Accept': self.media_type}
        if data:
            by_default['Content-Type'] = content_type or self.media_type
        return {
            name: header
            for name, header in {**by_default, **(headers or {})}.items()
            if header is not None
        }, data or b''


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
        if name in _ENDPOINTS
        else member
        for name, member in members.items()
    }
    return types.new_class(
        'Asked',
        bases or (Controller[serializer],),
        exec_body=lambda body: body.update(namespace),
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


def _as_async(func: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(func)
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


def _raised(call: Callable[[], object]) -> BaseException:
    try:
        answer = call()
    except Exception as exc:
        return exc
    raise AssertionError(f'Nothing was raised, the answer is {answer!r}')
