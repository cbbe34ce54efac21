"""Prepare at import what an endpoint does per request.

Each fast way stands beside the plain way in `dmr.endpoint.running`. It is
taken only where nothing of the user's overrides what it replaces, and it goes
back to the plain way whenever a request is out of the ordinary.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from django.http import HttpRequest, HttpResponseBase

from dmr.cookies import set_cookies
from dmr.endpoint.arguments import SerializerContext
from dmr.endpoint.running import (
    Plan,
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
    set_endpoint,
    set_negotiated,
)
from dmr.metadata import EndpointMetadata, ResponseModification
from dmr.negotiation import ResponseNegotiator
from dmr.serializer import Encoder, Validator
from dmr.validation import ResponseValidator

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint.endpoint import Endpoint
    from dmr.renderers import Renderer
    from dmr.serializer import BaseSerializer

_Respond: TypeAlias = Callable[
    ['Controller[BaseSerializer]', Any],
    HttpResponseBase,
]


class _Answer(NamedTuple):
    """How raw data become a response in one media type."""

    validate: Validator | None
    encode: Encoder
    store: HeaderStore


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


def _compile_begin(endpoint: 'Endpoint') -> Callable[[HttpRequest], None]:
    """Return what chooses the renderer."""
    negotiate = endpoint.response_negotiator

    def begin(request: HttpRequest) -> None:
        set_endpoint(request, endpoint)
        negotiate(request)

    exact = (
        negotiate.exact_answers()
        if type(negotiate) is ResponseNegotiator
        else None
    )
    if exact is None:
        return begin
    answer_for = exact.get

    # 0.25 µs faster for the media types that clients nearly always send.
    def begin_exact(request: HttpRequest) -> None:
        renderer = answer_for(request.META.get('HTTP_ACCEPT'))
        if renderer is None:
            begin(request)
        else:
            set_negotiated(request, endpoint, renderer)

    return begin_exact


def _compile_arguments(endpoint: 'Endpoint') -> Callable[..., Any] | None:
    """Return what reads the components, ``None`` if there are none."""
    context = endpoint.serializer_context
    is_plain = type(context).__call__ is SerializerContext.__call__
    return None if is_plain and not context.component_parsers else context


def _compile_respond(endpoint: 'Endpoint') -> _Respond:
    """Return what makes the response."""

    def respond_plainly(
        controller: 'Controller[BaseSerializer]',
        returned: Any,
    ) -> HttpResponseBase:
        return respond(endpoint, controller, returned)

    modification = endpoint.metadata.modification
    if modification is None or _is_customized(endpoint, modification):
        return respond_plainly
    answers = _answers(endpoint, modification)
    status_code = int(modification.status_code)
    cookies = modification.actionable_cookies()

    # 6 µs faster: nothing is looked up, checked or copied twice.
    def respond_compiled(
        controller: 'Controller[BaseSerializer]',
        returned: Any,
    ) -> HttpResponseBase:
        if isinstance(returned, HttpResponseBase):
            return respond_plainly(controller, returned)
        content_type = negotiated_type(controller.request)
        try:
            validate, encode, store = answers[content_type]
            if validate is not None:
                validate(returned)
            content = b'' if returned is None else encode(returned)
        # Whatever is wrong, the plain way says so.
        except Exception:
            return respond_plainly(controller, returned)
        response = RenderedResponse(content, status_code, store)
        if cookies is not None:
            set_cookies(response, cookies)
        return response

    return respond_compiled


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


def _answers(
    endpoint: 'Endpoint',
    modification: ResponseModification,
) -> dict[str, _Answer]:
    """Return media type → how it is answered, without those not allowed."""
    answers: dict[str, _Answer] = {}
    for content_type, renderer in endpoint.metadata.renderers.items():
        try:
            model = endpoint.response_validator.raw_data_model(content_type)
        except ResponseSchemaError:
            continue
        if renderer.renders_data and not renderer.streaming:
            answers[content_type] = _answer(
                endpoint,
                model,
                renderer,
                modification,
            )
    return answers


def _answer(
    endpoint: 'Endpoint',
    model: Any,
    renderer: 'Renderer',
    modification: ResponseModification,
) -> _Answer:
    serializer = endpoint.controller_cls.serializer
    validate = None
    if endpoint.metadata.validate_responses:
        validate = serializer.compile_validator(model, strict=True)
    return _Answer(
        validate=validate,
        encode=serializer.compile_encoder(renderer, model),
        store=_store(endpoint.metadata, renderer, modification),
    )


def _store(
    metadata: EndpointMetadata,
    renderer: 'Renderer',
    modification: ResponseModification,
) -> HeaderStore:
    headers = modification.build_headers(renderer)
    store = header_store(headers)
    if len(metadata.renderers) > 1:
        own = store.get('vary')
        store['vary'] = ('Vary', f'{own[1]}, Accept' if own else 'Accept')
    return store
