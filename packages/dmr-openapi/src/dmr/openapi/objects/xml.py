"""The OpenAPI object `XML`."""

from dataclasses import dataclass

from dmr.openapi.objects.extensible import Extensible


@dataclass(slots=True, kw_only=True)
class XML(Extensible):
    """How a schema is written as XML; ``node_type`` needs OpenAPI 3.2."""

    name: str | None = None
    namespace: str | None = None
    prefix: str | None = None
    attribute: bool = False
    wrapped: bool = False
    node_type: str | None = None
