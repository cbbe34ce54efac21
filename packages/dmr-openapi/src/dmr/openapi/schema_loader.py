"""Read a JSON schema, as serializers write it, into `Schema` objects."""

import dataclasses
import inspect
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, Protocol, TypeAlias

from dmr.openapi.json_values import JsonMapping, is_mapping
from dmr.openapi.objects import Discriminator, Reference, Schema
from dmr.openapi.objects.openapi import normalize_key

JsonSchema: TypeAlias = JsonMapping

REF_PREFIX: Final = '#/components/schemas/'

#: JSON schema keyword → field of `Schema`.
_FIELDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        normalize_key(field.name): field.name
        for field in dataclasses.fields(Schema)
        if field.name != 'extensions'
    }
)

_IN_ONE: Final = frozenset(
    (
        'additionalProperties',
        'contains',
        'contentSchema',
        'else',
        'if',
        'items',
        'not',
        'propertyNames',
        'then',
        'unevaluatedItems',
        'unevaluatedProperties',
    )
)
_IN_LIST: Final = frozenset(('allOf', 'anyOf', 'oneOf', 'prefixItems'))
_IN_MAP: Final = frozenset(
    (
        'dependentSchemas',
        'patternProperties',
        'properties',
    )
)
#: What a reference may have beside it in every OpenAPI version since 3.1.
_REFERENCE_FIELDS: Final = frozenset(('$ref', 'summary', 'description'))


class ReferenceTarget(Protocol):
    """Where references of a loaded schema point to."""

    def reference(self, name: str) -> Reference:
        """Return a new reference to the component *name*."""
        ...

    def mapping(self, targets: Mapping[str, str]) -> dict[str, str]:
        """Return discriminator value → reference to its component."""
        ...


def load_schema(raw: JsonSchema, target: ReferenceTarget) -> Schema | Reference:
    """Return *raw* as objects; *target* is asked for each reference.

    Unknown keywords are kept as extensions, unknown formats as they are.
    Null types move to the end of alternatives, where people expect them.
    """
    if '$ref' not in raw:
        return _load_keywords(raw, target)
    reference = target.reference(reference_name(raw['$ref']))
    if raw.keys() <= _REFERENCE_FIELDS:
        reference.summary = raw.get('summary')
        reference.description = raw.get('description')
        return reference
    siblings = {keyword: raw[keyword] for keyword in raw if keyword != '$ref'}
    return _load_keywords(siblings, target, all_of=[reference])


def reference_name(reference: str) -> str:
    """Return the component name that *reference* points to."""
    return reference.removeprefix(REF_PREFIX)


def _load_keywords(
    raw: JsonSchema,
    target: ReferenceTarget,
    **fields: Any,
) -> Schema:
    extensions: dict[str, Any] = {}
    for keyword, value in raw.items():
        if keyword == '$defs':
            continue
        field = _FIELDS.get(keyword)
        if field is None:
            extensions[keyword] = value
        else:
            fields[field] = _load_value(keyword, value, target)
    if 'const' in raw and raw['const'] is None:
        # A field that is `None` is not written, the type says the same.
        fields['type'] = 'null'
    return Schema(**fields, extensions=extensions or None)


def _load_value(keyword: str, value: Any, target: ReferenceTarget) -> Any:
    if keyword in _IN_MAP:
        return {
            name: _load_member(member, target) for name, member in value.items()
        }
    if keyword in _IN_ONE:
        return _load_member(value, target)
    if keyword in _IN_LIST:
        ordered = keyword in {'allOf', 'prefixItems'}
        members = value if ordered else _nulls_last(value)
        return [_load_member(member, target) for member in members]
    if keyword == 'description':
        # Until Python 3.13 docstrings keep the indentation of the code.
        return inspect.cleandoc(value)
    if keyword == 'discriminator':
        return _load_discriminator(value, target)
    return value


def _load_member(member: Any, target: ReferenceTarget) -> Any:
    if is_mapping(member):
        return load_schema(member, target)
    return member


def _nulls_last(members: list[Any]) -> list[Any]:
    return sorted(
        members,
        key=lambda member: is_mapping(member) and member.get('type') == 'null',
    )


def _load_discriminator(raw: Any, target: ReferenceTarget) -> Any:
    if not is_mapping(raw):
        return raw
    mapping = raw.get('mapping')
    return Discriminator(
        property_name=raw['propertyName'],
        mapping=None if mapping is None else target.mapping(mapping),
        default_mapping=raw.get('defaultMapping'),
    )
