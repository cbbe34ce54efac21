"""The OpenAPI object `ServerVariable`."""

from collections.abc import Sequence
from dataclasses import dataclass

from dmr.openapi.objects.extensible import Extensible


@dataclass(slots=True, kw_only=True)
class ServerVariable(Extensible):
    """A variable in the URL template of a server."""

    default: str
    enum: Sequence[str] | None = None
    description: str | None = None
