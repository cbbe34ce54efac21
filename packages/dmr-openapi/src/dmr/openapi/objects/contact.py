"""The OpenAPI object `Contact`."""

from dataclasses import dataclass

from dmr.openapi.objects.extensible import Extensible


@dataclass(slots=True, kw_only=True)
class Contact(Extensible):
    """Who to ask about the API."""

    name: str | None = None
    url: str | None = None
    email: str | None = None
