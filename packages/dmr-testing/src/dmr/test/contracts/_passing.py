"""A serializer that changes nothing, for checks of parsers and renderers."""

from typing import Any, ClassVar

from django.http import HttpRequest
from typing_extensions import override

from dmr.errors import ErrorDetail
from dmr.metadata import EndpointMetadata
from dmr.parsers import Parser, Raw
from dmr.renderers import Renderer
from dmr.serializer import (
    BaseEndpointOptimizer,
    BaseSchemaGenerator,
    BaseSerializer,
)


class _NeverRaisedError(Exception):
    """Everything is valid."""


class _Optimizer(BaseEndpointOptimizer):
    @override
    @classmethod
    def optimize_endpoint(cls, metadata: EndpointMetadata) -> None:
        """Do nothing."""


class _SchemaGenerator(BaseSchemaGenerator):
    @override
    @classmethod
    def get_schema(
        cls,
        model: Any,
        ref_template: str,
        *,
        used_for_response: bool = False,
    ) -> None:
        """Describe nothing."""

    @override
    @classmethod
    def schema_name(cls, model: Any) -> None:
        """Name nothing."""


class PassingSerializer(BaseSerializer):
    """Hands on what parsers read and what renderers write."""

    __slots__ = ()

    validation_error: ClassVar[type[Exception]] = _NeverRaisedError
    optimizer: ClassVar[type[BaseEndpointOptimizer]] = _Optimizer
    schema_generator: ClassVar[type[BaseSchemaGenerator]] = _SchemaGenerator

    @override
    @classmethod
    def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
        """Render *structure* with *renderer*."""
        return renderer.render(structure, cls.serialize_hook)

    @override
    @classmethod
    def deserialize(
        cls,
        buffer: Raw,
        *,
        parser: Parser,
        request: HttpRequest,
        model: Any,
    ) -> Any:
        """Parse *buffer* with *parser*."""
        return parser.parse(
            buffer,
            cls.deserialize_hook,
            request=request,
            model=model,
        )

    @override
    @classmethod
    def from_python(
        cls,
        unstructured: Any,
        model: Any,
        *,
        strict: bool | None,
    ) -> Any:
        """Return *unstructured*."""
        return unstructured

    @override
    @classmethod
    def to_python(cls, structured: Any) -> Any:
        """Return *structured*."""
        return structured

    @override
    @classmethod
    def serialize_validation_error(cls, exc: Exception) -> list[ErrorDetail]:
        """Refuse: there are no errors.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError(f'Cannot serialize {exc!r}')
