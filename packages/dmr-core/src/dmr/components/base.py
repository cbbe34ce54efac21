"""What a component is: one part of a request, as an argument of an endpoint.

A component says where raw data come from. The serializer validates them
against the model that the user gave.
"""

import abc
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django.http import HttpRequest
from typing_extensions import override

from dmr.components.finite import compile_text_validator
from dmr.metadata import EndpointMetadata, ResponseSpec, ResponseSpecProvider
from dmr.negotiation import get_conditional_types

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.description import DescriptionContext
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

#: Reads and validates one component of a request.
Reader: TypeAlias = Callable[
    ['Endpoint', 'Controller[BaseSerializer]'],
    Any,
]


#: Reads the raw data of one component.
Source: TypeAlias = Callable[[HttpRequest], Any]


class ComponentParser(ResponseSpecProvider):
    """Base class of all components.

    Instances stand in ``Annotated`` beside the model, see `Body`. Subclasses
    set *context_name*, the name that the parameter must have.
    """

    __slots__ = ()

    #: Name of the endpoint's parameter, also the start of each error's ``loc``.
    context_name: ClassVar[str]

    @abc.abstractmethod
    def provide_context_data(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        *,
        field_model: Any,
    ) -> Any:
        """Return the raw data of this component, called per request.

        Raises:
            RequestSerializationError: this part of the request is unreadable.
        """

    @abc.abstractmethod
    def get_schema(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: EndpointMetadata,
        serializer: 'type[BaseSerializer]',
        context: 'DescriptionContext',
    ) -> Any:
        """Describe this component, as parameters or as a request body."""

    def compile_reader(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: EndpointMetadata,
        serializer: 'type[BaseSerializer]',
        *,
        strict: bool | None,
    ) -> Reader:
        """Return the function that reads this component, called at import.

        The function raises what `provide_context_data` raises, and the
        ``validation_error`` of the serializer.
        """
        validate = compile_text_validator(
            self.context_name,
            model,
            serializer,
            strict=strict,
        )
        source = self._compile_source(model, serializer)
        if source is not None:
            return lambda _endpoint, controller: validate(
                source(controller.request),
            )

        def read(
            endpoint: 'Endpoint',
            controller: 'Controller[BaseSerializer]',
        ) -> Any:
            return validate(
                self.provide_context_data(
                    endpoint,
                    controller,
                    field_model=model,
                ),
            )

        return read

    def _compile_source(
        self,
        model: Any,
        serializer: 'type[BaseSerializer]',
    ) -> Source | None:
        """Return what stands for `provide_context_data`, ``None`` if nothing.

        Its data need not be the same, but what is made of them must.
        """
        return None

    def conditional_types(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
    ) -> Mapping[str, Any]:
        """Return media type → model, empty unless it depends on that."""
        return get_conditional_types(model, model_meta) or {}

    def validate(
        self,
        controller_cls: 'type[Controller[BaseSerializer]]',
        metadata: EndpointMetadata,
    ) -> None:
        """Check at import that this component fits the endpoint.

        Raises:
            EndpointMetadataError: it does not.
        """
        return

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe that this part of a request is invalid (400)."""
        return self.new_response(
            HTTPStatus.BAD_REQUEST,
            'Raised when request components cannot be parsed',
            controller_cls,
            existing_responses,
        )
