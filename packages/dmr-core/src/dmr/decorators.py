"""Use Django's view decorators and middleware with controllers."""

import inspect
from collections.abc import Callable
from functools import cache, wraps
from typing import Any, Generic, TypeVar, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.decorators import method_decorator
from typing_extensions import ParamSpec

from dmr.internal.request_state import pending_view, set_pending_view
from dmr.metadata import ResponseSpec

_TypeT = TypeVar('_TypeT', bound=type[Any])
_ViewT = TypeVar('_ViewT', bound=Callable[..., Any])
_ParamT = ParamSpec('_ParamT')
_ReturnT = TypeVar('_ReturnT')


def dispatch_decorator(
    func: Callable[..., Any],
) -> Callable[[_TypeT], _TypeT]:
    """Decorate the ``dispatch`` method of a controller.

    Responses of the decorator reach the client as they are: they are neither
    rendered nor validated. Use `wrap_middleware` or `endpoint_decorator`
    where the format of your API matters.
    """
    return cast(
        'Callable[[_TypeT], _TypeT]',
        method_decorator(func, name='dispatch'),
    )


def endpoint_decorator(
    original_decorator: Callable[[_ViewT], _ViewT],
) -> Callable[[Callable[_ParamT, _ReturnT]], Callable[_ParamT, _ReturnT]]:
    """Decorate one endpoint with a decorator for Django's views.

    Put it above `modify` or `validate`. Responses of the decorator are
    validated, so describe them. Inside of the endpoint ``self`` is the
    controller, as always.
    """

    def decorator(func: Callable[_ParamT, _ReturnT]) -> Any:
        endpoint: Callable[..., Any] = func
        if inspect.iscoroutinefunction(endpoint):
            return _decorate_async(original_decorator, endpoint)
        return _decorate(original_decorator, endpoint)

    return decorator


def _decorate(
    original_decorator: Callable[..., Any],
    func: Callable[..., Any],
) -> Callable[..., Any]:
    @wraps(func)
    def view(request: HttpRequest, controller: Any, **arguments: Any) -> Any:
        return func(controller, **arguments)

    decorated = original_decorator(view)

    @wraps(func)
    def endpoint(controller: Any, **arguments: Any) -> Any:
        return decorated(controller.request, controller, **arguments)

    return endpoint


def _decorate_async(
    original_decorator: Callable[..., Any],
    func: Callable[..., Any],
) -> Callable[..., Any]:
    @wraps(func)
    async def view(
        request: HttpRequest,
        controller: Any,
        **arguments: Any,
    ) -> Any:
        return await func(controller, **arguments)

    decorated = original_decorator(view)

    @wraps(func)
    async def endpoint(controller: Any, **arguments: Any) -> Any:
        returned = decorated(controller.request, controller, **arguments)
        # A decorator may answer by itself, without calling the view.
        return await returned if inspect.isawaitable(returned) else returned

    return endpoint


class DecoratorWithResponses(Generic[_TypeT]):
    """Decorate a controller with a middleware.

    *responses* are the specs of what the middleware answers, list them in the
    ``responses`` of the controller.
    """

    __slots__ = ('decorator', 'responses')

    def __init__(
        self,
        decorator: Callable[[Any], Any],
        responses: list[ResponseSpec],
    ) -> None:
        """Decorate with *decorator*."""
        self.decorator = decorator
        self.responses = responses

    def __call__(self, cls: _TypeT) -> _TypeT:
        """Return *cls* with its ``dispatch`` wrapped."""
        return cast('_TypeT', self.decorator(cls))


def wrap_middleware(
    middleware: Callable[[Callable[..., Any]], Callable[..., Any]],
    response: ResponseSpec,
    *responses: ResponseSpec,
) -> Callable[
    [Callable[[HttpResponse], HttpResponse]],
    DecoratorWithResponses[Any],
]:
    """Make a class decorator from a Django middleware.

    Decorate a function with the result. It gets every response whose status
    is that of one of the specs, and returns the response in your format.
    Methods that the controller does not have are answered before.
    """
    specs = [response, *responses]
    statuses = frozenset(spec.status_code for spec in specs)

    def factory(
        converter: Callable[[HttpResponse], HttpResponse],
    ) -> DecoratorWithResponses[Any]:
        def convert(answer: Any) -> Any:
            if answer.status_code in statuses:
                return converter(answer)
            return answer

        def decorator(cls: Any) -> Any:
            _wrap_dispatch(cls, middleware, convert)
            return cls

        return DecoratorWithResponses(decorator, specs)

    return factory


def _wrap_dispatch(
    cls: Any,
    middleware: Callable[[Callable[..., Any]], Callable[..., Any]],
    convert: Callable[[Any], Any],
) -> None:
    original = cls.dispatch

    @cache
    def made(*, is_async: bool) -> Callable[..., Any]:
        # Once per colour: Django makes it once, it may keep state. The
        # endpoints of a subclass can have another colour than *cls*.
        return middleware(_get_response(is_async=is_async))

    if cls.is_async is not None:
        made(is_async=cls.is_async)

    async def convert_async(pending: Any) -> Any:
        return convert(
            await pending if inspect.isawaitable(pending) else pending,
        )

    @wraps(original)
    def dispatch(
        self: Any,
        request: HttpRequest,
        *args: Any,
        **kwargs: Any,
    ) -> HttpResponseBase:
        if request.method not in self.api_endpoints:
            answer: HttpResponseBase = original(self, request, *args, **kwargs)
            return answer
        set_pending_view(
            request,
            lambda current: original(self, current, *args, **kwargs),
        )
        returned: Any = made(is_async=self.is_async)(request)
        if self.is_async:
            returned = convert_async(returned)
        else:
            returned = convert(returned)
        return cast('HttpResponseBase', returned)

    cls.dispatch = dispatch


def _get_response(*, is_async: bool) -> Callable[..., Any]:
    """Return what a middleware calls to go on with a request."""

    def get_response(request: HttpRequest) -> Any:
        return pending_view(request)(request)

    async def get_response_async(request: HttpRequest) -> Any:
        return await get_response(request)

    return get_response_async if is_async else get_response
