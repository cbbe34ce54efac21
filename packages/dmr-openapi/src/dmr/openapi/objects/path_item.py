"""The OpenAPI object `PathItem`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.operation import Operation
    from dmr.openapi.objects.parameter import Parameter
    from dmr.openapi.objects.reference import Reference
    from dmr.openapi.objects.server import Server


@dataclass(slots=True, kw_only=True)
class PathItem(Extensible):
    """The operations of one path.

    ``query`` and ``additional_operations`` need OpenAPI 3.2.
    """

    ref: str | None = None
    summary: str | None = None
    description: str | None = None
    get: 'Operation | None' = None
    put: 'Operation | None' = None
    post: 'Operation | None' = None
    delete: 'Operation | None' = None
    options: 'Operation | None' = None
    head: 'Operation | None' = None
    patch: 'Operation | None' = None
    trace: 'Operation | None' = None
    query: 'Operation | None' = None
    additional_operations: 'Mapping[str, Operation] | None' = None
    servers: 'Sequence[Server] | None' = None
    parameters: 'Sequence[Parameter | Reference] | None' = None
