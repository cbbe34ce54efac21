"""The OpenAPI object `Response`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.header import Header
    from dmr.openapi.objects.link import Link
    from dmr.openapi.objects.media_type import MediaType
    from dmr.openapi.objects.reference import Reference


@dataclass(slots=True, kw_only=True)
class Response(Extensible):
    """One answer of an operation."""

    description: str
    summary: str | None = None
    headers: 'Mapping[str, Header | Reference] | None' = None
    content: 'Mapping[str, MediaType | Reference] | None' = None
    links: 'Mapping[str, Link | Reference] | None' = None
