"""Decide, at import, where pydantic's two modes, JSON and Python, are the same.

Reading JSON straight into a model, and writing a model straight as JSON, is
fast. It is not always the same: strict models take dates from JSON text but not
from Python strings, numbers become `decimal.Decimal` in another way, validators
can ask for the mode. Only what is listed here is known to be the same; it is
looked up in the core schema of the model.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import IntEnum
from typing import Any, Final, TypeAlias, TypeGuard

import pydantic

from dmr.plugins.pydantic.adapters import adapter
from dmr.settings import bounded_cache

_Node: TypeAlias = Mapping[str, Any]

#: Type of a node → where the nodes inside of it are.
_STRUCTURE: Final[Mapping[str, tuple[str, ...]]] = {
    'definitions': ('schema', 'definitions'),
    'definition-ref': (),
    'model': ('schema',),
    'model-fields': ('fields', 'computed_fields'),
    'model-field': ('schema',),
    'typed-dict': ('fields', 'computed_fields'),
    'typed-dict-field': ('schema',),
    'dataclass': ('schema',),
    'dataclass-args': ('fields', 'computed_fields'),
    'dataclass-field': ('schema',),
    'default': ('schema',),
    'nullable': ('schema',),
    'list': ('items_schema',),
    'set': ('items_schema',),
    'frozenset': ('items_schema',),
    'tuple': ('items_schema',),
    'dict': ('keys_schema', 'values_schema'),
    'function-after': ('schema',),
    'str': (),
    'int': (),
    'float': (),
    'bool': (),
    'none': (),
    'datetime': (),
    'date': (),
    'time': (),
    'uuid': (),
    'literal': (),
    'enum': (),
}
#: What may be read as JSON.
READABLE: Final[Mapping[str, tuple[str, ...]]] = {
    **_STRUCTURE,
    'any': (),
    'timedelta': (),
    # Nothing is read into a computed field.
    'model-fields': ('fields',),
    'typed-dict': ('fields',),
    'dataclass-args': ('fields',),
}
#: What may be written as JSON.
WRITABLE: Final[Mapping[str, tuple[str, ...]]] = {
    **_STRUCTURE,
    'computed-field': ('return_schema',),
    'function-before': ('schema',),
    'function-wrap': ('schema',),
    'union': ('choices',),
    'decimal': (),
}
#: Where floats are looked for.
_LOOKED_INTO: Final[Mapping[str, tuple[str, ...]]] = {
    **READABLE,
    'union': ('choices',),
}
#: Kinds of nodes that never give a float.
_FLOATLESS: Final = frozenset(_LOOKED_INTO) - {
    'any',
    'float',
    'function-after',
    'timedelta',
}
#: Kinds of nodes that may write ``null`` for a value of theirs.
_NULLABLE: Final = frozenset(
    (
        'any',
        'nullable',
        'none',
        'definition-ref',
        'computed-field',
    )
)


class Writing(IntEnum):
    """How far JSON that pydantic writes can be trusted to be the same."""

    #: Not at all.
    differs = 0
    #: Unless there is a ``null``, which may have been ``NaN``, or a float
    #: that is very big or very small.
    unless_odd = 1
    #: Always.
    same = 2


def reads_the_same(core_schema: Any) -> bool:
    """Tell whether JSON is read into the same value, if it is read at all."""
    return _all(core_schema, READABLE, _is_read_the_same)


def reads_integers_the_same(core_schema: Any) -> bool:
    """Tell whether it is the same but for numbers with fractions.

    Those become decimals in two ways.
    """
    return _all(
        core_schema,
        {**READABLE, 'decimal': ()},
        _is_read_the_same,
    )


def is_endless(core_schema: Any) -> bool:
    """Tell whether there is no end to the nesting of what is read."""
    return any(
        node.get('type') in {'any', 'definition-ref'}
        for node in _nodes(core_schema, READABLE)
    )


def takes_floats(core_schema: Any) -> bool:
    """Tell whether there can be floats in a model, or it is not known."""
    return any(
        node.get('type') not in _FLOATLESS or _may_compute(node)
        for node in _nodes(core_schema, _LOOKED_INTO)
    )


@bounded_cache
def may_be_null(kind: type[Any]) -> bool:
    """Tell whether there is ``null`` in the JSON of some instances."""
    core_schema = adapter(kind).core_schema
    return any(
        node.get('type') in _NULLABLE for node in _nodes(core_schema, WRITABLE)
    )


@bounded_cache
def is_taken_as_is(kind: type[Any]) -> bool:
    """Tell whether pydantic takes instances of the model *kind* as they are.

    It does not where a validator looks at the whole model.
    """
    core_schema: Any = adapter(kind).core_schema
    node: _Node = core_schema
    if node['type'] == 'definitions':
        named = {one.get('ref'): one for one in node['definitions']}
        node = node['schema']
        node = named.get(node.get('schema_ref'), node)
    config: _Node = node.get('config') or {}
    revalidated = (
        node.get('revalidate_instances'),
        config.get('revalidate_instances'),
    )
    return (
        node['type'] == 'model'
        and node['cls'] is kind
        and {None, 'never'}.issuperset(revalidated)
    )


@bounded_cache
def how_written(kind: type[Any]) -> Writing:
    """Tell how far instances of the model *kind* are written the same."""
    if not issubclass(kind, pydantic.BaseModel):
        return Writing.differs
    core_schema = adapter(kind).core_schema
    if not _all(core_schema, WRITABLE, _is_written_the_same):
        return Writing.differs
    nodes = _nodes(core_schema, WRITABLE)
    has_floats = any(node.get('type') == 'float' for node in nodes)
    return Writing.unless_odd if has_floats else Writing.same


def _all(
    core_schema: Any,
    known: Mapping[str, tuple[str, ...]],
    is_same: Callable[[_Node], bool],
) -> bool:
    return all(
        node.get('type') in known and is_same(node)
        for node in _nodes(core_schema, known)
    )


def _nodes(node: Any, known: Mapping[str, tuple[str, ...]]) -> Iterator[_Node]:
    yield node
    for key in known.get(node.get('type'), ()):
        for child in _children(node.get(key)):
            yield from _nodes(child, known)


def _children(found: Any) -> Iterable[Any]:
    if found is None:
        return ()
    if _is_list(found):
        # Choices of a union may come with a label.
        return [one[0] if isinstance(one, tuple) else one for one in found]
    is_schema = isinstance(found.get('type'), str)
    return (found,) if is_schema else found.values()


def _may_compute(node: _Node) -> bool:
    """Tell whether code of the user's makes values out of others."""
    return bool(
        node.get('computed_fields')
        or node.get('extras_schema')
        or node.get('post_init')
        or node.get('custom_init')
        or node.get('serialization')
    )


