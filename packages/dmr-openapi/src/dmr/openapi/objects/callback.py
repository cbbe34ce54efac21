"""The OpenAPI object `Callback`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias, Union

if TYPE_CHECKING:
    from dmr.openapi.objects.path_item import PathItem
    from dmr.openapi.objects.reference import Reference

#: Runtime expression → the path item that the API provider will request.
Callback: TypeAlias = Mapping[str, Union['PathItem', 'Reference']]
