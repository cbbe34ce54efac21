"""The OpenAPI object `Reference`."""

from dataclasses import dataclass

from dmr.openapi.objects.extensible import Extensible


@dataclass(slots=True, kw_only=True)
class Reference(Extensible):
    """A pointer to a component of the document."""

    ref: str
    summary: str | None = None
    description: str | None = None
