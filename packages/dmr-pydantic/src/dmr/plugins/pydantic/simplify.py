"""Find dataclasses in response data, before a renderer does.

Some renderers write dataclasses on their own and know nothing of aliases or of
serializers. Pydantic has to dump them.
"""

from collections.abc import Callable
from dataclasses import is_dataclass
from enum import Enum, unique
from functools import lru_cache
from typing import Any, Final

import pydantic

_LEAVES: Final = frozenset((str, int, float, bool, bytes, type(None)))


@unique
class _Kind(Enum):
    """What a type can have in it."""

    leaf = 'leaf'
    dataclass = 'dataclass'
    mapping = 'mapping'
    collection = 'collection'


def without_dataclasses(
    structure: Any,
    simplify: Callable[[Any], Any],
) -> Any:
    """Return *structure* with every dataclass replaced by *simplify* of it.

    Models stay: renderers do not know them and ask. What has no dataclass in
    it is returned as it is.
    """
    # Most structures have none, looking is cheaper than copying.
    if not _has_dataclass(structure):
        return structure
    kind = _kind_of(structure)
    if kind is _Kind.mapping:
        return {
            key: without_dataclasses(item, simplify)
            for key, item in structure.items()
        }
    if kind is _Kind.collection:
        return [without_dataclasses(item, simplify) for item in structure]
    return simplify(structure)


def _has_dataclass(structure: Any) -> bool:
    kind = _kind_of(structure)
    if kind is _LEAF:
        return False
    if kind is _DATACLASS:
        return True
    items = structure.values() if kind is _MAPPING else structure
    return not _LEAVES.issuperset(map(type, items)) and any(
        map(_has_dataclass, items),
    )


def _kind_of(anything: object) -> _Kind:
    kind: Any = type(anything)
    return _kind(kind)


@lru_cache(maxsize=1024)
def _kind(kind: Any) -> _Kind:
    if issubclass(kind, pydantic.BaseModel):
        return _Kind.leaf
    if is_dataclass(kind):
        return _Kind.dataclass
    if issubclass(kind, dict):
        return _Kind.mapping
    if issubclass(kind, list | tuple | set | frozenset):
        return _Kind.collection
    return _Kind.leaf


# Members of enumerations are slow to look up.
_LEAF: Final = _Kind.leaf
_DATACLASS: Final = _Kind.dataclass
_MAPPING: Final = _Kind.mapping
