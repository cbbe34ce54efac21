"""Path parameters as an argument."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias, TypeVar

from django.utils.translation import gettext as _
from typing_extensions import override

from dmr.components.base import ComponentParser
from dmr.errors import quoted
from dmr.exceptions import RequestSerializationError
from dmr.metadata import EndpointMetadata, ResponseSpec

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.description import DescriptionContext
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

_PathT = TypeVar('_PathT')


class PathComponent(ComponentParser):
    """Take the named parameters of the URL, as their converters left them."""

    __slots__ = ()

    context_name: ClassVar[str] = 'parsed_path'

    @override
    def provide_context_data(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        *,
        field_model: Any,
    ) -> Any:
        """Return name → value.

        Raises:
            RequestSerializationError: the URL has unnamed parameters.
        """
        if controller.args:
            raise RequestSerializationError(
                _(
                    'Path {component} with field_model={field_model} does '
                    'not allow unnamed path parameters args={args}',
                ).format(
                    component=type(self),
                    field_model=repr(field_model),
                    args=quoted(repr(controller.args)),
                ),
            )
        return controller.kwargs

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe invalid (400) and unmatched (404) parameters."""
        return [
            *super().provide_response_specs(
                metadata,
                controller_cls,
                existing_responses,
            ),
            *self.new_response(
                HTTPStatus.NOT_FOUND,
                'Raised when path parameters do not match',
                controller_cls,
                existing_responses,
            ),
        ]

    @override
    def get_schema(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: EndpointMetadata,
        serializer: 'type[BaseSerializer]',
        context: 'DescriptionContext',
    ) -> Any:
        """Describe each field as a path parameter."""
        return context.parameters(
            model,
            model_meta,
            serializer,
            param_in='path',
        )


#: Parsed path parameters, for the parameter ``parsed_path``.
Path: TypeAlias = Annotated[_PathT, PathComponent()]
