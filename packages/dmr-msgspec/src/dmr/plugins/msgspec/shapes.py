"""Decide, at import, whether a model can be read from bytes in one pass.

Msgspec can decode straight into a model, in half the time of parsing and then
converting. It is only the same for some models: a `decimal.Decimal` would keep
zeros that a number does not have, and what a model does not ask for would be
skipped unseen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import msgspec
from msgspec import inspect

from dmr.settings import bounded_cache

_FLOATLESS: Final = (
    inspect.NoneType,
    inspect.BoolType,
    inspect.IntType,
    inspect.StrType,
    inspect.BytesType,
    inspect.ByteArrayType,
    inspect.DateTimeType,
    inspect.DateType,
    inspect.TimeType,
    inspect.TimeDeltaType,
    inspect.UUIDType,
    inspect.EnumType,
    inspect.LiteralType,
)
_SCALARS: Final = (*_FLOATLESS, inspect.FloatType)
_COLLECTIONS: Final = (
    inspect.ListType,
    inspect.SetType,
    inspect.FrozenSetType,
    inspect.VarTupleType,
)
_OBJECTS: Final = (
    inspect.StructType,
    inspect.DataclassType,
    inspect.TypedDictType,
    inspect.NamedTupleType,
)


class _Repeated(msgspec.Struct, frozen=True):
    """Stand for a model inside itself."""


_CONTAINERS: Final = (
    *_COLLECTIONS,
    *_OBJECTS,
    inspect.TupleType,
    inspect.UnionType,
    inspect.Metadata,
    _Repeated,
)
_NATIVE: Final = (*_SCALARS, *_CONTAINERS, inspect.AnyType)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What one pass over the bytes of a model would mean.

    *one_pass*: the result is the same. *skips*: unknown fields are skipped
    unseen. *endless*: nothing in the model ends the nesting. *floats*: there
    can be floats in it. *foreign*: there are types that msgspec asks a hook
    for.
    """

    one_pass: bool
    skips: bool
    endless: bool
    floats: bool
    foreign: bool


def shape_of(model: Any) -> Shape:
    """Look through *model* and everything in it."""
    try:
        return _cached_shape(model)
    except TypeError:
        # Metadata in ``Annotated`` need not be hashable.
        return _shape(model)


@bounded_cache
def _cached_shape(model: Any) -> Shape:
    return _shape(model)


def _shape(model: Any) -> Shape:
    nodes = _nodes_of(model)
    if nodes is None:
        return Shape(
            one_pass=False,
            skips=True,
            endless=True,
            floats=True,
            foreign=True,
        )
    return Shape(
        one_pass=all(_is_same(node) for node in nodes),
        skips=any(_skips(node) for node in nodes),
        endless=any(_is_endless(node) for node in nodes),
        floats=any(_may_be_float(node) for node in nodes),
        foreign=not all(isinstance(node, _NATIVE) for node in nodes),
    )


def is_one_pass_without_fractions(model: Any) -> bool:
    """Tell whether one pass is the same but for numbers with fractions.

    A decimal keeps all digits of such a number, unless it was a float before.
    """
    nodes = _nodes_of(model)
    return (
        nodes is not None
        and all(_is_same(node) or _is_decimal(node) for node in nodes)
        and not any(_is_endless(node) or _is_choice(node) for node in nodes)
    )


def takes_floats(model: Any) -> bool:
    """Tell whether there can be floats in *model*, or it is not known."""
    shape = shape_of(model)
    if shape.one_pass or not shape.floats:
        return shape.floats
    # Others than decimals, which are never without end.
    nodes = _nodes_of(model)
    return nodes is None or any(
        _may_be_float(node) and not _is_decimal(node) for node in nodes
    )


def object_type(
    model: Any,
) -> (
    'inspect.StructType | inspect.DataclassType | inspect.TypedDictType | None'
):
    """Return what msgspec knows of *model*, ``None`` if it has no fields."""
    try:
        node = inspect.type_info(model)
    # Models are arbitrary user code, msgspec evaluates their annotations.
    except Exception:
        return None
    if isinstance(node, inspect.Metadata):
        node = node.type
    if isinstance(node, inspect.StructType):
        return None if node.array_like else node
    if isinstance(node, inspect.DataclassType | inspect.TypedDictType):
        return node
    return None


def is_taken_as_is(model: Any) -> bool:
    """Tell whether msgspec converts instances of *model* without a look."""
    return isinstance(model, type) and issubclass(model, msgspec.Struct)


def _nodes_of(model: Any) -> list[Any] | None:
    """Return what is in *model*, ``None`` if msgspec does not know it."""
    try:
        return list(_nodes(inspect.type_info(model), (), set()))
    # Models are arbitrary user code, msgspec evaluates their annotations.
    except Exception:
        return None


def _nodes(
    node: Any,
    parents: tuple[Any, ...],
    seen: set[int],
) -> Iterator[Any]:
    if any(node is parent for parent in parents):
        yield _Repeated()
    elif id(node) not in seen:
        seen.add(id(node))
        yield node
        for child in _children(node):
            yield from _nodes(child, (*parents, node), seen)


def _children(node: Any) -> tuple[Any, ...]:
    if isinstance(node, _OBJECTS):
        return tuple(field.type for field in node.fields)
    if isinstance(node, _COLLECTIONS):
        return (node.item_type,)
    if isinstance(node, inspect.DictType):
        return (node.value_type,)
    if isinstance(node, inspect.TupleType):
        return node.item_types
    if isinstance(node, inspect.UnionType):
        return node.types
    if isinstance(node, inspect.Metadata):
        return (node.type,)
    return ()


def _is_same(node: Any) -> bool:
    if isinstance(node, inspect.DictType):
        return isinstance(node.key_type, inspect.StrType | inspect.AnyType)
    return isinstance(node, _NATIVE)


def _is_decimal(node: Any) -> bool:
    return isinstance(node, inspect.DecimalType)


def _is_choice(node: Any) -> bool:
    """Tell whether *node* is a decimal or something else, but for ``None``."""
    if not isinstance(node, inspect.UnionType):
        return False
    inside = [
        one for one in node.types if not isinstance(one, inspect.NoneType)
    ]
    return len(inside) > 1 and any(map(_is_decimal, inside))


def _skips(node: Any) -> bool:
    if isinstance(node, inspect.StructType):
        return not node.forbid_unknown_fields
    return isinstance(node, inspect.DataclassType | inspect.TypedDictType)


def _is_endless(node: Any) -> bool:
    return isinstance(node, inspect.AnyType | inspect.RawType | _Repeated)


def _may_be_float(node: Any) -> bool:
    # Keys of dictionaries are no nodes.
    return not isinstance(node, (*_FLOATLESS, *_CONTAINERS))
