"""Rewrite a JSON Schema 2020-12 schema as an OpenAPI 3.0 schema.

OpenAPI 3.0 knows a subset of an older JSON Schema with words of its own:
``nullable`` instead of a null type, one type instead of several, no fields
beside ``$ref``. Keywords that have no counterpart are removed, which only
ever makes a schema accept more.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from dmr.openapi.json_values import JsonObject, is_array, is_object

JsonSchema: TypeAlias = JsonObject

#: Accepts ``null`` and nothing else. OpenAPI 3.0 needs a type beside it.
_NULL: Final[Mapping[str, Any]] = MappingProxyType(
    {
        'type': 'string',
        'nullable': True,
        'enum': [None],
    }
)

_IN_ONE: Final = ('not', 'items', 'additionalProperties')
_IN_LIST: Final = ('allOf', 'anyOf', 'oneOf', 'prefixItems')
#: Where a null schema is dealt with by the parent.
_ALTERNATIVES: Final = frozenset(('anyOf', 'oneOf', 'prefixItems'))
_IN_MAP: Final = ('properties', 'patternProperties')

_UNKNOWN: Final = (
    '$anchor',
    '$comment',
    '$defs',
    '$dynamicAnchor',
    '$dynamicRef',
    '$id',
    '$schema',
    '$vocabulary',
    'contains',
    'contentSchema',
    'dependentRequired',
    'dependentSchemas',
    'else',
    'if',
    'maxContains',
    'minContains',
    'propertyNames',
    'then',
    'unevaluatedItems',
    'unevaluatedProperties',
)


def downgrade_schema(schema: Any) -> Any:
    """Return *schema* in the words of OpenAPI 3.0.

    >>> downgrade_schema({'type': ['integer', 'null'], 'examples': [1, 2]})
    {'type': 'integer', 'nullable': True, 'example': 1}
    """
    if isinstance(schema, bool):
        return {} if schema else {'not': {}}
    if not is_object(schema):
        return schema
    downgraded = _downgrade_children(schema)
    for rewrite in _REWRITES:
        rewrite(downgraded)
    for keyword in _UNKNOWN:
        downgraded.pop(keyword, None)
    return downgraded


def _downgrade_children(schema: JsonSchema) -> JsonSchema:
    children = dict(schema)
    for keyword in _IN_ONE:
        child = children.get(keyword)
        if is_object(child):
            children[keyword] = downgrade_schema(child)
    for keyword in _IN_LIST:
        if keyword in children:
            children[keyword] = [
                member
                if keyword in _ALTERNATIVES and _is_null(member)
                else downgrade_schema(member)
                for member in children[keyword]
            ]
    for keyword in _IN_MAP:
        if keyword in children:
            children[keyword] = {
                name: downgrade_schema(member)
                for name, member in children[keyword].items()
            }
    return children


def _is_null(schema: Any) -> bool:
    return is_object(schema) and (
        schema.get('type') in ('null', ['null'])
        or schema.get('enum') == [None]
        or ('const' in schema and schema['const'] is None)
    )


def _rewrite_const(schema: JsonSchema) -> None:
    if 'const' in schema:
        schema['enum'] = [schema.pop('const')]


def _rewrite_types(schema: JsonSchema) -> None:
    declared = schema.get('type')
    if declared is None:
        if schema.get('enum') == [None]:
            schema.update(_NULL)
        return
    types: list[str] = declared if is_array(declared) else [declared]
    named = [name for name in types if name != 'null']
    if not named:
        schema.update(_NULL)
        return
    if len(named) == 1:
        schema['type'] = named[0]
        if len(types) > len(named):
            _allow_null(schema)
        return
    del schema['type']
    # `allOf` keeps an `anyOf` that is there already.
    alternatives = [_one_type(name) for name in named]
    if len(types) > len(named):
        alternatives.append(dict(_NULL))
    if 'anyOf' in schema:
        schema.setdefault('allOf', []).append({'anyOf': alternatives})
    else:
        schema['anyOf'] = alternatives


def _one_type(name: str) -> JsonSchema:
    return {'type': name, 'items': {}} if name == 'array' else {'type': name}


def _allow_null(schema: JsonSchema) -> None:
    schema['nullable'] = True
    if 'enum' in schema and None not in schema['enum']:
        schema['enum'] = [*schema['enum'], None]


def _rewrite_null_members(schema: JsonSchema) -> None:
    for keyword in ('anyOf', 'oneOf'):
        members = schema.get(keyword)
        if not members or not any(_is_null(member) for member in members):
            continue
        others = [member for member in members if not _is_null(member)]
        if len(others) == 1 and _can_absorb(schema, others[0], keyword):
            del schema[keyword]
            absorbed = {**others[0], **schema}
            schema.clear()
            schema.update(absorbed)
            _allow_null(schema)
        else:
            schema[keyword] = [*others, dict(_NULL)]


def _can_absorb(schema: JsonSchema, member: JsonSchema, keyword: str) -> bool:
    """Return whether *member* and its parent can become one schema."""
    outer = schema.keys() - {keyword, 'title', 'description', 'default'}
    return (
        'type' in member
        and not outer & member.keys()
        and 'type' not in schema
        and 'enum' not in schema
    )


def _rewrite_bounds(schema: JsonSchema) -> None:
    _rewrite_bound(schema, 'minimum', 'exclusiveMinimum', stricter=max)
    _rewrite_bound(schema, 'maximum', 'exclusiveMaximum', stricter=min)


def _rewrite_bound(
    schema: JsonSchema,
    inclusive: str,
    exclusive: str,
    *,
    stricter: Callable[..., Any],
) -> None:
    bound = schema.pop(exclusive, None)
    if bound is None:
        return
    if isinstance(bound, bool):
        schema[exclusive] = bound
        return
    other = schema.get(inclusive)
    if other is None or stricter(bound, other) == bound:
        schema[inclusive] = bound
        schema[exclusive] = True


def _rewrite_items(schema: JsonSchema) -> None:
    prefix = schema.pop('prefixItems', None)
    items = schema.get('items')
    if prefix is not None:
        if items is False:
            schema['maxItems'] = min(
                len(prefix),
                schema.get('maxItems', len(prefix)),
            )
            items = None
        if items is True or (items is None and 'maxItems' not in schema):
            schema['items'] = {}
        else:
            rest = [] if items is None else [items]
            schema['items'] = _any_of([*prefix, *rest])
    elif items is False:
        schema.update(items={}, maxItems=0)
    elif items is True:
        schema['items'] = {}
    if schema.get('type') == 'array':
        schema.setdefault('items', {})


def _any_of(members: list[Any]) -> JsonSchema:
    unique: list[Any] = []
    for member in members:
        downgraded = dict(_NULL) if _is_null(member) else member
        if downgraded not in unique:
            unique.append(downgraded)
    if not unique:
        return {}
    return unique[0] if len(unique) == 1 else {'anyOf': unique}


def _rewrite_pattern_properties(schema: JsonSchema) -> None:
    patterns = schema.pop('patternProperties', None)
    if patterns is None:
        return
    rest = schema.get('additionalProperties', True)
    if rest is True:
        return
    members = [*patterns.values(), *([] if rest is False else [rest])]
    schema['additionalProperties'] = _any_of(members)


def _rewrite_content(schema: JsonSchema) -> None:
    encoding = schema.pop('contentEncoding', None)
    media_type = schema.pop('contentMediaType', None)
    if 'format' in schema:
        return
    if encoding == 'base64':
        schema['format'] = 'byte'
    elif media_type == 'application/octet-stream':
        schema['format'] = 'binary'


def _rewrite_examples(schema: JsonSchema) -> None:
    examples = schema.pop('examples', None)
    if examples:
        schema.setdefault('example', examples[0])


def _rewrite_reference(schema: JsonSchema) -> None:
    if '$ref' not in schema or len(schema) == 1:
        return
    reference = {'$ref': schema.pop('$ref')}
    schema['allOf'] = [reference, *schema.get('allOf', [])]


#: In this order: later ones rely on what earlier ones left.
_REWRITES: Final[tuple[Callable[[JsonSchema], None], ...]] = (
    _rewrite_const,
    _rewrite_types,
    _rewrite_null_members,
    _rewrite_bounds,
    _rewrite_items,
    _rewrite_pattern_properties,
    _rewrite_content,
    _rewrite_examples,
    _rewrite_reference,
)
