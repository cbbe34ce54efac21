"""The OpenAPI object `Header`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.example import Example
    from dmr.openapi.objects.media_type import MediaType
    from dmr.openapi.objects.reference import Reference
    from dmr.openapi.objects.schema import Schema


@dataclass(slots=True, kw_only=True)
class Header(Extensible):
    """A header of a response or of a part of a body."""

    schema: 'Schema | Reference | None' = None
    description: str | None = None
    required: bool | None = None
    deprecated: bool | None = None
    style: str | None = None
    explode: bool | None = None
    example: Any = None
    examples: 'Mapping[str, Example | Reference] | None' = None
    content: 'Mapping[str, MediaType] | None' = None
