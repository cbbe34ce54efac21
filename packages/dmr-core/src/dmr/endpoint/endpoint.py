"""One endpoint: everything is decided here at import, then followed.

`Endpoint.__init__` is the compile phase. `dmr.endpoint.running` follows the
plan per request.
"""

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django.http import HttpResponse, HttpResponseBase

from dmr.endpoint.arguments import SerializerContext
from dmr.endpoint.running import (
    answer_error,
    answer_error_async,
    run,
    run_async,
)
from dmr.metadata import EndpointMetadata, ResponseModification
from dmr.negotiation import RequestNegotiator, ResponseNegotiator
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
        serializer = controller_cls.serializer
        annotations = controller_cls.annotations_context(func)
        context = self.serializer_context_cls(
            func,
            controller_cls,
            annotations,
        )
        self.func = func
        self.is_async = inspect.iscoroutinefunction(func)
        self.metadata = self.metadata_builder_cls(
            func=func,
            controller_cls=controller_cls,
            metadata_cls=self.metadata_cls,
            modification_cls=self.response_modification_cls,
            type_annotations=annotations,
            return_type=context.solve(annotations['return']),
            component_parsers=context.component_parsers,
        )()
        self.metadata_validator_cls(metadata=self.metadata)(
            func,
            controller_cls=controller_cls,
        )
        self.request_negotiator = self.request_negotiator_cls(
            self.metadata,
            serializer,
        )
        self.response_negotiator = self.response_negotiator_cls(
            self.metadata,
            serializer,
            streaming=controller_cls.streaming,
        )
        self.response_validator = self.response_validator_cls(
            self.metadata,
            serializer,
        )
        context.compile(self.metadata)
        self.serializer_context = context
        _optimize(serializer, self.metadata)

    def __call__(
        self,
        controller: 'Controller[BaseSerializer]',
        *args: Any,
        **kwargs: Any,
    ) -> HttpResponseBase:
        """Run the endpoint and return its response.

        Async endpoints return a coroutine of it, as Django's views do.
        """
        runner: Any = run_async if self.is_async else run
        response: HttpResponseBase = runner(self, controller)
        return response

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


def _optimize(
    serializer: 'type[BaseSerializer]',
    metadata: EndpointMetadata,
) -> None:
    """Let the serializer prepare the endpoint, if it has an optimizer."""
    optimizer = getattr(serializer, 'optimizer', None)
    if optimizer is not None:
        optimizer.optimize_endpoint(metadata)
