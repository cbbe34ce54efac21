"""One endpoint: everything is decided here at import, then followed.

`Endpoint.__init__` is the compile phase. `dmr.endpoint.running` follows the
plan per request.

The parts of the plan are cached properties: while they are there, reading one
is reading an attribute. When ``DMR_SETTINGS`` changes, as in tests, they are
dropped, and made again when somebody asks.
"""

import inspect
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final
from weakref import WeakSet

from django.http import HttpResponse, HttpResponseBase

from dmr.endpoint.arguments import SerializerContext
from dmr.endpoint.plan import compile_plan
from dmr.endpoint.running import (
    answer_error,
    answer_error_async,
    compile_run,
    compile_run_async,
)
from dmr.internal.conf import on_settings_change
from dmr.metadata import EndpointMetadata, ResponseModification
from dmr.negotiation import RequestNegotiator, ResponseNegotiator
from dmr.negotiation.fallback import fallback_renderer
from dmr.renderers import Renderer
from dmr.validation import (
    EndpointMetadataBuilder,
    EndpointMetadataValidator,
    ResponseValidator,
)

if TYPE_CHECKING:
    from django.urls import URLPattern

    from dmr.controller import Controller
    from dmr.description import DescriptionContext
    from dmr.routing import Router
    from dmr.serializer import BaseSerializer


