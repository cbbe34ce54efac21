"""Find the names under which a model reads its fields."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

#: Wrappers that leave the names alone.
_WRAPPERS: Final = frozenset(
    (
        'model',
        'dataclass',
        'nullable',
        'default',
        'function-after',
    )
)
_FIELDS: Final = frozenset(
    (
        'model-fields',
        'typed-dict',
        'dataclass-args',
        'named-tuple',
    )
)
#: Of these the fields are a list, of the others a mapping.
_LISTED: Final = frozenset(('dataclass-args', 'named-tuple'))
#: Kinds of named tuples, each with the key of its fields.
_TUPLES: Final = MappingProxyType(
    {'named-tuple': 'fields', 'arguments': 'arguments_schema'},
)
_BY_NAME: Final = ('validate_by_name', 'populate_by_name')


def field_names(core_schema: Any, *, by_name: bool) -> frozenset[str] | None:
    """Return all names, ``None`` if the model may look at others.

    With *by_name* fields are read by their own names too, not only by their
    aliases.
    """
    references = {
        definition['ref']: definition
        for definition in core_schema.get('definitions', ())
    }
    node: Mapping[str, Any] = core_schema
    while True:
        config: Mapping[str, Any] = node.get('config') or {}
        if config.get('extra_fields_behavior') == 'allow':
            return None
        by_name = by_name or any(config.get(key) for key in _BY_NAME)
        if node['type'] in _FIELDS:
            return _names(node, by_name=by_name)
        if node['type'] in _TUPLES:
            return frozenset(one['name'] for one in node[_TUPLES[node['type']]])
        if node['type'] == 'call' and issubclass(node['function'], tuple):
            # A named tuple of older versions, called with its fields.
            node = node['arguments_schema']
        elif node['type'] == 'definition-ref':
            node = references[node['schema_ref']]
        elif node['type'] in _WRAPPERS or node['type'] == 'definitions':
            node = node['schema']
        else:
            # A validator that sees everything, or no model at all.
            return None


def _names(node: Mapping[str, Any], *, by_name: bool) -> frozenset[str] | None:
    if node.get('extra_behavior') == 'allow' or node.get('extras_schema'):
        return None
    fields: Any = node['fields']
    named: Iterable[tuple[str, Any]] = (
        [(field['name'], field) for field in fields]
        if node['type'] in _LISTED
        else fields.items()
    )
    return frozenset(
        name
        for own_name, field in named
        for name in _names_of(own_name, field, by_name=by_name)
    )


def _names_of(
    own_name: str,
    field: Mapping[str, Any],
    *,
    by_name: bool,
) -> Iterator[str]:
    alias: Any = field.get('validation_alias')
    if alias is None or by_name:
        yield own_name
    if alias is None:
        return
    if isinstance(alias, str):
        alias = [alias]
    # A name, a path of names, or several paths: the first steps count.
    paths: list[Any] = alias if type(alias[0]) is list else [alias]
    for path in paths:
        yield str(path[0])
