"""What the core asks of a description writer such as dmr-openapi.

The core holds facts: endpoints, metadata, response specs, components. A
description writer turns them into documents. It implements
`DescriptionContext` and hands itself to the ``get_schema`` family of methods,
which call back exactly one method each. So the documented methods stay the
place to override, and the core never imports a description format.

Everything that a context returns is opaque to the core, hence ``Any``.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.urls import URLPattern

    from dmr.components import ComponentParser
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.metadata import EndpointMetadata, ResponseSpec
    from dmr.routing import Router
    from dmr.serializer import BaseSerializer


class DescriptionContext(Protocol):
    """Write descriptions of what the core knows."""

    def document(self, router: 'Router') -> Any:
        """Describe every controller below *router*."""

    def path_item(
        self,
        controller_cls: 'type[Controller[BaseSerializer]]',
        path: str,
        pattern: 'URLPattern',
        *,
        router: 'Router | None' = None,
    ) -> Any:
        """Describe all endpoints of one controller at one path."""

    def operation(
        self,
        endpoint: 'Endpoint',
        *,
        path: str,
        pattern: 'URLPattern',
        controller_name: str,
        serializer: 'type[BaseSerializer]',
        router: 'Router | None' = None,
    ) -> Any:
        """Describe one endpoint at one path."""

    def operation_id(
        self,
        endpoint: 'Endpoint',
        *,
        path: str,
        controller_name: str,
        serializer: 'type[BaseSerializer]',
    ) -> str:
        """Name one endpoint, uniquely in the document."""
        ...

    def response(
        self,
        spec: 'ResponseSpec',
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
    ) -> Any:
        """Describe one response."""

    def parameters(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
        serializer: 'type[BaseSerializer]',
        *,
        param_in: str,
    ) -> list[Any]:
        """Describe the fields of *model* as parameters in *param_in*.

        *param_in* is ``'query'``, ``'header'``, ``'path'`` or ``'cookie'``.
        """
        ...

    def request_body(
        self,
        component: 'ComponentParser',
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
    ) -> Any:
        """Describe a request body, one media type per parser."""

    def file_request_body(
        self,
        component: 'ComponentParser',
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
    ) -> Any:
        """Describe uploaded files, one media type per parser for files."""

    def file_schema(self, schema: Any | None = None) -> Any:
        """Describe one file, or many if *schema* is an array."""

    def file_encoding(self, model: Any) -> Mapping[str, Any] | None:
        """Describe which content types each file field of *model* takes."""
