"""The OpenAPI object `RequestBody`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.media_type import MediaType
    from dmr.openapi.objects.reference import Reference


@dataclass(slots=True, kw_only=True)
class RequestBody(Extensible):
    """The body that an operation takes."""

    content: 'Mapping[str, MediaType | Reference]'
    description: str | None = None
    required: bool = True
