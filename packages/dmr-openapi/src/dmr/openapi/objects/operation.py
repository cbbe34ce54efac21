"""The OpenAPI object `Operation`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.callback import Callback
    from dmr.openapi.objects.external_documentation import ExternalDocumentation
    from dmr.openapi.objects.parameter import Parameter
    from dmr.openapi.objects.reference import Reference
    from dmr.openapi.objects.request_body import RequestBody
    from dmr.openapi.objects.responses import Responses
    from dmr.openapi.objects.security_requirement import SecurityRequirement
    from dmr.openapi.objects.server import Server


@dataclass(slots=True, kw_only=True)
class Operation(Extensible):
    """One method of one path."""

    tags: Sequence[str] | None = None
    summary: str | None = None
    description: str | None = None
    external_docs: 'ExternalDocumentation | None' = None
    operation_id: str | None = None
    parameters: 'Sequence[Parameter | Reference] | None' = None
    request_body: 'RequestBody | Reference | None' = None
    responses: 'Responses | None' = None
    callbacks: 'Mapping[str, Callback | Reference] | None' = None
    deprecated: bool = False
    security: 'Sequence[SecurityRequirement] | None' = None
    servers: 'Sequence[Server] | None' = None
