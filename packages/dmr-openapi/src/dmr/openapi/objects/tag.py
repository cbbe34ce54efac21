"""The OpenAPI object `Tag`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.external_documentation import ExternalDocumentation


@dataclass(slots=True, kw_only=True)
class Tag(Extensible):
    """A name that groups operations.

    ``summary``, ``kind`` and ``parent`` need OpenAPI 3.2.
    """

    name: str
    summary: str | None = None
    description: str | None = None
    external_docs: 'ExternalDocumentation | None' = None
    parent: str | None = None
    kind: str | None = None
