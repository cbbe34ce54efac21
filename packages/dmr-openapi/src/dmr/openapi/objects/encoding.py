"""The OpenAPI object `Encoding`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.header import Header
    from dmr.openapi.objects.reference import Reference


@dataclass(slots=True, kw_only=True)
class Encoding(Extensible):
    """How one property of a form body is encoded."""

    content_type: str | None = None
    headers: 'Mapping[str, Header | Reference] | None' = None
    style: str | None = None
    explode: bool | None = None
    allow_reserved: bool | None = None
