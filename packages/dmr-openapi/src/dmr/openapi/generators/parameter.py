"""Describe the fields of a model as parameters."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls.converters import IntConverter, UUIDConverter

from dmr.openapi.objects import Parameter, ParameterMetadata, Reference, Schema
from dmr.types import annotated_metadata

if TYPE_CHECKING:
    from dmr.openapi.core.context import OpenAPIContext
    from dmr.serializer import BaseSerializer


@dataclass(frozen=True, slots=True)
class ParameterGenerator:
    """Describe query, path, header and cookie parameters."""

    context: 'OpenAPIContext'

    def __call__(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
        serializer: 'type[BaseSerializer]',
        context: 'OpenAPIContext | None' = None,
        *,
        param_in: str,
    ) -> list[Parameter]:
        """Return one parameter for each property of *model*."""
        schema = self.context.generators.schema(
            model,
            serializer,
            skip_registration=True,
        )
        resolved = self.context.registries.schema.maybe_resolve_reference(
            schema,
        )
        metadata = (
            annotated_metadata(model, model_meta, ParameterMetadata)
            or ParameterMetadata()
        )
        return [
            self._parameter(name, member, resolved, metadata, param_in)
            for name, member in self._properties(resolved).items()
        ]

    def from_route(
        self,
        names: Iterator[str],
        converters: Mapping[str, Any],
        serializer: 'type[BaseSerializer]',
    ) -> list[Parameter]:
        """Return path parameters that only the URL pattern knows."""
        return [
            Parameter(
                name=name,
                param_in='path',
                required=True,
                schema=self.context.generators.schema(
                    _converted_type(converters.get(name)),
                    serializer,
                ),
            )
            for name in names
        ]

    def _properties(
        self,
        schema: Schema,
    ) -> Mapping[str, Schema | Reference | bool]:
        """Return the properties of *schema*, those of its parts included."""
        merged: dict[str, Schema | Reference | bool] = {}
        registry = self.context.registries.schema
        for part in schema.all_of or ():
            merged.update(
                self._properties(registry.maybe_resolve_reference(part)),
            )
        merged.update(schema.properties or {})
        return merged

    def _parameter(
        self,
        name: str,
        member: Schema | Reference | bool,
        model_schema: Schema,
        metadata: ParameterMetadata,
        param_in: str,
    ) -> Parameter:
        schema = Schema() if isinstance(member, bool) else member
        # A path without the parameter would be another path.
        required = param_in == 'path' or name in model_schema.required
        return Parameter(
            name=name,
            param_in=param_in,
            schema=schema,
            description=(
                schema.description
                or metadata.description
                or model_schema.description
            ),
            required=required,
            deprecated=bool(
                getattr(schema, 'deprecated', None)
                or metadata.deprecated
                or model_schema.deprecated,
            ),
            allow_empty_value=metadata.allow_empty_value,
            style=metadata.style,
            explode=metadata.explode,
            allow_reserved=metadata.allow_reserved,
            example=_example(schema, metadata, required=required),
            examples=metadata.examples,
        )


def _example(
    schema: Schema | Reference,
    metadata: ParameterMetadata,
    *,
    required: bool,
) -> Any:
    """Return the example of a parameter, its schema may have some.

    Pages fill forms with the parameter's own example only. What may be left
    out stays empty there.
    """
    if metadata.example is not None or metadata.examples or not required:
        return metadata.example
    examples = schema.examples if isinstance(schema, Schema) else None
    return examples[0] if examples else None


def _converted_type(converter: Any) -> Any:
    """Return the type of what a URL converter gives to the view."""
    declared = getattr(converter, '__dmr_converter_schema__', None)
    if declared is not None:
        return declared
    if isinstance(converter, IntConverter):
        return int
    if isinstance(converter, UUIDConverter):
        return UUID
    return str
