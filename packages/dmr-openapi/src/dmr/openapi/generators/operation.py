"""Describe one endpoint at one path."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import URLPattern

from dmr.openapi.generators.response import responses_by_status
from dmr.openapi.objects import Operation, Reference, Response

if TYPE_CHECKING:
    from dmr.endpoint import Endpoint
    from dmr.openapi.core.context import OpenAPIContext
    from dmr.routing import Router
    from dmr.serializer import BaseSerializer


@dataclass(frozen=True, slots=True)
class OperationGenerator:
    """Put together what the other generators say about an endpoint."""

    context: 'OpenAPIContext'

    def __call__(
        self,
        endpoint: 'Endpoint',
        *,
        path: str,
        pattern: URLPattern,
        controller_name: str,
        serializer: 'type[BaseSerializer]',
        router: 'Router | None',
    ) -> Operation:
        """Return the operation.

        Raises:
            NameCollisionError: when its id is taken.
        """
        metadata = endpoint.metadata
        operation_id = endpoint.get_operation_id(
            path,
            controller_name,
            serializer,
            self.context,
        )
        self.context.registries.operation_id.register(
            operation_id,
            self.context.place,
        )
        request_body, parameters = self.context.generators.component_parsers(
            path,
            pattern,
            metadata,
            serializer,
        )
        router_tags = router.tags if router is not None else ()
        return Operation(
            tags=[*router_tags, *(metadata.tags or ())] or None,
            summary=metadata.summary,
            description=metadata.description,
            external_docs=metadata.external_docs,
            operation_id=operation_id,
            parameters=parameters,
            request_body=request_body,
            responses=self._responses(endpoint, serializer),
            callbacks=metadata.callbacks,
            deprecated=metadata.deprecated
            or (router is not None and router.deprecated),
            security=self.context.generators.security_scheme(metadata.auth),
            servers=metadata.servers,
        )

    def _responses(
        self,
        endpoint: 'Endpoint',
        serializer: 'type[BaseSerializer]',
    ) -> dict[str, Response | Reference]:
        responses: dict[str, Response | Reference] = {}
        for status, spec in responses_by_status(endpoint.metadata.responses):
            with self.context.at(f'response {status}'):
                responses[status] = spec.get_schema(
                    endpoint.metadata,
                    serializer,
                    self.context,
                )
        return responses
