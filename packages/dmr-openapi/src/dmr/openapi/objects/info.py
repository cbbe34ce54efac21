"""The OpenAPI object `Info`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.contact import Contact
    from dmr.openapi.objects.license import License


@dataclass(slots=True, kw_only=True)
class Info(Extensible):
    """What the API is called and who stands behind it."""

    title: str
    version: str
    summary: str | None = None
    description: str | None = None
    terms_of_service: str | None = None
    contact: 'Contact | None' = None
    license: 'License | None' = None
