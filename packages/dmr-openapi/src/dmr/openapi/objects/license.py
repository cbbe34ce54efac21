"""The OpenAPI object `License`."""

from dataclasses import dataclass

from dmr.openapi.objects.extensible import Extensible


@dataclass(slots=True, kw_only=True)
class License(Extensible):
    """The licence of the API."""

    name: str
    identifier: str | None = None
    url: str | None = None
