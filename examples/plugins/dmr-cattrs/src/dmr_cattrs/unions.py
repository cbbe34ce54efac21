"""Read unions: the member that fits, the most exact one first."""

from collections import abc
from collections.abc import Sequence
from types import NoneType
from typing import Any, Literal, NamedTuple, get_args, get_origin

from cattrs import Converter

from dmr_cattrs.classes import has_fields, literal_fields
from dmr_cattrs.collections import Hook, hook_for, is_mapping
from dmr_cattrs.errors import MismatchError, type_name


class _Member(NamedTuple):
    """One type of a union, and the hooks that read it."""

    kind: Any
    #: How the converter at hand reads it.
    hook: Hook
    #: How it is read without coercing anything.
    strict_hook: Hook
    #: Field → the values that tell it from other members.
    tags: dict[str, frozenset[Any]]


def union_factory(
    kind: Any,
    converter: Converter,
    strict_converter: Converter,
) -> Hook:
    """Return the hook for *kind*, a union of any types.

    A value that fits a member as it is goes there, whatever the order. An
    object goes to the members whose literal fields it has.
    """
    types = [one for one in get_args(kind) if one is not NoneType]
    members = [
        _Member(
            one,
            hook_for(converter, one),
            hook_for(strict_converter, one),
            literal_fields(one) if has_fields(one) else {},
        )
        for one in types
    ]
    is_optional = len(types) < len(get_args(kind))
    if len(members) == 1:
        return _optional(members[0])
    expected = ' | '.join(
        [*map(_name, types), *(['null'] if is_optional else [])],
    )

    def structure(given: Any, _kind: Any) -> Any:
        if given is None and is_optional:
            return None
        candidates = _candidates(members, given)
        if len(candidates) == 1:
            (only,) = candidates
            return only.hook(given, only.kind)
        for member in candidates:
            try:
                return member.strict_hook(given, member.kind)
            # Whatever is wrong, another member may fit.
            except Exception:  # noqa: S112
                continue
        for member in candidates:
            try:
                return member.hook(given, member.kind)
            except Exception:  # noqa: S112
                continue
        raise MismatchError(
            f'Expected `{expected}`, got `{type_name(given)}`',
        )

    return structure


def _optional(member: _Member) -> Hook:
    kind, hook = member.kind, member.hook

    def structure(given: Any, _kind: Any) -> Any:
        return None if given is None else hook(given, kind)

    return structure


def _candidates(members: Sequence[_Member], given: Any) -> Sequence[_Member]:
    """Return the members that *given* may belong to."""
    exact = [one for one in members if type(given) is one.kind]
    if exact:
        return exact
    if not isinstance(given, abc.Mapping):
        return members
    objects = [
        one for one in members if has_fields(one.kind) or is_mapping(one.kind)
    ]
    tagged = [one for one in objects if _has_tags(given, one.tags)]
    return tagged or objects or members


def _has_tags(
    given: abc.Mapping[Any, Any],
    tags: dict[str, frozenset[Any]],
) -> bool:
    return all(
        isinstance(given.get(name), abc.Hashable) and given.get(name) in values
        for name, values in tags.items()
    )


def _name(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return ' | '.join(map(repr, get_args(kind)))
    return getattr(kind, '__name__', None) or str(kind)
