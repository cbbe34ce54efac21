"""JSON schemas of everything that pydantic can validate."""

from typing import Any

from typing_extensions import override

from dmr.plugins.pydantic.adapters import adapter
from dmr.serializer import BaseSchemaGenerator


class PydanticSchemaGenerator(BaseSchemaGenerator):
    """Describe models with pydantic's own schemas."""

    @override
    @classmethod
    def get_schema(
        cls,
        model: Any,
        ref_template: str,
        *,
        used_for_response: bool = False,
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Return the schema of *model* and the definitions it refers to.

        Responses are described as they are written, requests as they are
        read.

        Raises:
            pydantic.errors.PydanticUserError: there is no schema for *model*.
        """
        schema = adapter(model).json_schema(
            ref_template=ref_template,
            mode='serialization' if used_for_response else 'validation',
        )
        return schema, schema.pop('$defs', {})

    @override
    @classmethod
    def schema_name(cls, model: Any) -> str | None:
        """Return the name of the schema of *model*, ``None`` if unnamed."""
        schema, definitions = cls.get_schema(model, '{model}') or ({}, {})
        named = definitions.get(schema.get('$ref', ''), schema)
        title: str | None = named.get('title')
        return title
