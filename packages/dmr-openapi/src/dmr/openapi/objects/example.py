"""The OpenAPI object `Example`."""

from dataclasses import dataclass
from typing import Any

from dmr.openapi.objects.extensible import Extensible


@dataclass(slots=True, kw_only=True)
class Example(Extensible):
    """One example value; the ``*_value`` fields need OpenAPI 3.2."""

    summary: str | None = None
    description: str | None = None
    value: Any = None
    data_value: Any = None
    serialized_value: str | None = None
    external_value: str | None = None
