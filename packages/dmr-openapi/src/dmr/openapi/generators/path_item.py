"""Describe all endpoints of one controller at one path."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import URLPattern

from dmr.openapi.exceptions import MethodNotSupportedError
from dmr.openapi.methods import METHODS
from dmr.openapi.objects import Operation, PathItem
from dmr.openapi.overrides import call_with_router

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.openapi.core.context import OpenAPIContext
    from dmr.routing import Router
    from dmr.serializer import BaseSerializer

#: From this version on there are ``query`` and ``additionalOperations``.
_ANY_METHOD_SINCE: Final = (3, 2)


@dataclass(frozen=True, slots=True)
class PathItemGenerator:
    """Ask each endpoint, and sort the answers by HTTP method."""

    context: 'OpenAPIContext'

    def __call__(
        self,
        controller_cls: 'type[Controller[BaseSerializer]]',
        path: str,
        pattern: URLPattern,
        *,
        router: 'Router | None',
    ) -> PathItem | None:
        """Return the path item, ``None`` if all endpoints are hidden.

        Endpoints whose ``get_schema`` returns ``None`` are left out.

        Raises:
            MethodNotSupportedError: when the OpenAPI version of the document
                cannot express a method.
        """
        operations: dict[str, Any] = {}
        additional: dict[str, Operation] = {}
        for method, endpoint in sorted(controller_cls.api_endpoints.items()):
            place = f'{endpoint.metadata.endpoint_name} ({method} {path})'
            with self.context.at(place):
                operation: Any = call_with_router(
                    endpoint.get_schema,
                    path,
                    pattern,
                    controller_cls.__qualname__,
                    controller_cls.serializer,
                    self.context,
                    router=router,
                )
            if operation is None:
                continue
            if self._is_field(method, place):
                operations[method.lower()] = operation
            else:
                additional[method] = operation
        if not operations and not additional:
            return None
        return PathItem(
            summary=controller_cls.summary,
            description=controller_cls.description,
            servers=controller_cls.servers,
            additional_operations=additional or None,
            **operations,
        )

    def _is_field(self, method: str, place: str) -> bool:
        """Return whether *method* has a field of its own in path items."""
        if method.lower() in METHODS:
            return True
        version = self.context.config.openapi_version_info
        if version < _ANY_METHOD_SINCE:
            raise MethodNotSupportedError(
                f'{place}: OpenAPI {self.context.config.openapi_version} has '
                f'no HTTP method {method!r}. Set `openapi_version` to 3.2.0, '
                'or leave the endpoint out of the document.',
            )
        return method == 'QUERY'
