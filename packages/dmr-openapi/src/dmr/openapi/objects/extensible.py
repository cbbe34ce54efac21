"""What all OpenAPI objects have in common: extensions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(slots=True, kw_only=True)
class Extensible:
    """An OpenAPI object that can carry ``x-…`` fields.

    The objects are plain, mutable data, because methods that users override
    (such as `Endpoint.get_schema`) call ``super()`` and edit what they get.
    """

    #: Field name as written in the document → JSON value.
    extensions: Mapping[str, Any] | None = None