def _is_list(found: Any) -> TypeGuard[list[Any]]:
    return isinstance(found, list)


def _is_read_the_same(node: _Node) -> bool:
    config: _Node = node.get('config') or {}
    function: _Node = node.get('function') or {}
    alias = node.get('validation_alias')
    return not (
        node.get('strict')
        or config.get('strict')
        or node.get('coerce_numbers_to_str')
        or config.get('coerce_numbers_to_str')
        or node.get('custom_init')
        or node.get('validate_default')
        or config.get('validate_default')
        or node.get('extras_schema')
        or function.get('type', 'no-info') != 'no-info'
        or not isinstance(alias, str | None)
        or not _has_plain_keys(node)
        or not _has_text_only(node)
    )


def _is_written_the_same(node: _Node) -> bool:
    config: _Node = node.get('config') or {}
    return not (
        node.get('serialization')
        or node.get('extra_behavior') == 'allow'
        or config.get('extra_fields_behavior') == 'allow'
        or any(key.startswith('ser_json') for key in config)
        or not _has_plain_keys(node)
        or not _has_text_only(node)
    )


def _has_plain_keys(node: _Node) -> bool:
    if node.get('type') != 'dict':
        return True
    keys: _Node = node.get('keys_schema') or {}
    return keys.get('type') == 'str'


def _has_text_only(node: _Node) -> bool:
    if node.get('type') == 'literal':
        return all(type(one) is str for one in node['expected'])
    if node.get('type') == 'enum':
        return all(type(one.value) is str for one in node['members'])
    return True
