"""Keep component schemas, and settle their names when all are known.

A name stands for one model, in up to two modes: as it is read from requests,
and as it is written to responses. Modes that look alike become one component.
If they differ, the response's gets the suffix ``-Output``, which no Python
class can have in its name.
"""

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from dmr.openapi.core.definitions import (
    Definition,
    check_same,
    modes_differ,
)
from dmr.openapi.exceptions import NameCollisionError
from dmr.openapi.naming import component_name
from dmr.openapi.objects import Reference, Schema
from dmr.openapi.schema_loader import (
    REF_PREFIX,
    JsonSchema,
    load_schema,
    reference_name,
)
from dmr.types import EmptyObj

#: Appended to the name of a response schema that differs from the request's.
RESPONSE_SUFFIX: Final = '-Output'

#: Component name and whether it is used for responses.
_Key: TypeAlias = tuple[str, bool]


@dataclass(slots=True, kw_only=True)
class _Component:
    """A component in one mode, and everything that points to it."""

    name: str
    definition: Definition | None = None
    schema: Schema | Reference | None = None
    annotation: Any = EmptyObj
    example: Any = None
    references: list[Reference] = field(default_factory=list[Reference])
    mappings: list[tuple[dict[str, str], str]] = field(
        default_factory=list[tuple[dict[str, str], str]],
    )
    depends_on: set[str] = field(default_factory=set[str])

    def rename(self, name: str) -> None:
        """Let everything that points here point to *name*."""
        for reference in self.references:
            reference.ref = REF_PREFIX + name
        for mapping, value in self.mappings:
            mapping[value] = REF_PREFIX + name


class ComponentStore:
    """All components of one document."""

    def __init__(self) -> None:
        self._components: dict[_Key, _Component] = {}
        self._by_hand: dict[str, _Component] = {}
        self._component_by_reference: dict[int, _Component] = {}

    def add(self, name: str, schema: Schema, annotation: Any) -> Reference:
        """Add a component that somebody wrote by hand."""
        existing = self.find(name, annotation)
        if existing is not None:
            return existing
        component = _Component(name=name, schema=schema, annotation=annotation)
        self._by_hand[name] = component
        return self._refer(component)

    def find(self, name: str, annotation: Any) -> Reference | None:
        """Return a reference to what somebody wrote by hand."""
        component = self._by_hand.get(name)
        if component is None:
            return None
        known = EmptyObj not in (annotation, component.annotation)
        if known and annotation != component.annotation:
            raise NameCollisionError(
                f'Different schemas under a single name: {name}. '
                f'It stands for {component.annotation!r} and for '
                f'{annotation!r}.',
            )
        return self._refer(component)

    def define(
        self,
        definitions: Mapping[str, Definition],
        used_for_response: bool,
    ) -> None:
        """Remember definitions, component name → what it means."""
        for name, definition in definitions.items():
            key = (component_name(name), used_for_response)
            component = self._components.setdefault(
                key,
                _Component(name=key[0]),
            )
            if component.definition is None:
                component.definition = definition
            else:
                check_same(key[0], component.definition, definition)
            if component.example is None:
                component.example = definition.example

    def target(
        self,
        used_for_response: bool,
        *,
        parent: str | None = None,
        use: bool = True,
    ) -> '_Target':
        """Return where references from *parent* point to."""
        return _Target(self, used_for_response, parent=parent, use=use)

    def load(
        self,
        raw: JsonSchema,
        used_for_response: bool,
        *,
        use: bool = True,
    ) -> Schema | Reference:
        """Return *raw* as objects."""
        return load_schema(raw, self.target(used_for_response, use=use))

    def component(
        self,
        name: str,
        used_for_response: bool,
        *,
        use: bool,
    ) -> _Component:
        """Return a component; a used one is loaded, with all it refers to."""
        by_hand = self._by_hand.get(name)
        if by_hand is not None:
            return by_hand
        key = (name, used_for_response)
        component = self._components.setdefault(key, _Component(name=name))
        if use and component.schema is None and component.definition:
            # Recursive models find themselves loaded.
            component.schema = Schema()
            component.schema = load_schema(
                component.definition.raw,
                self.target(used_for_response, parent=name),
            )
        return component

    def refer(self, component: _Component) -> Reference:
        """Return a new reference to *component*, which may be renamed."""
        return self._refer(component)

    def depend(self, parent: str, name: str) -> None:
        """Remember that the component *parent* refers to *name*."""
        for used_for_response in (False, True):
            component = self._components.get((parent, used_for_response))
            if component is not None:
                component.depends_on.add(name)

    def resolve(self, reference: Reference) -> Schema | Reference:
        """Return what *reference* points to."""
        component = self._component_by_reference.get(id(reference))
        if component is None:
            component = self._by_name(reference_name(reference.ref))
        if component.schema is None and component.definition is not None:
            return load_schema(component.definition.raw, self.target(False))
        if component.schema is None:
            raise KeyError(reference.ref)
        return component.schema

    def settle(self) -> dict[str, Schema]:
        """Return name → schema of all used components, sorted by name."""
        split = self._split_names()
        short_names = self._short_names()
        settled = {
            name: component.schema for name, component in self._by_hand.items()
        }
        for (name, used_for_response), component in self._components.items():
            if component.schema is None:
                continue
            final = short_names.get(name, name)
            schema = component.schema
            if final == name:
                schema = _with_title(schema, component.definition)
            if used_for_response and name in split:
                final += RESPONSE_SUFFIX
            component.rename(final)
            _add_example(settled.setdefault(final, schema), component.example)
        return _with_distinct_titles(
            {
                name: schema
                for name, schema in sorted(settled.items())
                if isinstance(schema, Schema)
            }
        )

    def _short_names(self) -> dict[str, str]:
        """Return name → short name, where nothing else claims it."""
        names = {name for name, _ in self._components} | self._by_hand.keys()
        claims: dict[str, set[str]] = {}
        for (name, _), component in self._components.items():
            definition = component.definition
            if component.schema is None or definition is None:
                continue
            if definition.short_name is not None:
                claims.setdefault(definition.short_name, set()).add(name)
        return {
            claimants.pop(): short_name
            for short_name, claimants in claims.items()
            if len(claimants) == 1 and short_name not in names
        }

    def _refer(self, component: _Component) -> Reference:
        reference = Reference(ref=REF_PREFIX + component.name)
        component.references.append(reference)
        self._component_by_reference[id(reference)] = component
        return reference

    def _by_name(self, name: str) -> _Component:
        component = (
            self._by_hand.get(name)
            or self._components.get((name, False))
            or self._components.get((name, True))
            or self._components.get((name.removesuffix(RESPONSE_SUFFIX), True))
        )
        if component is None:
            raise KeyError(name)
        return component

    def _split_names(self) -> set[str]:
        """Return the names whose two modes differ, directly or below."""
        both = {
            name: (component, self._components[name, True])
            for (name, used_for_response), component in self._components.items()
            if not used_for_response
            and component.schema is not None
            and (name, True) in self._components
            and self._components[name, True].schema is not None
        }
        split = {
            name
            for name, (request, response) in both.items()
            if modes_differ(name, request.definition, response.definition)
        }
        added = True
        while added:
            added = False
            for name, (request, response) in both.items():
                below = request.depends_on | response.depends_on
                if name not in split and below & split:
                    split.add(name)
                    added = True
        return split


