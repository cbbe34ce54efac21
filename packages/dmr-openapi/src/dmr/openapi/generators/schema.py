"""Describe models as schemas, through the serializer that reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, get_args, get_origin

from dmr.exceptions import UnsolvableAnnotationsError
from dmr.openapi.core.definitions import Definition
from dmr.openapi.generators.examples import invent_example
from dmr.openapi.naming import component_name, generic_title
from dmr.openapi.objects import Reference, Schema
from dmr.openapi.schema_loader import REF_PREFIX, reference_name

if TYPE_CHECKING:
    from dmr.openapi.core.context import OpenAPIContext
    from dmr.openapi.core.registry import SchemaOverride
    from dmr.serializer import BaseSerializer

_Key: TypeAlias = tuple[Any, type, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Described:
    """What a serializer said about a model."""

    raw: Mapping[str, Any]
    #: Everything that *raw* refers to, and *raw* itself if it has a name.
    definitions: Mapping[str, Mapping[str, Any]]
    #: The component that the model becomes, ``None`` if it stays inline.
    name: str | None
    #: What only the model itself has, as arguments of `Definition`.
    naming: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SchemaGenerator:
    """Describe annotations; each is asked from its serializer only once."""

    context: 'OpenAPIContext'
    _described: dict[_Key, _Described] = field(
        default_factory=dict[_Key, _Described],
    )

    def __call__(
        self,
        annotation: Any,
        serializer: 'type[BaseSerializer]',
        *,
        used_for_response: bool = False,
        skip_registration: bool = False,
        use_references: bool = True,
    ) -> Schema | Reference:
        """Return the schema of *annotation*, a reference if it has a name.

        With *skip_registration* it is always the schema itself, and no
        component is made of it. Without *use_references* components that the
        schema refers to are not written because of it.

        Raises:
            UnsolvableAnnotationsError: when there is no schema for it.
        """
        overridden = self._overridden(
            annotation,
            used_for_response=used_for_response,
            skip_registration=skip_registration,
        )
        if overridden is not None:
            return overridden
        described = self._describe(
            annotation,
            serializer,
            used_for_response=used_for_response,
        )
        registry = self.context.registries.schema
        if described.name is not None and not skip_registration:
            by_hand = registry.get_reference(described.name, annotation)
            return by_hand or registry.reference(
                described.name,
                used_for_response=used_for_response,
            )
        return registry.load(
            described.raw,
            used_for_response=used_for_response,
            use=use_references,
        )

    def _overridden(
        self,
        annotation: Any,
        *,
        used_for_response: bool,
        skip_registration: bool,
    ) -> Schema | Reference | None:
        overridden = self._find_override(annotation)
        if callable(overridden):
            overridden = overridden(
                annotation,
                get_origin(annotation),
                get_args(annotation),
                used_for_response=used_for_response,
                skip_registration=skip_registration,
            )
        if isinstance(overridden, Reference) and skip_registration:
            return self.context.registries.schema.maybe_resolve_reference(
                overridden,
            )
        return overridden

    def _find_override(self, annotation: Any) -> 'SchemaOverride | None':
        try:
            return self.context.registries.schema.overrides.get(
                get_origin(annotation) or annotation,
            )
        except TypeError:  # unhashable, so it cannot have been registered
            return None

    def _describe(
        self,
        annotation: Any,
        serializer: 'type[BaseSerializer]',
        *,
        used_for_response: bool,
    ) -> _Described:
        key = (annotation, serializer.schema_generator, used_for_response)
        try:
            known = self._described.get(key)
        except TypeError:  # unhashable metadata: cannot be remembered
            return self._register(annotation, serializer, used_for_response)
        if known is None:
            known = self._register(annotation, serializer, used_for_response)
            self._described[key] = known
        return known

    def _register(
        self,
        annotation: Any,
        serializer: 'type[BaseSerializer]',
        used_for_response: bool,
    ) -> _Described:
        described = self._ask(annotation, serializer, used_for_response)

        def other_mode() -> Mapping[str, Mapping[str, Any]]:
            try:
                return self._ask(
                    annotation,
                    serializer,
                    not used_for_response,
                ).definitions
            except UnsolvableAnnotationsError:
                return {}

        owner = f'{annotation!r} in {self.context.place}'
        self.context.registries.schema.define(
            {
                name: Definition(
                    raw=raw,
                    definitions=described.definitions,
                    generator=serializer.schema_generator,
                    owner=owner,
                    other_mode=other_mode,
                    **(described.naming if name == described.name else {}),
                )
                for name, raw in described.definitions.items()
            },
            used_for_response=used_for_response,
        )
        return described

    def _ask(
        self,
        annotation: Any,
        serializer: 'type[BaseSerializer]',
        used_for_response: bool,
    ) -> _Described:
        """Ask the serializer.

        Raises:
            UnsolvableAnnotationsError: when it does not know.
        """
        try:
            answer = serializer.schema_generator.get_schema(
                annotation,
                f'{REF_PREFIX}{{model}}',
                used_for_response=used_for_response,
            )
        # Models and their hooks are arbitrary user code.
        except Exception as exc:
            raise self._unsolvable(annotation, str(exc)) from exc
        if answer is None:
            raise self._unsolvable(annotation, 'there is none')
        raw: Mapping[str, Any]
        definitions: Mapping[str, Mapping[str, Any]]
        raw, definitions = answer
        generic: str | None = None
        if '$ref' in raw and len(raw) == 1:
            name = reference_name(raw['$ref'])
            raw = definitions.get(name, raw)
        elif 'title' in raw:
            generic = generic_title(annotation, raw['title'])
            name = component_name(generic or raw['title'])
            definitions = {**definitions, name: raw}
        else:
            name = None
        example = invent_example(raw, annotation, serializer)
        if name is None and example is not None:
            raw = {**raw, 'example': example}
        naming: dict[str, Any] = {'example': example}
        if generic is not None:
            naming.update(
                title=generic, short_name=component_name(raw['title'])
            )
        return _Described(
            raw=raw,
            definitions=definitions,
            name=name,
            naming=naming,
        )

    def _unsolvable(
        self,
        annotation: Any,
        reason: str,
    ) -> UnsolvableAnnotationsError:
        return UnsolvableAnnotationsError(
            f'Cannot generate OpenAPI schema from {annotation!r} for '
            f'{self.context.place}, consider registering it as described in '
            f'your serializer: {reason}. '
            '`OpenAPIContext.register_schema` takes a schema for a type.',
        )
