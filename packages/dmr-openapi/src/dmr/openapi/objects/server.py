"""The OpenAPI object `Server`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.server_variable import ServerVariable


@dataclass(slots=True, kw_only=True)
class Server(Extensible):
    """A base URL under which the API answers."""

    url: str
    description: str | None = None
    name: str | None = None
    variables: 'Mapping[str, ServerVariable] | None' = None
