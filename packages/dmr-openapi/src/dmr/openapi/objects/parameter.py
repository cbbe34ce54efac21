"""The OpenAPI object `Parameter`, and what users say about parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dmr.openapi.objects.example import Example
    from dmr.openapi.objects.media_type import MediaType
    from dmr.openapi.objects.reference import Reference
    from dmr.openapi.objects.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterMetadata:
    """How parameters are described; put it into ``Annotated``.

    It applies to every field of the model. Hashable, because annotations
    are used as keys. Examples do not take part in the hash.
    """

    description: str | None = None
    deprecated: bool = False
    allow_empty_value: bool | None = None
    style: str | None = None
    explode: bool | None = None
    allow_reserved: bool | None = None
    example: Any = field(default=None, hash=False)
    examples: 'Mapping[str, Example | Reference] | None' = field(
        default=None,
        hash=False,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(ParameterMetadata):
    """One query, path, header or cookie parameter.

    *param_in* is ``query``, ``path``, ``header`` or ``cookie``, and from
    OpenAPI 3.2 on also ``querystring``.
    """

    name: str
    param_in: str
    schema: 'Schema | Reference | None' = field(default=None, hash=False)
    content: 'Mapping[str, MediaType] | None' = field(default=None, hash=False)
    required: bool = False
    #: Field name as written in the document → JSON value.
    extensions: Mapping[str, Any] | None = field(default=None, hash=False)
