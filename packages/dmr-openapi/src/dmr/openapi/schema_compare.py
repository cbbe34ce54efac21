"""Tell whether two JSON schemas mean the same, through their references."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from dmr.openapi.json_values import JsonMapping, is_array, is_mapping
from dmr.openapi.schema_loader import REF_PREFIX

Definitions: TypeAlias = Mapping[str, JsonMapping]

#: Keywords whose members are named by the user, not by JSON Schema.
_NAMED: Final = frozenset(
    ('properties', 'patternProperties', 'dependentSchemas', '$defs'),
)
#: Keywords that serializers word differently for one and the same type.
_WORDING: Final = frozenset(('title', 'description', 'example', 'examples'))


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaComparison:
    """Compare schemas that may name their parts differently.

    *wording* says whether titles and descriptions count.
    """

    left_definitions: Definitions
    right_definitions: Definitions
    wording: bool
    _assumed: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])

    def same(self, left: Any, right: Any) -> bool:
        """Return whether *left* and *right* accept and say the same."""
        if is_mapping(left) and is_mapping(right):
            return self._same_schema(left, right)
        if is_array(left) and is_array(right):
            return len(left) == len(right) and all(
                map(self.same, left, right),
            )
        return type(left) is type(right) and left == right

    def _same_schema(
        self,
        left: JsonMapping,
        right: JsonMapping,
    ) -> bool:
        pair = (_target(left), _target(right))
        if pair[0] and pair[1]:
            # Recursive models: a pair under comparison is taken as equal.
            if pair in self._assumed:
                return True
            self._assumed.add(pair)
        resolved_left = _resolve(left, self.left_definitions)
        resolved_right = _resolve(right, self.right_definitions)
        keywords = self._keywords(resolved_left)
        return keywords == self._keywords(resolved_right) and all(
            self._same_keyword(
                keyword,
                resolved_left[keyword],
                resolved_right[keyword],
            )
            for keyword in keywords
        )

    def _keywords(self, schema: JsonMapping) -> set[str]:
        keywords = set(schema)
        if self.wording:
            return keywords
        # The values of an enumeration say of which type they are.
        implied = {'type'} if 'enum' in keywords else frozenset[str]()
        return keywords - _WORDING - implied

    def _same_keyword(self, keyword: str, left: Any, right: Any) -> bool:
        if keyword == 'required':
            return set(left) == set(right)
        if keyword == 'enum':
            return sorted(map(repr, left)) == sorted(map(repr, right))
        if keyword in _NAMED:
            return left.keys() == right.keys() and all(
                self.same(left[name], right[name]) for name in left
            )
        return self.same(left, right)


def _target(schema: JsonMapping) -> str:
    reference = schema.get('$ref', '')
    return reference if len(schema) == 1 else ''


def _resolve(
    schema: JsonMapping,
    definitions: Definitions,
) -> JsonMapping:
    name = _target(schema).removeprefix(REF_PREFIX)
    return definitions.get(name, schema) if name else schema
