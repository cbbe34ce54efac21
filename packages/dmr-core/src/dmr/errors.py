"""Turn exceptions into error bodies, and decide which status they get.

One table, `_ANSWERS`, knows which exception type is answered with which status
and which error type. Everything that is not in it is somebody else's fault and
is raised again.
"""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from enum import StrEnum, unique
from functools import wraps
from http import HTTPStatus
from types import MappingProxyType
from typing import (
    TYPE_CHECKING,
    Any,
    Final,
    NamedTuple,
    NotRequired,
    Protocol,
    TypeAlias,
    final,
    overload,
)

from django.conf import settings
from django.http import HttpResponse
from django.utils.functional import Promise
from typing_extensions import TypedDict

from dmr.exceptions import (
    DataParsingError,
    DataRenderingError,
    InternalServerError,
    InvalidCursorError,
    NotAcceptableError,
    NotAuthenticatedError,
    RequestSerializationError,
    RequestTooLargeError,
    ResponseSchemaError,
    TooManyRequestsError,
    ValidationError,
)
from dmr.internal.immediate import ImmediateResponse
from dmr.internal.last_resort import last_resort
from dmr.internal.quoting import quoted as quoted

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

#: Handle an error of an endpoint, or decline by raising the same error again.
SyncErrorHandler: TypeAlias = Callable[
    ['Endpoint', 'Controller[BaseSerializer]', Exception],
    HttpResponse,
]
#: The same for async endpoints.
AsyncErrorHandler: TypeAlias = Callable[
    ['Endpoint', 'Controller[BaseSerializer]', Exception],
    Awaitable[HttpResponse],
]


@final
@unique
class ErrorType(StrEnum):
    """Kinds of errors that clients can tell apart."""

    value_error = 'value_error'
    internal_error = 'internal_error'
    not_allowed = 'not_allowed'
    security = 'security'
    ratelimit = 'ratelimit'
    user_msg = 'user_msg'
    not_found = 'not_found'
    streaming = 'streaming'


class ErrorDetail(TypedDict):
    """Base schema for error details description."""

    msg: str
    loc: NotRequired[list[int | str]]
    type: NotRequired[str]


class ErrorModel(TypedDict):
    """Default error response schema.

    Can be customized.
    See :ref:`customizing-error-messages` for more details.
    """

    detail: list[ErrorDetail]


class FormatError(Protocol):
    """What `format_error` and its replacements look like."""

    def __call__(
        self,
        error: str | Exception,
        *,
        loc: str | list[str | int] | None = None,
        error_type: str | ErrorType | None = None,
    ) -> Any:
        """Convert *error* to the body of an error response."""


class _Answer(NamedTuple):
    status_code: HTTPStatus
    error_type: ErrorType | None


_ANSWERS: Final[Mapping[type[Exception], _Answer]] = MappingProxyType(
    {
        RequestSerializationError: _Answer(
            HTTPStatus.BAD_REQUEST,
            ErrorType.value_error,
        ),
        DataParsingError: _Answer(
            HTTPStatus.BAD_REQUEST, ErrorType.value_error
        ),
        InvalidCursorError: _Answer(
            HTTPStatus.BAD_REQUEST,
            ErrorType.value_error,
        ),
        RequestTooLargeError: _Answer(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            ErrorType.value_error,
        ),
        NotAuthenticatedError: _Answer(
            HTTPStatus.UNAUTHORIZED,
            ErrorType.security,
        ),
        NotAcceptableError: _Answer(
            HTTPStatus.NOT_ACCEPTABLE,
            ErrorType.value_error,
        ),
        ResponseSchemaError: _Answer(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            ErrorType.value_error,
        ),
        TooManyRequestsError: _Answer(
            HTTPStatus.TOO_MANY_REQUESTS,
            ErrorType.ratelimit,
        ),
        InternalServerError: _Answer(HTTPStatus.INTERNAL_SERVER_ERROR, None),
        DataRenderingError: _Answer(HTTPStatus.INTERNAL_SERVER_ERROR, None),
    }
)


