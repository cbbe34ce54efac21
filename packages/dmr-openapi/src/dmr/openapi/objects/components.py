"""The OpenAPI object `Components`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.callback import Callback
    from dmr.openapi.objects.example import Example
    from dmr.openapi.objects.header import Header
    from dmr.openapi.objects.link import Link
    from dmr.openapi.objects.media_type import MediaType
    from dmr.openapi.objects.parameter import Parameter
    from dmr.openapi.objects.path_item import PathItem
    from dmr.openapi.objects.reference import Reference
    from dmr.openapi.objects.request_body import RequestBody
    from dmr.openapi.objects.response import Response
    from dmr.openapi.objects.schema import Schema
    from dmr.openapi.objects.security_scheme import AnySecurityScheme


@dataclass(slots=True, kw_only=True)
class Components(Extensible):
    """What the document defines once and refers to by name."""

    schemas: 'Mapping[str, Schema | Reference] | None' = None
    responses: 'Mapping[str, Response | Reference] | None' = None
    parameters: 'Mapping[str, Parameter | Reference] | None' = None
    examples: 'Mapping[str, Example | Reference] | None' = None
    request_bodies: 'Mapping[str, RequestBody | Reference] | None' = None
    headers: 'Mapping[str, Header | Reference] | None' = None
    security_schemes: 'Mapping[str, AnySecurityScheme | Reference] | None' = (
        None
    )
    links: 'Mapping[str, Link | Reference] | None' = None
    callbacks: 'Mapping[str, Callback | Reference] | None' = None
    path_items: 'Mapping[str, PathItem | Reference] | None' = None
    media_types: 'Mapping[str, MediaType | Reference] | None' = None
