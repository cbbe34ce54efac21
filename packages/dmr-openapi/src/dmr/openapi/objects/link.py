"""The OpenAPI object `Link`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.server import Server


@dataclass(slots=True, kw_only=True)
class Link(Extensible):
    """How the data of a response leads to another operation."""

    operation_ref: str | None = None
    operation_id: str | None = None
    parameters: Mapping[str, Any] | None = None
    request_body: Any = None
    description: str | None = None
    server: 'Server | None' = None
