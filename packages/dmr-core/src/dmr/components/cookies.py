"""Request cookies as an argument."""

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias, TypeVar

from typing_extensions import override

from dmr.components.base import ComponentParser, Reader
from dmr.components.finite import compile_text_validator
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
    def compile_reader(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: EndpointMetadata,
        serializer: 'type[BaseSerializer]',
        *,
        strict: bool | None,
    ) -> Reader:
        """Return the reader, which leaves ``request.COOKIES`` alone."""
        if (
            type(self).provide_context_data
            is not CookiesComponent.provide_context_data
        ):
            return super().compile_reader(
                model,
                model_meta,
                metadata,
                serializer,
                strict=strict,
            )
        validate = compile_text_validator(
            self.context_name,
            model,
            serializer,
            strict=strict,
        )
        return lambda _endpoint, controller: validate(
            cookie_values(controller.request),
        )

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
