"""The OpenAPI object `Discriminator`."""

from collections.abc import Mapping
from dataclasses import dataclass

from dmr.openapi.objects.extensible import Extensible


@dataclass(slots=True, kw_only=True)
class Discriminator(Extensible):
    """Which property tells the alternatives of a schema apart."""

    property_name: str
    mapping: Mapping[str, str] | None = None
    default_mapping: str | None = None
