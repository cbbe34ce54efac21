"""Prepare at import what an endpoint does per request.

Each fast way stands beside the plain way in `dmr.endpoint.running`. It is
taken only where nothing of the user's overrides what it replaces, and it goes
back to the plain way whenever a request is out of the ordinary.
"""

from collections.abc import Callable, Iterator, Mapping
from types import NoneType
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponseBase

from dmr.endpoint.arguments import SerializerContext
from dmr.endpoint.ready_cookies import cookie_setter
from dmr.endpoint.running import (
    Begin,
    Plan,
    Respond,
    begin,
    compile_permitted,
    compile_permitted_async,
    guard,
    guard_async,
    respond,
)
from dmr.exceptions import ResponseSchemaError
from dmr.internal.rendered import HeaderStore, RenderedResponse, header_store
from dmr.internal.request_state import (
    negotiated_type,
    set_negotiated,
)
from dmr.internal.sharing import is_shareable, shared
from dmr.metadata import ResponseModification
from dmr.negotiation import ResponseNegotiator
from dmr.negotiation.response import exact_answers
from dmr.validation import ResponseValidator

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint.endpoint import Endpoint
    from dmr.renderers import Renderer
    from dmr.serializer import BaseSerializer


def compile_plan(endpoint: 'Endpoint') -> Plan:
    """Return the plan of *endpoint*, once all its parts are there."""
    return Plan(
        func=_compile_func(endpoint),
        guard=_compile_guard(endpoint),
        begin=_compile_begin(endpoint),
        arguments=_compile_arguments(endpoint),
        respond=_compile_respond(endpoint),
    )


def _compile_func(endpoint: 'Endpoint') -> Callable[..., Any]:
    """Return the user's method, behind its permissions if it has any."""
    if endpoint.metadata.permissions is None:
        return endpoint.func
    compiled = (
        compile_permitted_async if endpoint.is_async else compile_permitted
    )
    return compiled(endpoint)


def _compile_guard(endpoint: 'Endpoint') -> Callable[..., Any] | None:
    """Return who throttles and authenticates, ``None`` if nobody does."""
    metadata = endpoint.metadata
    if metadata.auth is None and metadata.throttling is None:
        return None
    return guard_async if endpoint.is_async else guard


def _compile_begin(endpoint: 'Endpoint') -> Begin:
    """Return what chooses the renderer."""
    negotiator = endpoint.response_negotiator
    # Streams need a second renderer.
    if type(negotiator) is ResponseNegotiator and not negotiator.is_streaming:
        return _compile_begin_exact(*endpoint.metadata.renderers.items())
    return begin


@shared
def _compile_begin_exact(*renderers: 'tuple[str, Renderer]') -> Begin:
    answer_for = exact_answers(*renderers).get

    # 0.25 µs faster for the media types that clients nearly always send.
    def begin_exact(endpoint: 'Endpoint', request: HttpRequest) -> None:
        renderer = answer_for(request.META.get('HTTP_ACCEPT'))
        if renderer is None:
            begin(endpoint, request)
        else:
            set_negotiated(request, endpoint, renderer)

    return begin_exact


def _compile_arguments(endpoint: 'Endpoint') -> Callable[..., Any] | None:
    """Return what reads the components, ``None`` if there are none."""
    context = endpoint.serializer_context
    if type(context).__call__ is not SerializerContext.__call__:
        return context
    return context.collect if context.component_parsers else None


def _compile_respond(endpoint: 'Endpoint') -> Respond:
    """Return what makes the response."""
    modification = endpoint.metadata.modification
    if modification is None or _is_customized(endpoint, modification):
        return respond
    answers = {
        content_type: _respond_in(endpoint, modification, renderer)
        for content_type, renderer in _allowed_renderers(endpoint)
    }
    if len(endpoint.metadata.renderers) == 1 and '*' not in ''.join(answers):
        # Nothing else can have been negotiated.
        return next(iter(answers.values()), respond)

    def respond_negotiated(
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        returned: Any,
    ) -> HttpResponseBase:
        content_type = negotiated_type(controller.request)
        answer = answers.get(content_type, respond)
        return answer(endpoint, controller, returned)

    return respond_negotiated


def _respond_in(
    endpoint: 'Endpoint',
    modification: ResponseModification,
    renderer: 'Renderer',
) -> Respond:
    """Return what makes responses of raw data in one media type."""
    headers = modification.build_headers(renderer)
    cookies = modification.actionable_cookies()
    return _compile_answer(
        endpoint.controller_cls.serializer,
        renderer,
        endpoint.response_validator.raw_data_model(renderer.content_type),
        status_code=int(modification.status_code),
        headers=tuple(headers.items()),
        set_cookies=None if cookies is None else cookie_setter(cookies),
        varies=len(endpoint.metadata.renderers) > 1,
        is_checked=bool(endpoint.metadata.validate_responses),
    )


@shared
def _compile_answer(
    serializer: 'type[BaseSerializer]',
    renderer: 'Renderer',
    model: Any,
    *,
    status_code: int,
    headers: tuple[tuple[str, str], ...],
    set_cookies: Callable[[HttpResponseBase], None] | None,
    varies: bool,
    is_checked: bool,
) -> Respond:
    """Return what makes a response of data declared as *model*."""
    encode = (
        serializer.compile_checked_encoder(renderer, model)
        if is_checked
        else serializer.compile_encoder(renderer, model)
    )

    validate_nothing = (
        serializer.compile_validator(model, strict=True)
        if is_checked and _may_be_nothing(model)
        else None
    )
    store = _store(dict(headers), varies=varies)

    # 6 µs faster: nothing is looked up, checked or copied twice.
    def respond_compiled(
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        returned: Any,
    ) -> HttpResponseBase:
        if isinstance(returned, HttpResponseBase):
            return respond(endpoint, controller, returned)
        try:
            if returned is not None:
                content = encode(returned)
            else:
                content = b''
                if validate_nothing is not None:
                    validate_nothing(returned)
                elif is_checked:
                    return respond(endpoint, controller, returned)
        # Whatever is wrong, the plain way says so.
        except Exception:
            return respond(endpoint, controller, returned)
        response = RenderedResponse(content, status_code, store)
        if set_cookies is not None:
            set_cookies(response)
        return response

    return respond_compiled


def _may_be_nothing(model: Any) -> bool:
    """Tell whether ``None`` is worth a fast way: of classes it is a mistake."""
    is_any: bool = model is Any
    return (
        is_any or model is None or model is NoneType or not is_shareable(model)
    )


def _is_customized(
    endpoint: 'Endpoint',
    modification: ResponseModification,
) -> bool:
    """Tell whether a class of the user's takes part in making responses."""
    return (
        endpoint.controller_cls.overrides('to_response')
        or type(modification) is not ResponseModification
        or type(endpoint.response_negotiator) is not ResponseNegotiator
        or type(endpoint.response_validator) is not ResponseValidator
    )


def _allowed_renderers(
    endpoint: 'Endpoint',
) -> 'Iterator[tuple[str, Renderer]]':
    """Give the renderers that may write what the endpoint returns."""
    for content_type, renderer in endpoint.metadata.renderers.items():
        if not renderer.renders_data or renderer.streaming:
            continue
        try:
            endpoint.response_validator.raw_data_model(content_type)
        except ResponseSchemaError:
            continue
        yield content_type, renderer


def _store(headers: Mapping[str, str], *, varies: bool) -> HeaderStore:
    store = header_store(headers)
    if varies:
        own = store.get('vary')
        store['vary'] = ('Vary', f'{own[1]}, Accept' if own else 'Accept')
    return store
