"""Read objects with named fields: attrs classes, dataclasses, typed dicts."""

import dataclasses
from collections import abc
from collections.abc import Callable, Mapping
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import attrs
from cattrs import Converter, override
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn
from typing_extensions import is_typeddict

from dmr_cattrs.collections import Hook
from dmr_cattrs.errors import mismatch


def is_class(kind: Any) -> bool:
    """Tell whether *kind* is an attrs class or a dataclass."""
    origin = get_origin(kind) or kind
    return isinstance(origin, type) and (
        attrs.has(origin) or dataclasses.is_dataclass(origin)
    )


def is_typed_dict(kind: Any) -> bool:
    """Tell whether *kind* is a typed dictionary."""
    return is_typeddict(get_origin(kind) or kind)


def has_fields(kind: Any) -> bool:
    """Tell whether *kind* is an object with named fields."""
    return is_class(kind) or is_typed_dict(kind)


def class_factory(
    kind: Any,
    converter: Converter,
    renamed: dict[type[Any], Mapping[str, str]],
) -> Hook:
    """Return the hook for attrs classes and dataclasses.

    Instances are taken as they are. The names of fields that clients use are
    added to *renamed*.
    """
    structure_fields: Any = make_dict_structure_fn(
        kind,
        converter,
        **_with_forward_references(kind, converter),
    )
    origin: type[Any] = get_origin(kind) or kind
    renamed[origin] = names_of(structure_fields)

    def structure(given: Any, kind: Any) -> Any:
        if isinstance(given, dict):
            return structure_fields(given, kind)
        if isinstance(given, origin):
            return given
        if isinstance(given, abc.Mapping):
            return structure_fields(given, kind)
        raise mismatch('object', given)

    return structure


def class_writer(
    kind: Any,
    converter: Converter,
) -> Callable[[Any], dict[str, Any]]:
    """Return the hook that writes attrs classes and dataclasses."""
    return make_dict_unstructure_fn(
        kind,
        converter,
        **_with_forward_references(kind, converter),
    )


def typed_dict_factory(
    kind: Any,
    converter: Converter,
    renamed: dict[type[Any], Mapping[str, str]],
) -> Hook:
    """Return the hook for typed dictionaries, which skips unknown keys."""
    structure_fields: Any = converter.gen_structure_typeddict(kind)
    origin: Any = get_origin(kind) or kind
    renamed[origin] = names_of(structure_fields)
    known = client_names(origin, renamed[origin])
    is_closed = converter.forbid_extra_keys

    def structure(given: Any, kind: Any) -> Any:
        if not isinstance(given, abc.Mapping):
            raise mismatch('object', given)
        if not is_closed:
            given = {name: given[name] for name in given if name in known}
        return structure_fields(given, kind)

    return structure


def solved(kind: Any) -> Callable[[Any], Any]:
    """Return what replaces the type variables of a generic class."""
    origin: Any = get_origin(kind)
    if origin is None:
        return lambda hint: hint
    given = dict(zip(origin.__parameters__, get_args(kind), strict=False))

    def solve(hint: Any) -> Any:
        if isinstance(hint, TypeVar):
            return given.get(hint, hint)
        variables = getattr(hint, '__parameters__', ())
        if not variables:
            return hint
        return hint[tuple(given.get(one, one) for one in variables)]

    return solve


def names_of(hook: Any) -> dict[str, str]:
    """Return attribute → name for clients, where a hook of cattrs differs."""
    return {
        attribute: override.rename
        for attribute, override in hook.overrides.items()
        if override.rename is not None
    }


def client_names(
    kind: type[Any],
    renamed: Mapping[str, str],
) -> dict[str, str]:
    """Return name for clients → attribute, of all fields that are read."""
    if is_typed_dict(kind):
        attributes = list(get_type_hints(kind))
    elif attrs.has(kind):
        attributes = [one.name for one in attrs.fields(kind) if one.init]
    else:
        attributes = [one.name for one in dataclasses.fields(kind) if one.init]
    return {renamed.get(name, name): name for name in attributes}


def literal_fields(kind: Any) -> dict[str, frozenset[Any]]:
    """Return field → its values, for fields of few values that must be there.

    They tell the members of a union from each other.
    """
    origin = get_origin(kind) or kind
    try:
        hints = get_type_hints(origin)
    except NameError:
        return {}
    return {
        name: frozenset(get_args(hint))
        for name, hint in hints.items()
        if get_origin(hint) is Literal
    }


def _with_forward_references(
    kind: Any,
    converter: Converter,
) -> dict[str, Any]:
    """Return field → how it is read and written, for some of them.

    Cattrs knows what ``'Tree'`` means, but not what ``list['Tree']`` does.
    """
    origin: Any = get_origin(kind) or kind
    try:
        hints = get_type_hints(origin, include_extras=True)
    except NameError:  # a class inside of a function
        return {}
    fields: Any = (
        attrs.fields(origin)
        if attrs.has(origin)
        else dataclasses.fields(origin)
    )
    solve = solved(kind)
    return {
        one.name: _late(converter, solve(hints[one.name]))
        for one in fields
        if not isinstance(one.type, str)
        and hints.get(one.name, one.type) != one.type
    }


def _late(converter: Converter, hint: Any) -> Any:
    return override(
        struct_hook=lambda given, _kind: converter.structure(given, hint),
        unstruct_hook=converter.unstructure,
    )
