"""The two decorators of endpoints: `modify` and `validate`.

They only leave a payload on the function, `dmr.endpoint.Endpoint` reads it
when the controller is created.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, overload

from django.http import HttpResponseBase
from typing_extensions import ParamSpec, Unpack, deprecated

from dmr.metadata import ResponseSpec
from dmr.validation.payload import (
    EndpointOptions,
    ModifyEndpointPayload,
    ModifyOptions,
    Payload,
    ValidateEndpointPayload,
)

if TYPE_CHECKING:
    from dmr.errors import AsyncErrorHandler, SyncErrorHandler

_ParamT = ParamSpec('_ParamT')
_ReturnT = TypeVar('_ReturnT')
_ResponseT = TypeVar(
    '_ResponseT',
    bound=HttpResponseBase | Awaitable[HttpResponseBase],
)
_FuncT = TypeVar('_FuncT', bound=Callable[..., Any])


# Deprecated overloads are the wrong uses: type checkers report them, as long
# as the message is a literal.
class _ModifyAsync(Protocol):
    @overload
    @deprecated('Responses need @validate, @modify is for raw data')
    def __call__(
        self,
        func: Callable[_ParamT, Awaitable[HttpResponseBase]],
        /,
    ) -> Callable[_ParamT, Awaitable[HttpResponseBase]]: ...

    @overload
    def __call__(
        self,
        func: Callable[_ParamT, Awaitable[_ReturnT]],
        /,
    ) -> Callable[_ParamT, Awaitable[_ReturnT]]: ...


class _ModifySync(Protocol):
    @overload
    @deprecated('A sync `error_handler` needs a sync endpoint')
    def __call__(
        self,
        func: Callable[_ParamT, Awaitable[Any]],
        /,
    ) -> Callable[_ParamT, Awaitable[Any]]: ...

    @overload
    @deprecated('Responses need @validate, @modify is for raw data')
    def __call__(
        self,
        func: Callable[_ParamT, HttpResponseBase],
        /,
    ) -> Callable[_ParamT, HttpResponseBase]: ...

    @overload
    def __call__(
        self,
        func: Callable[_ParamT, _ReturnT],
        /,
    ) -> Callable[_ParamT, _ReturnT]: ...


class _ModifyAny(Protocol):
    @overload
    @deprecated('Responses need @validate, @modify is for raw data')
    def __call__(
        self,
        func: Callable[_ParamT, Awaitable[HttpResponseBase]],
        /,
    ) -> Callable[_ParamT, Awaitable[HttpResponseBase]]: ...

    @overload
    @deprecated('Responses need @validate, @modify is for raw data')
    def __call__(
        self,
        func: Callable[_ParamT, HttpResponseBase],
        /,
    ) -> Callable[_ParamT, HttpResponseBase]: ...

    @overload
    def __call__(
        self,
        func: Callable[_ParamT, _ReturnT],
        /,
    ) -> Callable[_ParamT, _ReturnT]: ...


@overload
def modify(
    *,
    error_handler: 'AsyncErrorHandler',
    **options: Unpack[ModifyOptions],
) -> _ModifyAsync: ...


@overload
def modify(
    *,
    error_handler: 'SyncErrorHandler',
    **options: Unpack[ModifyOptions],
) -> _ModifySync: ...


@overload
def modify(
    *,
    error_handler: None = None,
    **options: Unpack[ModifyOptions],
) -> _ModifyAny: ...


def modify(
    *,
    error_handler: Any = None,
    **options: Unpack[ModifyOptions],
) -> Any:
    """Modify an endpoint that returns raw data.

    Every option is a field of
    `dmr.validation.ModifyEndpointPayload` with the same name;
    *extra_responses* lists responses besides the one that is returned.

    >>> from http import HTTPStatus
    >>> from dmr import modify

    >>> @modify(status_code=HTTPStatus.ACCEPTED)
    ... def post(self) -> list[int]:
    ...     return [1, 2]  # ids of the tasks that were started
    """
    given: dict[str, Any] = dict(options)
    if 'extra_responses' in given:
        given['responses'] = given.pop('extra_responses')
    return _attach(
        ModifyEndpointPayload(error_handler=error_handler, **given),
    )


@overload
def validate(
    response: ResponseSpec,
    /,
    *responses: ResponseSpec,
    error_handler: 'AsyncErrorHandler',
    **options: Unpack[EndpointOptions],
) -> Callable[
    [Callable[_ParamT, Awaitable[HttpResponseBase]]],
    Callable[_ParamT, Awaitable[HttpResponseBase]],
]: ...


@overload
def validate(
    response: ResponseSpec,
    /,
    *responses: ResponseSpec,
    error_handler: 'SyncErrorHandler',
    **options: Unpack[EndpointOptions],
) -> Callable[
    [Callable[_ParamT, HttpResponseBase]],
    Callable[_ParamT, HttpResponseBase],
]: ...


@overload
def validate(
    response: ResponseSpec,
    /,
    *responses: ResponseSpec,
    error_handler: None = None,
    **options: Unpack[EndpointOptions],
) -> Callable[
    [Callable[_ParamT, _ResponseT]],
    Callable[_ParamT, _ResponseT],
]: ...


def validate(
    response: ResponseSpec,
    /,
    *responses: ResponseSpec,
    error_handler: Any = None,
    **options: Unpack[EndpointOptions],
) -> Any:
    """Describe every response of an endpoint that returns ``HttpResponse``.

    Every option is a field of
    `dmr.validation.ValidateEndpointPayload` with the same name.

    >>> from http import HTTPStatus
    >>> from django.http import HttpResponse
    >>> from dmr import ResponseSpec, validate

    >>> @validate(ResponseSpec(list[int], status_code=HTTPStatus.OK))
    ... def post(self) -> HttpResponse:
    ...     return HttpResponse(b'[1, 2]', content_type='application/json')
    """
    return _attach(
        ValidateEndpointPayload(
            responses=[response, *responses],
            error_handler=error_handler,
            **options,
        ),
    )


def _attach(payload: Payload) -> Callable[[_FuncT], _FuncT]:
    def decorator(func: _FuncT) -> _FuncT:
        func.__dmr_payload__ = payload  # type: ignore[attr-defined]
        return func

    return decorator
