"""Request cookies as an argument."""

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias, TypeVar

from typing_extensions import override

from dmr.components.base import ComponentParser, Source
from dmr.internal.overriding import overrides
from dmr.internal.reading import cookie_values
from dmr.metadata import EndpointMetadata

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.description import DescriptionContext
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

_CookiesT = TypeVar('_CookiesT')


class CookiesComponent(ComponentParser):
    """Take the request cookies, name → value."""

    __slots__ = ()

    context_name: ClassVar[str] = 'parsed_cookies'

    @override
    def provide_context_data(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        *,
        field_model: Any,
    ) -> Any:
        """Return all cookies of the request."""
        return controller.request.COOKIES

    @override
    def _compile_source(
        self,
        model: Any,
        serializer: 'type[BaseSerializer]',
    ) -> Source | None:
        if overrides(type(self), CookiesComponent, 'provide_context_data'):
            return None
        # It leaves ``request.COOKIES`` alone.
        return cookie_values

    @override
    def get_schema(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: EndpointMetadata,
        serializer: 'type[BaseSerializer]',
        context: 'DescriptionContext',
    ) -> Any:
        """Describe each field as a cookie parameter."""
        return context.parameters(
            model,
            model_meta,
            serializer,
            param_in='cookie',
        )


#: Parsed cookies, for the parameter ``parsed_cookies``.
Cookies: TypeAlias = Annotated[_CookiesT, CookiesComponent()]
