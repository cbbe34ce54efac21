"""The OpenAPI object `ExternalDocumentation`."""

from dataclasses import dataclass

from dmr.openapi.objects.extensible import Extensible


@dataclass(slots=True, kw_only=True)
class ExternalDocumentation(Extensible):
    """A link to documentation elsewhere."""

    url: str
    description: str | None = None