@dataclass(frozen=True, slots=True)
class _Target:
    """Where the references of a schema in one mode point to."""

    store: ComponentStore
    used_for_response: bool
    parent: str | None = field(kw_only=True)
    use: bool = field(kw_only=True)

    def reference(self, name: str) -> Reference:
        """Return a new reference to the component *name*."""
        return self.store.refer(self._component(name))

    def mapping(self, targets: Mapping[str, str]) -> dict[str, str]:
        """Return discriminator value → reference to its component."""
        mapping = dict(targets)
        for value, target in targets.items():
            component = self._component(reference_name(target))
            mapping[value] = REF_PREFIX + component.name
            component.mappings.append((mapping, value))
        return mapping

    def _component(self, name: str) -> _Component:
        allowed = component_name(name)
        if self.parent is not None:
            self.store.depend(self.parent, allowed)
        return self.store.component(
            allowed,
            self.used_for_response,
            use=self.use,
        )


def _with_title(
    schema: Schema | Reference,
    definition: Definition | None,
) -> Schema | Reference:
    """Return *schema* with the title that tells it from its likes."""
    if definition is None or definition.title is None:
        return schema
    if not isinstance(schema, Schema):
        return schema
    return dataclasses.replace(schema, title=definition.title)


def _with_distinct_titles(schemas: dict[str, Schema]) -> dict[str, Schema]:
    """Give schemas that share a title their name as title.

    Client generators name classes after titles.
    """
    times = Counter(schema.title for schema in schemas.values())
    return {
        name: (
            dataclasses.replace(schema, title=name)
            if schema.title is not None and times[schema.title] > 1
            else schema
        )
        for name, schema in schemas.items()
    }


def _add_example(schema: Schema | Reference | None, example: Any) -> None:
    """Add an invented example, unless the model brings its own."""
    if not isinstance(schema, Schema) or example is None:
        return
    if schema.example is None and schema.examples is None:
        schema.example = example
