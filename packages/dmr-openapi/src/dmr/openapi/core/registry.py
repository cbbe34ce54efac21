"""What a document names once: schemas, security schemes, operations.

Two different things under one name are an error that names both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, get_origin

from dmr.openapi.core.components import ComponentStore
from dmr.openapi.core.definitions import Definition
from dmr.openapi.exceptions import NameCollisionError
from dmr.openapi.naming import component_name
from dmr.openapi.objects import Reference, Schema, SecurityScheme
from dmr.openapi.schema_loader import REF_PREFIX, reference_name
from dmr.types import EmptyObj


class SchemaCallback(Protocol):
    """Make the schema of a type that serializers cannot describe."""

    def __call__(
        self,
        annotation: Any,
        origin: Any,
        type_args: tuple[Any, ...],
        *,
        used_for_response: bool,
        skip_registration: bool,
    ) -> Schema | Reference | None:
        """Return the schema, ``None`` to leave it to the serializer."""


SchemaOverride: TypeAlias = Schema | Reference | SchemaCallback


class SchemaRegistry:
    """The component schemas of one document."""

    schema_prefix: str = REF_PREFIX

    def __init__(self) -> None:
        self.overrides: dict[Any, SchemaOverride] = {}
        self._store = ComponentStore()

    @property
    def schemas(self) -> dict[str, Schema]:
        """Component name → schema, sorted by name.

        Final once the document is complete: the names of models that look
        different in requests and responses are settled here.

        Raises:
            NameCollisionError: when two different models have one name.
        """
        return self._store.settle()

    def override(
        self,
        annotation: Any,
        schema: SchemaOverride,
        *,
        replace: bool = False,
    ) -> None:
        """Use *schema* wherever *annotation* itself is described.

        Raises:
            ValueError: when there is one already and *replace* is not set.
        """
        key = get_origin(annotation) or annotation
        if key in self.overrides and not replace:
            raise ValueError(
                f'{key} is already registered. '
                'Pass `override=True` to replace its schema.',
            )
        self.overrides[key] = schema

    def register(
        self,
        schema_name: str,
        schema: Schema,
        annotation: Any = EmptyObj,
    ) -> Reference:
        """Add a component by hand and return a reference to it.

        Raises:
            NameCollisionError: when *schema_name* stands for another
                annotation already.
        """
        return self._store.add(component_name(schema_name), schema, annotation)

    def get_reference(
        self,
        schema_name: str,
        annotation: Any = EmptyObj,
    ) -> Reference | None:
        """Return a reference to a component added by hand, if there is one.

        Raises:
            NameCollisionError: when *schema_name* stands for another
                annotation.
        """
        return self._store.find(component_name(schema_name), annotation)

    def define(
        self,
        definitions: Mapping[str, Definition],
        *,
        used_for_response: bool,
    ) -> None:
        """Remember what component names mean; unused ones are not written.

        Raises:
            NameCollisionError: when a name means something else already.
        """
        self._store.define(definitions, used_for_response)

    def reference(self, name: str, *, used_for_response: bool) -> Reference:
        """Return a new reference to a defined component, which is now used."""
        return self._store.target(used_for_response).reference(name)

    def load(
        self,
        raw: Mapping[str, Any],
        *,
        used_for_response: bool,
        use: bool = True,
    ) -> Schema | Reference:
        """Return a JSON schema as objects.

        With ``use=False`` components it refers to are not written because
        of it.
        """
        return self._store.load(raw, used_for_response, use=use)

    def maybe_resolve_reference(
        self,
        reference_or_schema: Schema | Reference,
        *,
        resolution_context: Mapping[str, Schema] | None = None,
    ) -> Schema:
        """Return the schema itself, following references.

        *resolution_context* is looked at first: component name → schema.

        Raises:
            KeyError: when there is no such component.
        """
        resolved = reference_or_schema
        while isinstance(resolved, Reference):
            name = reference_name(resolved.ref)
            resolved = (resolution_context or {}).get(
                name,
            ) or self._store.resolve(resolved)
        return resolved


@dataclass(frozen=True, slots=True)
class SecuritySchemeRegistry:
    """The security schemes of one document, by name."""

    schemes: dict[str, SecurityScheme | Mapping[str, Any]] = field(
        default_factory=dict[str, Any],
    )
    _owners: dict[str, str] = field(default_factory=dict[str, str])

    def register(
        self,
        name: str,
        scheme: SecurityScheme | Mapping[str, Any],
        owner: str = 'an endpoint',
    ) -> None:
        """Add *scheme*; *owner* says where it comes from.

        Raises:
            NameCollisionError: when *name* stands for another scheme.
        """
        existing = self.schemes.setdefault(name, scheme)
        first_owner = self._owners.setdefault(name, owner)
        if existing is not scheme and existing != scheme:
            raise NameCollisionError(
                f'Different security schemes under a single name: {name}. '
                f'One is used by {first_owner}, another by {owner}. '
                'Give one of them another name.',
            )


@dataclass(frozen=True, slots=True)
class OperationIdRegistry:
    """The operation ids of one document."""

    _owners: dict[str, str] = field(default_factory=dict[str, str])

    def register(self, operation_id: str, owner: str = 'an endpoint') -> None:
        """Claim *operation_id*; *owner* says for what.

        Raises:
            NameCollisionError: when it is taken.
        """
        first_owner = self._owners.get(operation_id)
        if first_owner is not None:
            raise NameCollisionError(
                f'Operation ID {operation_id!r} is already registered in the '
                f'OpenAPI specification by {first_owner}, {owner} claims it '
                'too. Set `operation_id` of one of them in @modify or '
                '@validate.',
            )
        self._owners[operation_id] = owner
