"""Compare two schemas, as a client of the older one sees it.

For requests a schema must not accept less than before, for responses it must
not allow more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from dmr.openapi.json_values import JsonMapping, is_mapping
from dmr.openapi.pointer import Pointer

#: Where, what, and whether it breaks clients.
Finding: TypeAlias = tuple[Pointer, str, bool]

#: Keyword → whether a larger value accepts more.
_BOUNDS: Final[Mapping[str, bool]] = MappingProxyType(
    {
        'maximum': True,
        'exclusiveMaximum': True,
        'maxLength': True,
        'maxItems': True,
        'maxProperties': True,
        'minimum': False,
        'exclusiveMinimum': False,
        'minLength': False,
        'minItems': False,
        'minProperties': False,
    }
)

#: Keywords whose every change can refuse something or allow something.
_EXACT: Final = (
    'format',
    'pattern',
    'multipleOf',
    'uniqueItems',
    'const',
    'not',
    'propertyNames',
    'patternProperties',
    'prefixItems',
)

_ALTERNATIVES: Final = ('anyOf', 'oneOf')


@dataclass(frozen=True, slots=True)
class SchemaDiff:
    """Compare schemas of two documents, through their references."""

    old_document: JsonMapping
    new_document: JsonMapping
    is_request: bool = field(kw_only=True)
    _seen: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    def compare(self, here: Pointer, old: Any, new: Any) -> Iterator[Finding]:
        """Return every difference that a client can notice."""
        if self._is_known(old, new):
            return
        before = _resolve(self.old_document, old)
        after = _resolve(self.new_document, new)
        if before == after and '$ref' not in str(before):
            return
        yield from self._types(here, before, after)
        yield from self._enum(here, before, after)
        yield from self._bounds(here, before, after)
        yield from self._exact(here, before, after)
        yield from self._properties(here, before, after)
        yield from self._additional(here, before, after)
        yield from self._items(here, before, after)
        yield from self._combinations(here, before, after)

    def _is_known(self, old: Any, new: Any) -> bool:
        """Return whether this pair of components is being compared."""
        pair = (_reference(old), _reference(new))
        if not all(pair):
            return False
        if pair in self._seen:
            return True
        self._seen.add(pair)
        return False

    def _wider(self, here: Pointer, message: str) -> Finding:
        return here, message, not self.is_request

    def _narrower(self, here: Pointer, message: str) -> Finding:
        return here, message, self.is_request

    def _types(
        self, here: Pointer, old: JsonMapping, new: JsonMapping
    ) -> Iterator[Finding]:
        before, after = _types(old), _types(new)
        if before == after:
            return
        place = here.at('type')
        if gone := sorted(before - after):
            yield self._narrower(place, f'no longer {", ".join(gone)}')
        if added := sorted(after - before):
            yield self._wider(place, f'also {", ".join(added)}')

    def _enum(
        self, here: Pointer, old: JsonMapping, new: JsonMapping
    ) -> Iterator[Finding]:
        before, after = old.get('enum'), new.get('enum')
        place = here.at('enum')
        if before == after:
            return
        if before is None:
            yield self._narrower(place, 'limited to some values')
        elif after is None:
            yield self._wider(place, 'no longer limited to some values')
        else:
            for value in before:
                if value not in after:
                    yield self._narrower(place, f'value {value!r} removed')
            for value in after:
                if value not in before:
                    yield self._wider(place, f'value {value!r} added')

    def _bounds(
        self, here: Pointer, old: JsonMapping, new: JsonMapping
    ) -> Iterator[Finding]:
        for keyword, larger_accepts_more in _BOUNDS.items():
            before, after = old.get(keyword), new.get(keyword)
            if before == after:
                continue
            message = f'{before} → {after}'
            accepts_more = after is None or (
                before is not None and (after > before) == larger_accepts_more
            )
            report = self._wider if accepts_more else self._narrower
            yield report(here.at(keyword), message)

    def _exact(
        self, here: Pointer, old: JsonMapping, new: JsonMapping
    ) -> Iterator[Finding]:
        for keyword in _EXACT:
            before, after = old.get(keyword), new.get(keyword)
            if before == after:
                continue
            place = here.at(keyword)
            if before is None:
                yield self._narrower(place, f'added: {after!r}')
            elif after is None:
                yield self._wider(place, f'removed: {before!r}')
            else:
                yield place, f'{before!r} → {after!r}', True

    def _properties(
        self,
        here: Pointer,
        old: JsonMapping,
        new: JsonMapping,
    ) -> Iterator[Finding]:
        before, after = old.get('properties', {}), new.get('properties', {})
        was, now = set(old.get('required', ())), set(new.get('required', ()))
        for name in (*before, *(name for name in after if name not in before)):
            place = here.at('properties').at(name)
            if name not in after:
                # Requests may still send what is ignored, unless it is not.
                refused = new.get('additionalProperties') is False
                breaking = refused if self.is_request else True
                yield place, 'property removed', breaking
            elif name not in before:
                kind = 'required' if name in now else 'optional'
                breaking = self.is_request and name in now
                yield place, f'{kind} property added', breaking
            else:
                if name in now - was:
                    yield self._narrower(place, 'property is required')
                elif name in was - now:
                    yield self._wider(place, 'property is not required')
                yield from self.compare(place, before[name], after[name])

    def _additional(
        self,
        here: Pointer,
        old: JsonMapping,
        new: JsonMapping,
    ) -> Iterator[Finding]:
        before = old.get('additionalProperties', True)
        after = new.get('additionalProperties', True)
        place = here.at('additionalProperties')
        if before == after and isinstance(before, bool):
            return
        if is_mapping(before) and is_mapping(after):
            yield from self.compare(place, before, after)
        elif after is False or before is True:
            yield self._narrower(place, 'fewer additional properties')
        else:
            yield self._wider(place, 'more additional properties')

    def _items(
        self, here: Pointer, old: JsonMapping, new: JsonMapping
    ) -> Iterator[Finding]:
        before, after = old.get('items'), new.get('items')
        if before is None and after is None:
            return
        yield from self.compare(
            here.at('items'),
            {} if before is None else before,
            {} if after is None else after,
        )

    def _combinations(
        self,
        here: Pointer,
        old: JsonMapping,
        new: JsonMapping,
    ) -> Iterator[Finding]:
        for keyword in _ALTERNATIVES:
            before, after = old.get(keyword, []), new.get(keyword, [])
            yield from self._alternatives(here.at(keyword), before, after)
        before, after = old.get('allOf', []), new.get('allOf', [])
        if len(before) != len(after):
            yield here.at('allOf'), 'parts changed', True
            return
        for index, pair in enumerate(zip(before, after, strict=True)):
            yield from self.compare(here.at('allOf').at(index), *pair)

    def _alternatives(
        self,
        here: Pointer,
        before: list[Any],
        after: list[Any],
    ) -> Iterator[Finding]:
        if len(before) == len(after):
            for index, pair in enumerate(zip(before, after, strict=True)):
                yield from self.compare(here.at(index), *pair)
            return
        gone = [member for member in before if member not in after]
        added = [member for member in after if member not in before]
        if gone or (not before and after):
            yield self._narrower(here, 'alternatives removed')
        if added and before:
            yield self._wider(here, 'alternatives added')


def _resolve(document: JsonMapping, schema: Any) -> JsonMapping:
    found = schema
    while is_mapping(found) and '$ref' in found:
        found = Pointer.parse(found['$ref']).find(document)
    if is_mapping(found):
        return found
    return {'not': {}} if found is False else {}


def _reference(schema: Any) -> str:
    reference: str = schema.get('$ref', '') if is_mapping(schema) else ''
    return reference


def _types(schema: JsonMapping) -> set[str]:
    declared = schema.get('type', [])
    types = {declared} if isinstance(declared, str) else set(declared)
    return types | ({'null'} if schema.get('nullable') else set())
