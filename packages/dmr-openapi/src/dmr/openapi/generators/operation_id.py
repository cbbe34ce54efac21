"""Name operations."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmr.openapi.naming import operation_id

if TYPE_CHECKING:
    from dmr.endpoint import Endpoint
    from dmr.openapi.core.context import OpenAPIContext


@dataclass(frozen=True, slots=True)
class OperationIdGenerator:
    """Take the name that the endpoint gives, or make one."""

    context: 'OpenAPIContext'

    def __call__(
        self,
        endpoint: 'Endpoint',
        *,
        path: str,
        controller_name: str,
    ) -> str:
        """Return the operation id of *endpoint* at *path*."""
        return endpoint.metadata.operation_id or operation_id(
            endpoint.metadata.method,
            controller_name,
            path,
        )