def format_error(
    error: str | Exception,
    *,
    loc: str | list[str | int] | None = None,
    error_type: str | ErrorType | None = None,
) -> Any:
    """Convert *error* to an `ErrorModel`.

    *loc* says where the error is: ``'headers'`` or ``['parsed_body', 'age']``.
    Exceptions of the framework bring their own type. Details of internal
    errors are only shown when ``settings.DEBUG`` is on.

    Raises:
        NotImplementedError: *error* is an exception that is not known here.
    """
    if isinstance(error, ValidationError):
        return {'detail': error.payload}
    if isinstance(error, (InternalServerError, DataRenderingError)):
        return {'detail': [{'msg': _internal_message(error)}]}
    if isinstance(error, Exception):
        answer = _ANSWERS.get(type(error))
        if answer is None:
            raise NotImplementedError(
                f'Cannot format error {error!r} of type {type(error)} safely. '
                'Handle this type in your own `format_error`.',
            )
        message = str(error.args[0]) if error.args else ''
        return {'detail': [_detail(message, loc, answer.error_type)]}
    return {'detail': [_detail(str(error), loc, error_type)]}


def status_of(exc: Exception) -> HTTPStatus | None:
    """Return the status that answers *exc*, ``None`` if nobody knows it."""
    if isinstance(exc, ValidationError):
        return exc.status_code
    answer = _ANSWERS.get(type(exc))
    return None if answer is None else answer.status_code


def global_error_handler(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
    exc: Exception,
) -> HttpResponse:
    """Answer the exceptions of the framework, raise everything else again.

    It is the last in the chain: the endpoint's own ``error_handler`` and the
    controller's ``handle_error`` have declined. ``headers``, ``cookies`` and
    ``renderer`` are taken from *exc* where it has them.

    When the body of an answer cannot be made, the client gets a constant one
    with status 500, and the reason is logged.

    Replace it with the ``global_error_handler`` setting:

    >>> from http import HTTPStatus
    >>> from dmr.errors import ErrorType, global_error_handler

    >>> def custom_error_handler(endpoint, controller, exc):
    ...     if isinstance(exc, ZeroDivisionError):
    ...         return controller.to_error(
    ...             controller.format_error(
    ...                 'Cannot divide by zero',
    ...                 error_type=ErrorType.user_msg,
    ...             ),
    ...             status_code=HTTPStatus.BAD_REQUEST,
    ...         )
    ...     return global_error_handler(endpoint, controller, exc)
    """
    status_code = status_of(exc)
    if status_code is None:
        raise exc
    try:
        return controller.to_error(
            controller.format_error(exc),
            status_code=status_code,
            headers=getattr(exc, 'headers', None),
            cookies=getattr(exc, 'cookies', None),
            renderer=getattr(exc, 'renderer', None),
        )
    except ImmediateResponse:
        raise
    # Methods of the user have made this body, they can raise anything.
    except Exception as raised:
        return last_resort(controller.request, raised)


@overload
def wrap_handler(
    method: Callable[
        [Any, 'Endpoint', 'Controller[BaseSerializer]', Exception],
        Awaitable[HttpResponse],
    ],
) -> AsyncErrorHandler: ...


@overload
def wrap_handler(
    method: Callable[
        [Any, 'Endpoint', 'Controller[BaseSerializer]', Exception],
        HttpResponse,
    ],
) -> SyncErrorHandler: ...


def wrap_handler(method: Callable[..., Any]) -> Any:
    """Make an ``error_handler`` for `modify` from a controller's method.

    The *method* is called with the current controller as its ``self``.
    """
    if inspect.iscoroutinefunction(method):

        @wraps(method)
        async def async_handler(
            endpoint: 'Endpoint',
            controller: 'Controller[BaseSerializer]',
            exc: Exception,
        ) -> Any:
            return await method(controller, endpoint, controller, exc)

        return async_handler

    @wraps(method)
    def sync_handler(
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        exc: Exception,
    ) -> Any:
        return method(controller, endpoint, controller, exc)

    return sync_handler


def _detail(
    message: str | Promise,
    loc: str | list[str | int] | None,
    error_type: str | ErrorType | None,
) -> ErrorDetail:
    detail: ErrorDetail = {'msg': str(message)}
    if loc is not None:
        detail['loc'] = [loc] if isinstance(loc, str) else loc
    if error_type is not None:
        detail['type'] = str(error_type)
    return detail


def _internal_message(error: InternalServerError | DataRenderingError) -> str:
    if settings.DEBUG and error.args:
        return str(error.args[0])
    return str(InternalServerError.default_message)
