"""JSON schemas of everything that msgspec can validate."""

import enum
import inspect
from typing import Any

import msgspec
from typing_extensions import override

from dmr.serializer import BaseSchemaGenerator


class MsgspecSchemaGenerator(BaseSchemaGenerator):
    """Describe models with msgspec's own schemas."""

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

        Requests and responses have the same schema.

        Raises:
            TypeError: msgspec has no schema for *model*.
        """
        (schema,), definitions = msgspec.json.schema_components(
            [model],
            schema_hook=_custom_schema,
            ref_template=ref_template.replace('{model}', '{name}'),
        )
        for described in definitions.values():
            if 'description' in described:
                # Msgspec takes docstrings as they stand in the source.
                described['description'] = inspect.cleandoc(
                    described['description'],
                )
        return schema, definitions

    @override
    @classmethod
    def schema_name(cls, model: Any) -> str | None:
        """Return the name of the schema of *model*, ``None`` if unnamed."""
        schema, definitions = cls.get_schema(model, '{model}') or ({}, {})
        named = definitions.get(schema.get('$ref', ''), schema)
        title: str | None = named.get('title')
        return title


def _custom_schema(kind: type[Any]) -> dict[str, Any]:
    """Describe enumerations with a metaclass, such as Django's choices.

    Msgspec reads and writes them, and describes only those without.

    Raises:
        NotImplementedError: *kind* is something else.
    """
    if not issubclass(kind, enum.Enum):
        raise NotImplementedError
    return {
        'title': kind.__name__,
        'enum': [member.value for member in kind],
    }