class Endpoint:
    """One method of a controller.

    Built when the controller is created, afterwards nothing changes. The
    class attributes are the places to customize it; a controller takes a
    subclass as ``endpoint_cls``.
    """

    serializer_context_cls: ClassVar[type[SerializerContext]] = (
        SerializerContext
    )
    metadata_builder_cls: ClassVar[type[EndpointMetadataBuilder]] = (
        EndpointMetadataBuilder
    )
    metadata_validator_cls: ClassVar[type[EndpointMetadataValidator]] = (
        EndpointMetadataValidator
    )
    metadata_cls: ClassVar[type[EndpointMetadata]] = EndpointMetadata
    response_modification_cls: ClassVar[type[ResponseModification]] = (
        ResponseModification
    )
    request_negotiator_cls: ClassVar[type[RequestNegotiator]] = (
        RequestNegotiator
    )
    response_negotiator_cls: ClassVar[type[ResponseNegotiator]] = (
        ResponseNegotiator
    )
    response_validator_cls: ClassVar[type[ResponseValidator]] = (
        ResponseValidator
    )

    def __init__(
        self,
        func: Callable[..., Any],
        *,
        controller_cls: 'type[Controller[BaseSerializer]]',
    ) -> None:
        """Compile the plan for *func*.

        Raises:
            UnsolvableAnnotationsError: annotations cannot be read.
            EndpointMetadataError: the definition breaks a rule.
        """
        self.func = func
        self.controller_cls = controller_cls
        self.is_async = inspect.iscoroutinefunction(func)
        for part in _PLAN:
            getattr(self, part)
        _optimize(controller_cls.serializer, self.metadata)
        _endpoints.add(self)

    @cached_property
    def metadata(self) -> EndpointMetadata:
        """Everything that is known about this endpoint, checked."""
        controller_cls = self.controller_cls
        controller_cls.settings_validator_cls(
            serializer=controller_cls.serializer,
        )()
        annotations = self._type_annotations
        metadata = self.metadata_builder_cls(
            func=self.func,
            controller_cls=controller_cls,
            metadata_cls=self.metadata_cls,
            modification_cls=self.response_modification_cls,
            type_annotations=annotations,
            return_type=self._context.solve(annotations['return']),
            component_parsers=self._context.component_parsers,
        )()
        self.metadata_validator_cls(metadata=metadata)(
            self.func,
            controller_cls=controller_cls,
        )
        return metadata

    @cached_property
    def request_negotiator(self) -> RequestNegotiator:
        """Chooses the parser of a request."""
        return self.request_negotiator_cls(
            self.metadata,
            self.controller_cls.serializer,
        )

    @cached_property
    def response_negotiator(self) -> ResponseNegotiator:
        """Chooses the renderer of a response."""
        return self.response_negotiator_cls(
            self.metadata,
            self.controller_cls.serializer,
            streaming=self.controller_cls.streaming,
        )

    @cached_property
    def fallback_renderer(self) -> Renderer:
        """Renders errors that come before or without a negotiation."""
        return fallback_renderer([*self.metadata.renderers.values()])

    @cached_property
    def response_validator(self) -> ResponseValidator:
        """Validates responses."""
        return self.response_validator_cls(
            self.metadata,
            self.controller_cls.serializer,
        )

    @cached_property
    def serializer_context(self) -> SerializerContext:
        """Turns a request into arguments."""
        context = self._context
        context.compile(self.metadata)
        return context

    def __call__(
        self,
        controller: 'Controller[BaseSerializer]',
        *args: Any,
        **kwargs: Any,
    ) -> HttpResponseBase:
        """Run the endpoint and return its response.

        Async endpoints return a coroutine of it, as Django's views do.
        """
        response: HttpResponseBase = self.run(controller)
        return response

    @cached_property
    def run(self) -> Callable[..., Any]:
        """Follow the plan for one request of a controller."""
        compiled = compile_run_async if self.is_async else compile_run
        return compiled(self, compile_plan(self))

    @cached_property
    def asks_controller(self) -> bool:
        """Whether the controller has error handlers of its own."""
        return self.controller_cls.overrides(
            'handle_error',
            'handle_async_error',
        )

    def handle_error(
        self,
        controller: 'Controller[BaseSerializer]',
        exc: Exception,
    ) -> HttpResponseBase:
        """Return the response to an error of a sync endpoint.

        Asks the endpoint's ``error_handler``, then the controller, then the
        global handler. Each declines by raising *exc* again.

        Raises:
            Exception: everybody has declined.
        """
        response: HttpResponseBase = answer_error(self, controller, exc)
        return response

    async def handle_async_error(
        self,
        controller: 'Controller[BaseSerializer]',
        exc: Exception,
    ) -> HttpResponse:
        """Return the response to an error of an async endpoint.

        Asks the endpoint's ``error_handler``, then the controller, then the
        global handler. Each declines by raising *exc* again.

        Raises:
            Exception: everybody has declined.
        """
        response: HttpResponse = await answer_error_async(
            self,
            controller,
            exc,
        )
        return response

    def get_schema(  # noqa: PLR0917
        self,
        path: str,
        pattern: 'URLPattern',
        controller_name: str,
        serializer: 'type[BaseSerializer]',
        context: 'DescriptionContext',
        router: 'Router | None' = None,
    ) -> Any:
        """Describe this endpoint at *path*."""
        return context.operation(
            self,
            path=path,
            pattern=pattern,
            controller_name=controller_name,
            serializer=serializer,
            router=router,
        )

    def get_operation_id(
        self,
        path: str,
        controller_name: str,
        serializer: 'type[BaseSerializer]',
        context: 'DescriptionContext',
    ) -> str:
        """Name this endpoint at *path* in a description."""
        return context.operation_id(
            self,
            path=path,
            controller_name=controller_name,
            serializer=serializer,
        )

    @cached_property
    def _type_annotations(self) -> dict[str, Any]:
        return self.controller_cls.annotations_context(self.func)

    @cached_property
    def _context(self) -> SerializerContext:
        return self.serializer_context_cls(
            self.func,
            self.controller_cls,
            self._type_annotations,
        )


#: Parts of the plan that depend on settings, in the order they are made.
_PLAN: Final = (
    'metadata',
    'request_negotiator',
    'response_negotiator',
    'response_validator',
    'serializer_context',
    'run',
)
#: The same, made when they are needed.
_LATE: Final = ('fallback_renderer',)

_endpoints: Final[WeakSet[Endpoint]] = WeakSet()


@on_settings_change
def _drop_plans() -> None:
    for endpoint in tuple(_endpoints):
        for part in (*_PLAN, *_LATE):
            vars(endpoint).pop(part, None)


def _optimize(
    serializer: 'type[BaseSerializer]',
    metadata: EndpointMetadata,
) -> None:
    """Let the serializer prepare the endpoint, if it has an optimizer."""
    optimizer = getattr(serializer, 'optimizer', None)
    if optimizer is not None:
        optimizer.optimize_endpoint(metadata)
