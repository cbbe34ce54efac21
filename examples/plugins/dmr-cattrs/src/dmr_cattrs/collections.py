"""Read arrays and objects: lists, sets, tuples, mappings.

Cattrs takes whatever can be iterated, text included; clients send arrays and
objects. The factories here make hooks as those of cattrs do.
"""

import collections
from collections import abc
from collections.abc import Callable, Sequence
from types import GenericAlias, SimpleNamespace
from typing import (
    Annotated,
    Any,
    Final,
    TypeAlias,
    get_args,
    get_origin,
    get_type_hints,
)

from cattrs import Converter
from cattrs.cols import is_namedtuple, list_structure_factory
from cattrs.errors import IterableValidationError, IterableValidationNote

from dmr_cattrs.errors import MismatchError, mismatch

Hook: TypeAlias = Callable[[Any, Any], Any]

_ARRAYS: Final = (list, tuple)
_SETS: Final = (list, tuple, set, frozenset)
_EMPTY_TUPLE: Final = ((),)

#: Type → what makes it of a list, and what it is made of.
_MAKERS: Final[dict[Any, tuple[Callable[[Any], Any], tuple[type, ...]]]] = {
    list: (list, _ARRAYS),
    abc.Iterable: (list, _ARRAYS),
    abc.Collection: (list, _ARRAYS),
    abc.Sequence: (list, _ARRAYS),
    abc.MutableSequence: (list, _ARRAYS),
    tuple: (tuple, _ARRAYS),
    collections.deque: (collections.deque, (*_ARRAYS, collections.deque)),
    set: (set, _SETS),
    abc.Set: (frozenset, _SETS),
    abc.MutableSet: (set, _SETS),
    frozenset: (frozenset, _SETS),
}
_MAPPINGS: Final = frozenset((dict, abc.Mapping, abc.MutableMapping))


def hook_for(converter: Converter, kind: Any) -> Hook:
    """Return the hook that structures *kind*.

    A type that is inside of itself is looked up when it is needed.
    """
    try:
        return converter.get_structure_hook(bare(kind))
    except RecursionError:
        return converter.structure


def bare(kind: Any) -> Any:
    """Return *kind* without its metadata, which need not be hashable."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if isinstance(kind, type) or _is_hashable(kind):
        return kind
    # Metadata further inside; this is what leaves them out of annotations.
    return get_type_hints(SimpleNamespace(__annotations__={'it': kind}))['it']


def is_array(kind: Any) -> bool:
    """Tell whether *kind* is an array of one type of items."""
    arguments = get_args(kind)
    if (get_origin(kind) or kind) is tuple and arguments:
        return arguments[-1] is ...
    return (get_origin(kind) or kind) in _MAKERS


def array_factory(kind: Any, converter: Converter) -> Hook:
    """Return the hook for lists, sets, and tuples of any length."""
    origin = get_origin(kind) or kind
    make, accepted = _MAKERS[origin]
    item = bare((*get_args(kind), Any)[0])
    items: Any = GenericAlias(list, item)
    read_list = list_structure_factory(items, converter)

    def structure(given: Any, _kind: Any) -> Any:
        if not isinstance(given, accepted):
            raise mismatch('array', given)
        return read_list(given, list)

    if make is list:
        return structure

    def structure_and_make(given: Any, _kind: Any) -> Any:
        return make(structure(given, _kind))

    return structure_and_make


def is_fixed(kind: Any) -> bool:
    """Tell whether *kind* is a tuple whose items have a type each."""
    arguments = get_args(kind)
    if get_origin(kind) is tuple:
        return not arguments or arguments[-1] is not ...
    return bool(is_namedtuple(kind))


def fixed_factory(kind: Any, converter: Converter) -> Hook:
    """Return the hook for tuples and named tuples, which are arrays."""
    if get_origin(kind) is tuple:
        types = [one for one in get_args(kind) if one not in _EMPTY_TUPLE]
        return _positions(converter, types, len(types), tuple)
    named: Any = kind
    types = list(named.__annotations__.values())
    required = len(types) - len(named._field_defaults)
    structure = _positions(
        converter,
        types,
        required,
        lambda items: kind(*items),
    )

    def structure_named(given: Any, _kind: Any) -> Any:
        return given if isinstance(given, kind) else structure(given, _kind)

    return structure_named


def _is_hashable(kind: Any) -> bool:
    try:
        hash(kind)
    except TypeError:
        return False
    return True


def _positions(
    converter: Converter,
    types: Sequence[Any],
    required: int,
    make: Callable[[Any], Any],
) -> Hook:
    hooks = [(hook_for(converter, one), one) for one in types]

    def structure(given: Any, kind: Any) -> Any:
        if not isinstance(given, _ARRAYS):
            raise mismatch('array', given)
        if not required <= len(given) <= len(hooks):
            raise MismatchError(
                f'Expected `array` of length {len(hooks)}, got {len(given)}',
            )
        items: list[Any] = []
        errors: list[Exception] = []
        for index, (one, (hook, item)) in enumerate(
            zip(given, hooks, strict=False),
        ):
            try:
                items.append(hook(one, item))
            except Exception as exc:
                errors.append(_at(exc, index))
        if errors:
            raise IterableValidationError('In a tuple', errors, tuple)
        return make(items)

    return structure


def is_mapping(kind: Any) -> bool:
    """Tell whether *kind* is a dictionary of any keys."""
    return (get_origin(kind) or kind) in _MAPPINGS


def mapping_factory(
    kind: Any,
    converter: Converter,
    lax_converter: Converter,
) -> Hook:
    """Return the hook for dictionaries.

    Keys are always text in JSON, so those of other types are read from text
    with *lax_converter*.
    """
    key_type, value_type = get_args(kind) or (Any, Any)
    read_key = hook_for(lax_converter, key_type)
    read_value = hook_for(converter, value_type)

    def structure(given: Any, _kind: Any) -> dict[Any, Any]:
        if not isinstance(given, abc.Mapping):
            raise mismatch('object', given)
        return {
            read_key(key, key_type): read_value(one, value_type)
            for key, one in given.items()
        }

    def structure_detailed(given: Any, _kind: Any) -> dict[Any, Any]:
        if not isinstance(given, abc.Mapping):
            raise mismatch('object', given)
        found: dict[Any, Any] = {}
        errors: list[Exception] = []
        for key, one in given.items():
            try:
                found[read_key(key, key_type)] = read_value(one, value_type)
            except Exception as exc:
                errors.append(_at(exc, key))
        if errors:
            raise IterableValidationError('In an object', errors, dict)
        return found

    return structure_detailed if converter.detailed_validation else structure


def _at(exc: Exception, index: int | str) -> Exception:
    exc.add_note(IterableValidationNote('', index, None))
    return exc
