"""The OpenAPI object `Responses`."""

from typing import TypeAlias

from dmr.openapi.objects.reference import Reference
from dmr.openapi.objects.response import Response

#: Status code as text, or ``default`` → response.
Responses: TypeAlias = dict[str, Response | Reference]
