"""JSON values, told apart in a way that type checkers follow."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from typing_extensions import TypeIs

#: A JSON object that may be edited.
JsonObject: TypeAlias = dict[str, Any]
#: A JSON object that is only read.
JsonMapping: TypeAlias = Mapping[str, Any]


def is_object(value: Any) -> TypeIs[JsonObject]:
    """Return whether *value* is a JSON object that may be edited."""
    return isinstance(value, dict)


def is_mapping(value: Any) -> TypeIs[JsonMapping]:
    """Return whether *value* is a JSON object."""
    return isinstance(value, Mapping)


def is_array(value: Any) -> TypeIs[list[Any]]:
    """Return whether *value* is a JSON array."""
    return isinstance(value, list)


def is_sequence(value: Any) -> TypeIs[Sequence[Any]]:
    """Return whether *value* becomes a JSON array."""
    return isinstance(value, (list, tuple))
