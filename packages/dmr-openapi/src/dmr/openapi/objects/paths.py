"""The OpenAPI object `Paths`."""

from typing import TypeAlias

from dmr.openapi.objects.path_item import PathItem

#: URL path → what can be done there.
Paths: TypeAlias = dict[str, PathItem]
