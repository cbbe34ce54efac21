"""The OpenAPI object `MediaType`, and what users say about bodies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.encoding import Encoding
    from dmr.openapi.objects.example import Example
    from dmr.openapi.objects.reference import Reference
    from dmr.openapi.objects.schema import Schema


def _check_encodings(
    encoding: object,
    item_encoding: object,
    prefix_encoding: object,
) -> None:
    if encoding and (item_encoding or prefix_encoding):
        raise ValueError(
            'Both `encoding` and `item_encoding` or `prefix_encoding` are '
            'given. Use `encoding` for objects, the other two for arrays.',
        )


@dataclass(slots=True, kw_only=True)
class MediaType(Extensible):
    """A body in one media type; the ``item_*`` fields need OpenAPI 3.2.

    Raises:
        ValueError: when there is no schema, or when encodings contradict.
    """

    schema: 'Schema | Reference | None' = None
    example: Any = None
    examples: 'Mapping[str, Example | Reference] | None' = None
    encoding: 'Mapping[str, Encoding] | None' = None
    item_schema: 'Schema | Reference | None' = None
    item_encoding: 'Encoding | None' = None
    prefix_encoding: 'Sequence[Encoding] | None' = None

    def __post_init__(self) -> None:
        """Refuse what OpenAPI does not allow."""
        if self.schema is None and self.item_schema is None:
            raise ValueError('Both `schema` and `item_schema` cannot be None')
        _check_encodings(
            self.encoding,
            self.item_encoding,
            self.prefix_encoding,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaTypeMetadata:
    """Examples and encodings for a body; put it into ``Annotated``.

    Hashable, because annotations are used as keys. Mappings in it do not
    take part in the hash.
    """

    example: Any = field(default=None, hash=False)
    examples: 'Mapping[str, Example | Reference] | None' = field(
        default=None,
        hash=False,
    )
    encoding: 'Mapping[str, Encoding] | None' = field(default=None, hash=False)
    item_encoding: 'Encoding | None' = field(default=None, hash=False)
    prefix_encoding: 'Sequence[Encoding] | None' = field(
        default=None,
        hash=False,
    )

    def __post_init__(self) -> None:
        """Refuse what OpenAPI does not allow."""
        _check_encodings(
            self.encoding,
            self.item_encoding,
            self.prefix_encoding,
        )
