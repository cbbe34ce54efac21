"""Follow the plan of an endpoint for one request.

Each function has an async twin with the same name plus ``_async``. They differ
by ``await`` alone; only auth, throttles, error handlers and the user's method
may await. A test compares the twins.
"""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from dmr.errors import status_of
from dmr.exceptions import (
    DataRenderingError,
    InternalServerError,
    NotAuthenticatedError,
    ResponseSchemaError,
    ValidationError,
)
from dmr.internal.last_resort import last_resort
from dmr.internal.request_state import set_auth, set_endpoint
from dmr.response import ImmediateResponse
from dmr.settings import Settings, resolve_setting

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint.endpoint import Endpoint
    from dmr.serializer import BaseSerializer


def run(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
) -> HttpResponseBase:
    """Return the response of a sync endpoint."""
    set_endpoint(controller.request, endpoint)
    try:
        guard(endpoint, controller)
        arguments = endpoint.serializer_context(endpoint, controller)
        returned = endpoint.func(controller, **arguments)
    except Exception as exc:
        returned = recover(endpoint, controller, exc)
    return respond(endpoint, controller, returned)


async def run_async(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
) -> HttpResponseBase:
    """Return the response of an async endpoint."""
    set_endpoint(controller.request, endpoint)
    try:
        await guard_async(endpoint, controller)
        arguments = endpoint.serializer_context(endpoint, controller)
        returned = await endpoint.func(controller, **arguments)
    except Exception as exc:
        returned = await recover_async(endpoint, controller, exc)
    return respond(endpoint, controller, returned)


def guard(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
) -> None:
    """Throttle, negotiate and authenticate, in this order."""
    metadata = endpoint.metadata
    throttle: Any
    for throttle in metadata.throttling_before_auth or ():
        throttle(endpoint, controller)
    endpoint.response_negotiator(controller.request)
    if metadata.auth is not None:
        authenticate(endpoint, controller)
    for throttle in metadata.throttling_after_auth or ():
        throttle(endpoint, controller)


async def guard_async(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
) -> None:
    """Throttle, negotiate and authenticate, in this order."""
    metadata = endpoint.metadata
    throttle: Any
    for throttle in metadata.throttling_before_auth or ():
        await throttle(endpoint, controller)
    endpoint.response_negotiator(controller.request)
    if metadata.auth is not None:
        await authenticate_async(endpoint, controller)
    for throttle in metadata.throttling_after_auth or ():
        await throttle(endpoint, controller)


def authenticate(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
) -> None:
    """Ask each auth in turn, the first that vouches for the user wins."""
    auth: Any
    for auth in endpoint.metadata.auth or ():
        if auth(endpoint, controller) is not None:
            set_auth(controller.request, auth)
            return
    raise NotAuthenticatedError


async def authenticate_async(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
) -> None:
    """Ask each auth in turn, the first that vouches for the user wins."""
    auth: Any
    for auth in endpoint.metadata.auth or ():
        if await auth(endpoint, controller) is not None:
            set_auth(controller.request, auth)
            return
    raise NotAuthenticatedError


def recover(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
    exc: Exception,
) -> Any:
    """Return the answer to *exc*, or raise it again if nobody knows it."""
    if isinstance(exc, ImmediateResponse):
        return answer(controller, exc)
    try:
        return endpoint.handle_error(controller, exc)
    except ImmediateResponse as raised:
        return answer(controller, raised)


async def recover_async(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
    exc: Exception,
) -> Any:
    """Return the answer to *exc*, or raise it again if nobody knows it."""
    if isinstance(exc, ImmediateResponse):
        return answer(controller, exc)
    try:
        return await endpoint.handle_async_error(controller, exc)
    except ImmediateResponse as raised:
        return answer(controller, raised)


def answer_error(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
    exc: Exception,
) -> Any:
    """Ask the error handlers in turn; raising *exc* again is declining."""
    handler: Any = endpoint.metadata.error_handler
    try:
        if handler is not None:
            return handler(endpoint, controller, exc)
    except Exception as raised:
        if raised is not exc:
            raise
    try:
        return controller.handle_error(endpoint, controller, exc)
    except Exception as raised:
        if raised is not exc:
            raise
    return global_answer(endpoint, controller, exc)


async def answer_error_async(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
    exc: Exception,
) -> Any:
    """Ask the error handlers in turn; raising *exc* again is declining."""
    handler: Any = endpoint.metadata.error_handler
    try:
        if handler is not None:
            return await handler(endpoint, controller, exc)
    except Exception as raised:
        if raised is not exc:
            raise
    try:
        return await controller.handle_async_error(endpoint, controller, exc)
    except Exception as raised:
        if raised is not exc:
            raise
    return global_answer(endpoint, controller, exc)


def global_answer(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
    exc: Exception,
) -> Any:
    """Ask the handler of the settings, the last one in the chain."""
    handler = resolve_setting(
        Settings.global_error_handler,
        import_string=True,
    )
    try:
        return handler(endpoint, controller, exc)
    except (DataRenderingError, NotImplementedError) as raised:
        if raised is exc or status_of(exc) is None:
            raise
        # The error is known, but its body cannot be made.
        return last_resort(controller.request, raised)


def answer(
    controller: 'Controller[BaseSerializer]',
    exc: ImmediateResponse,
) -> HttpResponse:
    """Return the response that *exc* asks for."""
    try:
        return controller.to_error(
            exc.raw_data,
            status_code=exc.status_code,
            headers=exc.headers,
            cookies=exc.cookies,
        )
    except DataRenderingError as raised:
        return failure(controller, raised)


def respond(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
    returned: Any,
) -> HttpResponseBase:
    """Return *returned*, raw data or a response, as a valid response.

    Faults in it are never given to error handlers: the client gets 422 when
    it breaks its specs, 500 when it cannot be rendered.
    """
    try:
        response = _valid_response(endpoint, controller, returned)
    except (
        ResponseSchemaError,
        ValidationError,
        InternalServerError,
        DataRenderingError,
    ) as exc:
        response = failure(controller, exc)
    if len(endpoint.metadata.renderers) > 1:
        patch_vary_headers(response, ('Accept',))
    return response


def failure(
    controller: 'Controller[BaseSerializer]',
    exc: Exception,
) -> HttpResponse:
    """Return the response that says what is wrong with our own response."""
    status_code = status_of(exc)
    assert status_code is not None  # only known errors come here
    try:
        return controller.to_error(
            controller.format_error(exc),
            status_code=status_code,
        )
    except (DataRenderingError, NotImplementedError) as raised:
        return last_resort(controller.request, raised)


def _valid_response(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
    returned: Any,
) -> HttpResponseBase:
    validator = endpoint.response_validator
    if isinstance(returned, HttpResponseBase):
        return validator.validate_response(endpoint, controller, returned)
    checked = validator.validate_modification(endpoint, controller, returned)
    return controller.to_response(
        checked.raw_data,
        status_code=checked.status_code,
        headers=checked.headers,
        cookies=checked.cookies,
        renderer=checked.renderer,
    )
