"""The OpenAPI object `Schema`: JSON Schema 2020-12 with OpenAPI's additions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.discriminator import Discriminator
    from dmr.openapi.objects.enums import OpenAPIFormat, OpenAPIType
    from dmr.openapi.objects.external_documentation import (
        ExternalDocumentation,
    )
    from dmr.openapi.objects.reference import Reference
    from dmr.openapi.objects.xml import XML


@dataclass(slots=True, kw_only=True)
class Schema(Extensible):
    """What a JSON value looks like.

    Keywords that have no field of their own go into ``extensions``.
    """

    all_of: 'Sequence[Schema | Reference] | None' = None
    any_of: 'Sequence[Schema | Reference] | None' = None
    one_of: 'Sequence[Schema | Reference] | None' = None
    schema_not: 'Schema | Reference | None' = None
    schema_if: 'Schema | Reference | None' = None
    then: 'Schema | Reference | None' = None
    schema_else: 'Schema | Reference | None' = None
    dependent_schemas: 'Mapping[str, Schema | Reference] | None' = None
    prefix_items: 'Sequence[Schema | Reference] | None' = None
    items: 'Schema | Reference | bool | None' = None
    contains: 'Schema | Reference | None' = None
    properties: 'Mapping[str, Schema | Reference | bool] | None' = None
    pattern_properties: 'Mapping[str, Schema | Reference] | None' = None
    additional_properties: 'Schema | Reference | bool | None' = None
    property_names: 'Schema | Reference | None' = None
    unevaluated_items: 'Schema | Reference | bool | None' = None
    unevaluated_properties: 'Schema | Reference | bool | None' = None
    type: 'OpenAPIType | str | Sequence[OpenAPIType | str] | None' = None
    enum: Sequence[Any] | None = None
    const: Any = None
    multiple_of: float | None = None
    maximum: float | None = None
    exclusive_maximum: float | None = None
    minimum: float | None = None
    exclusive_minimum: float | None = None
    max_length: int | None = None
    min_length: int | None = None
    pattern: str | None = None
    max_items: int | None = None
    min_items: int | None = None
    unique_items: bool | None = None
    max_contains: int | None = None
    min_contains: int | None = None
    max_properties: int | None = None
    min_properties: int | None = None
    required: Sequence[str] = field(default_factory=list[str])
    dependent_required: Mapping[str, Sequence[str]] | None = None
    format: 'OpenAPIFormat | str | None' = None
    content_encoding: str | None = None
    content_media_type: str | None = None
    content_schema: 'Schema | Reference | None' = None
    title: str | None = None
    description: str | None = None
    default: Any = None
    deprecated: bool | None = None
    read_only: bool | None = None
    write_only: bool | None = None
    examples: Sequence[Any] | None = None
    discriminator: 'Discriminator | None' = None
    xml: 'XML | None' = None
    external_docs: 'ExternalDocumentation | None' = None
    example: Any = None
