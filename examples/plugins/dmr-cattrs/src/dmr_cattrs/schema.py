"""Describe what cattrs reads and writes as JSON schemas."""

import dataclasses
import enum
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from types import NoneType, UnionType
from typing import (
    Any,
    Final,
    Literal,
    NewType,
    NotRequired,
    Required,
    TypeAlias,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
from cattrs.cols import is_namedtuple
from typing_extensions import ReadOnly, override

from dmr.serializer import BaseSchemaGenerator
from dmr_cattrs.classes import is_class, is_typed_dict, solved
from dmr_cattrs.collections import bare, is_array, is_fixed, is_mapping
from dmr_cattrs.constraints import constraints
from dmr_cattrs.formats import SCALAR_SCHEMAS

_Schema: TypeAlias = dict[str, Any]

_FORBIDDEN_IN_NAMES: Final = re.compile(r'[^a-zA-Z0-9._-]')
_UNIQUE: Final = frozenset(('set', 'frozenset', 'Set', 'MutableSet'))
_QUALIFIERS: Final = (Required, NotRequired, ReadOnly)
_JSON_TYPES: Final[Mapping[type[Any], str]] = {
    str: 'string',
    int: 'integer',
    float: 'number',
    bool: 'boolean',
    NoneType: 'null',
}


class CattrsSchemaGenerator(BaseSchemaGenerator):
    """Describe models with the fields that cattrs reads."""

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

        Requests and responses have the same schema. ``None`` is for types
        that only hooks of the user's know.

        Raises:
            TypeError: two different models have the same name.
        """
        describer = _Describer(ref_template)
        try:
            schema = describer.describe(model)
        except _UnknownTypeError:
            return None
        return schema, describer.definitions

    @override
    @classmethod
    def schema_name(cls, model: Any) -> str | None:
        """Return the name of the schema of *model*, ``None`` if unnamed."""
        kind = bare(model)
        has_name = is_class(kind) or is_typed_dict(kind) or _is_enum(kind)
        return _title(kind) if has_name else None


class _UnknownTypeError(Exception):
    """Nobody here knows the type."""


class _Describer:
    """Describes one model, and collects the definitions that it needs."""

    def __init__(self, ref_template: str) -> None:
        self.definitions: dict[str, _Schema] = {}
        self._ref_template = ref_template
        self._owners: dict[str, Any] = {}

    def describe(self, model: Any) -> _Schema:
        """Return the schema of *model*, a reference if it has a name."""
        kind = _plain(model)
        if isinstance(kind, type) and kind in SCALAR_SCHEMAS:
            return deepcopy(SCALAR_SCHEMAS[kind])
        for applies, schema_of in self._table():
            if applies(kind):
                return schema_of(kind)
        raise _UnknownTypeError(kind)

    def _table(
        self,
    ) -> Iterator[tuple[Callable[[Any], bool], Callable[[Any], _Schema]]]:
        yield (lambda kind: kind in {Any, object}), lambda _kind: {}
        yield (lambda kind: kind in {None, NoneType}), _null
        yield _is_union, self._union
        yield (lambda kind: get_origin(kind) is Literal), _literal
        yield _is_enum, self._named(_enumeration)
        yield is_array, self._array
        yield is_fixed, self._fixed
        yield is_mapping, self._mapping
        yield is_class, self._named(self._class)
        yield is_typed_dict, self._named(self._typed_dict)

    def _named(
        self,
        schema_of: Callable[[Any], _Schema],
    ) -> Callable[[Any], _Schema]:
        def reference(kind: Any) -> _Schema:
            name = _FORBIDDEN_IN_NAMES.sub('_', _title(kind))
            if name not in self._owners:
                self._owners[name] = kind
                self.definitions[name] = {
                    'title': _title(kind),
                    **_description(kind),
                    **schema_of(kind),
                }
            if self._owners[name] != kind:
                raise TypeError(
                    f'{self._owners[name]!r} and {kind!r} have the same name. '
                    'Rename one of them.',
                )
            return {'$ref': self._ref_template.format(model=name)}

        return reference

    def _union(self, kind: Any) -> _Schema:
        members = [self.describe(one) for one in get_args(kind)]
        return {'anyOf': members}

    def _array(self, kind: Any) -> _Schema:
        origin = get_origin(kind) or kind
        items = self.describe((*get_args(kind), Any)[0])
        schema: _Schema = {'type': 'array', 'items': items}
        if origin.__name__ in _UNIQUE:
            schema['uniqueItems'] = True
        return schema

    def _fixed(self, kind: Any) -> _Schema:
        if is_namedtuple(kind):
            types = list(get_type_hints(kind).values())
            required = len(types) - len(kind._field_defaults)
        else:
            types = [one for one in get_args(kind) if one != ()]
            required = len(types)
        schema: _Schema = {
            'type': 'array',
            'minItems': required,
            'maxItems': len(types),
        }
        if types:
            schema['prefixItems'] = [self.describe(one) for one in types]
        return schema

    def _mapping(self, kind: Any) -> _Schema:
        _key, value = get_args(kind) or (Any, Any)
        return {
            'type': 'object',
            'additionalProperties': self.describe(value),
        }

    def _typed_dict(self, kind: Any) -> _Schema:
        origin = get_origin(kind) or kind
        solve = solved(kind)
        hints = get_type_hints(origin)
        return _object(
            {name: self.describe(solve(hint)) for name, hint in hints.items()},
            [name for name in hints if name in origin.__required_keys__],
        )

    def _class(self, kind: Any) -> _Schema:
        properties: dict[str, _Schema] = {}
        required: list[str] = []
        for one in _fields(kind):
            schema = self.describe(one.kind)
            extra = constraints(one.validator)
            if one.default is not attrs.NOTHING:
                extra |= _default(one.default)
            else:
                required.append(one.name)
            properties[one.name] = {**schema, **extra}
        return _object(properties, required)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    name: str
    kind: Any
    default: Any
    validator: Any


def _fields(kind: Any) -> Iterator[_Field]:
    """Return the fields of a class, with the names that clients use."""
    origin = get_origin(kind) or kind
    hints = get_type_hints(origin)
    solve = solved(kind)
    if attrs.has(origin):
        for one in attrs.fields(origin):
            if one.init:
                yield _Field(
                    name=one.alias or one.name,
                    kind=solve(hints.get(one.name, Any)),
                    default=one.default,
                    validator=one.validator,
                )
        return
    for each in dataclasses.fields(origin):
        if each.init:
            has_factory = each.default_factory is not dataclasses.MISSING
            default = attrs.Factory(list) if has_factory else each.default
            yield _Field(
                name=each.name,
                kind=solve(hints[each.name]),
                default=(
                    attrs.NOTHING if default is dataclasses.MISSING else default
                ),
                validator=None,
            )


def _plain(model: Any) -> Any:
    """Return *model* without what says nothing about its values."""
    kind = bare(model)
    if get_origin(kind) in _QUALIFIERS:
        return _plain(get_args(kind)[0])
    if isinstance(kind, NewType):
        return _plain(kind.__supertype__)
    return _plain(kind.__value__) if hasattr(kind, '__value__') else kind


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in {Union, UnionType}


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, enum.Enum)


def _title(kind: Any) -> str:
    origin = get_origin(kind)
    if origin is None:
        return str(kind.__name__)
    arguments = ', '.join(
        _title(one) if isinstance(one, type) else str(one)
        for one in get_args(kind)
    )
    return f'{origin.__name__}[{arguments}]'


def _description(kind: Any) -> _Schema:
    origin = get_origin(kind) or kind
    text = origin.__dict__.get('__doc__')
    # Dataclasses without a docstring get their signature for one.
    if not text or text.startswith(f'{origin.__name__}('):
        return {}
    return {'description': inspect.cleandoc(text)}


def _default(default: Any) -> _Schema:
    if isinstance(default, enum.Enum):
        default = default.value
    is_plain = default is None or type(default) in _JSON_TYPES
    return {'default': default} if is_plain else {}


def _object(properties: dict[str, _Schema], required: list[str]) -> _Schema:
    schema: _Schema = {'type': 'object', 'properties': properties}
    return {**schema, 'required': required} if required else schema


def _null(_kind: Any) -> _Schema:
    return {'type': 'null'}


def _literal(kind: Any) -> _Schema:
    return _choices(
        [one.value if _is_enum(type(one)) else one for one in get_args(kind)],
    )


def _enumeration(kind: Any) -> _Schema:
    return _choices([member.value for member in kind])


def _choices(values: list[Any]) -> _Schema:
    types = {_JSON_TYPES.get(type(one)) for one in values}
    schema: _Schema = {'enum': values}
    if len(types) == 1 and None not in types:
        schema['type'] = types.pop()
    return schema
