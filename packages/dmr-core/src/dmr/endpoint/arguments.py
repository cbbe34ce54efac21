"""Turn the parts of a request into the arguments of an endpoint."""

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from dmr.components import ComponentParser, ComponentParserBuilder
from dmr.components.base import Reader
from dmr.errors import ErrorDetail
from dmr.exceptions import ValidationError
from dmr.metadata import EndpointMetadata

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer


class SerializerContext:
    """Collect and validate all components of an endpoint.

    Built once per endpoint. *strict_validation* is handed to the serializer:
    ``None`` lets each field, then each model decide what it coerces.
    """

    __slots__ = ('_builder', '_controller_cls', '_readers', 'component_parsers')

    strict_validation: ClassVar[bool | None] = None

    component_builder_cls: ClassVar[type[ComponentParserBuilder]] = (
        ComponentParserBuilder
    )

    def __init__(
        self,
        func: Callable[..., Any],
        controller_cls: 'type[Controller[BaseSerializer]]',
        type_annotations: dict[str, Any],
    ) -> None:
        """Find the components in the annotations of *func*."""
        self._controller_cls = controller_cls
        self._builder = self.component_builder_cls(func, controller_cls)
        self.component_parsers: list[
            tuple[ComponentParser, Any, tuple[Any, ...]]
        ] = self._builder(type_annotations)
        self._readers: tuple[tuple[str, Reader], ...] = ()

    def solve(self, annotation: Any) -> Any:
        """Replace the type variables in *annotation*.

        Raises:
            UnsolvableAnnotationsError: one of them has no value.
        """
        return self._builder.solve(annotation)

    def compile(self, metadata: EndpointMetadata) -> None:
        """Prepare one reader per component, called once at import."""
        self._readers = tuple(
            (
                component.context_name,
                component.compile_reader(
                    model,
                    model_meta,
                    metadata,
                    self._controller_cls.serializer,
                    strict=self.strict_validation,
                ),
            )
            for component, model, model_meta in metadata.component_parsers
        )

    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> dict[str, Any]:
        """Return parameter name → validated model.

        Raises:
            ValidationError: with the errors of all components.
            RequestSerializationError: a part of the request is unreadable.
        """
        serializer = controller.serializer
        arguments: dict[str, Any] = {}
        errors: list[ErrorDetail] = []
        for name, read in self._readers:
            try:
                arguments[name] = read(endpoint, controller)
            except serializer.validation_error as exc:
                errors += serializer.locate_validation_error(exc, name)
        if errors:
            raise ValidationError(errors, status_code=HTTPStatus.BAD_REQUEST)
        return arguments
