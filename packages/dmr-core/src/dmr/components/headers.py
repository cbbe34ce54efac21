"""Request headers as an argument."""

from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias, TypeVar

from django.http import HttpRequest
from typing_extensions import override

from dmr.components.base import ComponentParser, Source
from dmr.components.shaping import names_in, split_commas
from dmr.internal.overriding import overrides
from dmr.metadata import EndpointMetadata

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.description import DescriptionContext
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

_HeadersT = TypeVar('_HeadersT')


class HeadersComponent(ComponentParser):
    """Take the request headers, names are compared case-insensitively.

    Names in ``__dmr_split_commas__`` of the model are lower case.
    """

    __slots__ = ()

    context_name: ClassVar[str] = 'parsed_headers'

    @override
    def provide_context_data(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        *,
        field_model: Any,
    ) -> Any:
        """Return all headers, as a case-insensitive mapping or split."""
        headers = controller.request.headers
        split = names_in(field_model, '__dmr_split_commas__')
        if not split:
            return headers
        return {
            name: split_commas(found) if name.lower() in split else found
            for name, found in headers.items()
        }

    @override
    def _compile_source(
        self,
        model: Any,
        serializer: 'type[BaseSerializer]',
    ) -> Source | None:
        declared = serializer.field_names(model)
        # Models that take any header get all of them.
        if declared is None or overrides(
            type(self),
            HeadersComponent,
            'provide_context_data',
        ):
            return None
        split = names_in(model, '__dmr_split_commas__')
        keys = tuple(
            (name, _meta_key(name), name.lower() in split)
            for name in sorted(declared)
            # No header has an underscore, WSGI cannot tell it from a hyphen.
            if '_' not in name
        )

        def declared_headers(request: HttpRequest) -> dict[str, Any]:
            meta = request.META
            found: dict[str, Any] = {}
            for name, key, is_split in keys:
                header = meta.get(key)
                if header is not None:
                    found[name] = split_commas(header) if is_split else header
            return found

        return declared_headers

    @override
    def get_schema(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: EndpointMetadata,
        serializer: 'type[BaseSerializer]',
        context: 'DescriptionContext',
    ) -> Any:
        """Describe each field as a header parameter."""
        return context.parameters(
            model,
            model_meta,
            serializer,
            param_in='header',
        )


#: Parsed request headers, for the parameter ``parsed_headers``.
Headers: TypeAlias = Annotated[_HeadersT, HeadersComponent()]


def _meta_key(name: str) -> str:
    """Return the key of a header in ``request.META``."""
    key = name.upper().replace('-', '_')
    # These two have no prefix in WSGI (PEP 3333).
    if key in {'CONTENT_TYPE', 'CONTENT_LENGTH'}:
        return key
    return f'HTTP_{key}'
