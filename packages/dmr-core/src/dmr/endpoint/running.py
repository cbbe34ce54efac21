"""Follow the plan of an endpoint for one request.

Each function has an async twin with the same name plus ``_async``. They differ
by ``await`` alone; only auth, throttles, error handlers and the user's method
may await. A test compares the twins.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from dmr.errors import status_of
from dmr.exceptions import (
    DataRenderingError,
    InternalServerError,
    NotAuthenticatedError,
    ResponseSchemaError,
    ValidationError,
)
from dmr.internal.immediate import ImmediateResponse
from dmr.internal.last_resort import last_resort
from dmr.internal.reading import is_disconnect
from dmr.internal.request_state import set_auth, set_endpoint
from dmr.security.challenges import add_challenges, is_unauthorized
from dmr.security.permissions import permit, permit_async
from dmr.settings import Settings, resolve_setting

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint.endpoint import Endpoint
    from dmr.serializer import BaseSerializer


#: Chooses the renderer for a request.
Begin: TypeAlias = Callable[['Endpoint', HttpRequest], None]
#: Makes the response of an endpoint of what its method returned.
Respond: TypeAlias = Callable[
    ['Endpoint', 'Controller[BaseSerializer]', Any],
    HttpResponseBase,
]


class Plan(NamedTuple):
    """What was prepared at import for the requests of an endpoint.

    *guard* is ``None`` where nobody throttles or authenticates, then *begin*
    chooses the renderer. *arguments* is ``None`` where there are none.
    """

    func: Callable[..., Any]
    guard: Callable[..., Any] | None
    begin: 'Begin'
    arguments: Callable[..., dict[str, Any]] | None
    respond: 'Respond'


def compile_run(endpoint: 'Endpoint', plan: Plan) -> Callable[..., Any]:
    """Return the function that follows *plan*, for a sync endpoint."""
    func, guarded, start, arguments, finish = plan

    def run(controller: 'Controller[BaseSerializer]') -> HttpResponseBase:
        try:
            if guarded is None:
                start(endpoint, controller.request)
            else:
                guarded(endpoint, controller)
            if arguments is None:
                returned = func(controller)
            else:
                returned = func(controller, **arguments(endpoint, controller))
        except Exception as exc:
            returned = recover(endpoint, controller, exc)
            return respond_to(exc, endpoint, controller, returned)
        return finish(endpoint, controller, returned)

    return run


def compile_run_async(endpoint: 'Endpoint', plan: Plan) -> Callable[..., Any]:
    """Return the function that follows *plan*, for an async endpoint."""
    func, guarded, start, arguments, finish = plan

    async def run_async(
        controller: 'Controller[BaseSerializer]',
    ) -> HttpResponseBase:
        try:
            if guarded is None:
                start(endpoint, controller.request)
            else:
                await guarded(endpoint, controller)
            if arguments is None:
                returned = await func(controller)
            else:
                returned = await func(
                    controller,
                    **arguments(endpoint, controller),
                )
        except Exception as exc:
            returned = await recover_async(endpoint, controller, exc)
            return respond_to(exc, endpoint, controller, returned)
        return finish(endpoint, controller, returned)

    return run_async


def compile_permitted(endpoint: 'Endpoint') -> Callable[..., Any]:
    """Return the user's method behind the permissions, if it is sync."""
    func = endpoint.func

    def permitted(
        controller: 'Controller[BaseSerializer]',
        **arguments: Any,
    ) -> Any:
        permit(endpoint, controller, arguments)
        return func(controller, **arguments)

    return permitted


def compile_permitted_async(endpoint: 'Endpoint') -> Callable[..., Any]:
    """Return the user's method behind the permissions, if it is async."""
    func = endpoint.func

    async def permitted_async(
        controller: 'Controller[BaseSerializer]',
        **arguments: Any,
    ) -> Any:
        await permit_async(endpoint, controller, arguments)
        return await func(controller, **arguments)

    return permitted_async


def begin(endpoint: 'Endpoint', request: HttpRequest) -> None:
    """Choose the renderer, the plain way."""
    set_endpoint(request, endpoint)
    endpoint.response_negotiator(request)


def guard(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
) -> None:
    """Throttle, negotiate and authenticate, in this order."""
    set_endpoint(controller.request, endpoint)
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
    set_endpoint(controller.request, endpoint)
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
        if endpoint.asks_controller:
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
        if endpoint.asks_controller:
            return await controller.handle_async_error(
                endpoint, controller, exc
            )
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
    return handler(endpoint, controller, exc)


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
    if is_unauthorized(response):
        add_challenges(response, endpoint.metadata.auth or ())
    if len(endpoint.metadata.renderers) > 1:
        patch_vary_headers(response, ('Accept',))
    return response


def respond_to(
    exc: Exception,
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
    returned: Any,
) -> HttpResponseBase:
    """Return *returned*, the answer to *exc*, as a valid response."""
    response = respond(endpoint, controller, returned)
    if is_disconnect(exc):
        # Nobody waits for it, so it is no news: Django shall not log it.
        vars(response)['_has_been_logged'] = True
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
    # Methods of the user have made this body, they can raise anything.
    except Exception as raised:
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
