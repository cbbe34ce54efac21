"""The query string as an argument."""

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias, TypeVar

from typing_extensions import override

from dmr.components.base import ComponentParser, Source
from dmr.components.shaping import is_shaped, multi_value_shape
from dmr.internal.overriding import overrides
from dmr.internal.reading import last_query_values, query_values
from dmr.metadata import EndpointMetadata

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.description import DescriptionContext
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

_QueryT = TypeVar('_QueryT')


class QueryComponent(ComponentParser):
    """Take the query string, see `dmr.components.shaping` for lists."""

    __slots__ = ()

    context_name: ClassVar[str] = 'parsed_query'

    @override
    def provide_context_data(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        *,
        field_model: Any,
    ) -> Any:
        """Return field → last value, or list where the model asks for it."""
        return multi_value_shape(field_model)(query_values(controller.request))

    @override
    def _compile_source(
        self,
        model: Any,
        serializer: 'type[BaseSerializer]',
    ) -> Source | None:
        if overrides(type(self), QueryComponent, 'provide_context_data'):
            return None
        if not is_shaped(model):
            # Only the last value of each field counts.
            return last_query_values
        shape = multi_value_shape(model)
        return lambda request: shape(query_values(request))

    @override
    def get_schema(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: EndpointMetadata,
        serializer: 'type[BaseSerializer]',
        context: 'DescriptionContext',
    ) -> Any:
        """Describe each field as a query parameter."""
        return context.parameters(
            model,
            model_meta,
            serializer,
            param_in='query',
        )


#: Parsed query string, for the parameter ``parsed_query``.
Query: TypeAlias = Annotated[_QueryT, QueryComponent()]
