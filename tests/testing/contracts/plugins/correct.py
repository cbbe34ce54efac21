"""A serializer that has only what the contract demands, and keeps it.

Those with a fault derive from it.
"""

from functools import cache
from typing import Any, ClassVar

import pydantic
from django.http import HttpRequest

from dmr.errors import ErrorDetail
from dmr.exceptions import DataRenderingError
from dmr.metadata import EndpointMetadata
from dmr.parsers import Parser, Raw
from dmr.renderers import Renderer
from dmr.serializer import (
    BaseEndpointOptimizer,
    BaseSchemaGenerator,
    BaseSerializer,
)


class InvalidError(Exception):
    """Data do not fit their model."""

    def __init__(self, details: list[ErrorDetail]) -> None:
        super().__init__('invalid')
        self.details = details


_adapter = cache(pydantic.TypeAdapter[Any])


class CorrectOptimizer(BaseEndpointOptimizer):
    @classmethod
    def optimize_endpoint(cls, metadata: EndpointMetadata) -> None:
        """Prepare nothing."""


class CorrectSchemaGenerator(BaseSchemaGenerator):
    @classmethod
    def get_schema(
        cls,
        model: Any,
        ref_template: str,
        *,
        used_for_response: bool = False,
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        schema = _adapter(model).json_schema(
            ref_template=ref_template,
            mode='serialization' if used_for_response else 'validation',
        )
        return schema, schema.pop('$defs', {})

    @classmethod
    def schema_name(cls, model: Any) -> str | None:
        return model.__name__ if isinstance(model, type) else None


class CorrectSerializer(BaseSerializer):
    dmr_plugin_api: ClassVar[int] = 1
    validation_error: ClassVar[type[Exception]] = InvalidError
    optimizer: ClassVar[type[BaseEndpointOptimizer]] = CorrectOptimizer
    schema_generator: ClassVar[type[BaseSchemaGenerator]] = (
        CorrectSchemaGenerator
    )

    @classmethod
    def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
        return renderer.render(structure, cls.serialize_hook)

    @classmethod
    def serialize_hook(cls, to_serialize: Any) -> Any:
        try:
            return cls.to_python(to_serialize)
        except ValueError as exc:
            raise DataRenderingError(f'Cannot dump: {exc}') from exc

    @classmethod
    def deserialize(
        cls,
        buffer: Raw,
        *,
        parser: Parser,
        request: HttpRequest,
        model: Any,
    ) -> Any:
        return parser.parse(
            buffer,
            cls.deserialize_hook,
            request=request,
            model=model,
        )

    @classmethod
    def from_python(
        cls,
        unstructured: Any,
        model: Any,
        *,
        strict: bool | None,
    ) -> Any:
        try:
            return cls.adapter(model).validate_python(
                unstructured,
                strict=strict,
            )
        except pydantic.ValidationError as exc:
            raise InvalidError(
                [
                    {
                        'msg': error['msg'],
                        'loc': [str(part) for part in error['loc']],
                        'type': 'value_error',
                    }
                    for error in exc.errors()
                ],
            ) from exc

    @classmethod
    def adapter(cls, model: Any) -> pydantic.TypeAdapter[Any]:
        return _adapter(model)

    @classmethod
    def to_python(cls, structured: Any) -> Any:
        return _adapter(Any).dump_python(structured, mode='json')

    @classmethod
    def serialize_validation_error(cls, exc: Exception) -> list[ErrorDetail]:
        if not isinstance(exc, InvalidError):
            raise NotImplementedError(f'Cannot serialize {exc!r}')
        return [
            {**detail, 'loc': [*detail.get('loc', [])]}
            for detail in exc.details
        ]
