"""Find dataclasses in response data, before a renderer does.

Some renderers write dataclasses on their own and know nothing of aliases or of
serializers. Pydantic has to dump them.
"""

from collections.abc import Callable
from dataclasses import is_dataclass
from typing import Any, Final

import pydantic

_LEAVES: Final = frozenset((str, int, float, bool, bytes, type(None)))


def without_dataclasses(
    structure: object,
    simplify: Callable[[Any], Any],
) -> Any:
    """Return *structure* with every dataclass replaced by *simplify* of it.

    Models stay: renderers do not know them and ask. What has no dataclass in
    it is returned as it is.
    """
    kind: type[object] = type(structure)
    if kind in _LEAVES or issubclass(kind, pydantic.BaseModel):
        return structure
    if is_dataclass(kind):
        return simplify(structure)
    if issubclass(kind, dict):
        return _mapping(structure, simplify)
    if issubclass(kind, list | tuple | set | frozenset):
        return _collection(structure, simplify)
    return structure


def _mapping(structure: Any, simplify: Callable[[Any], Any]) -> Any:
    if _LEAVES.issuperset(map(type, structure.values())):
        return structure
    simplified = {
        key: without_dataclasses(item, simplify)
        for key, item in structure.items()
    }
    is_same = all(simplified[key] is item for key, item in structure.items())
    return structure if is_same else simplified


def _collection(structure: Any, simplify: Callable[[Any], Any]) -> Any:
    if _LEAVES.issuperset(map(type, structure)):
        return structure
    simplified = [without_dataclasses(item, simplify) for item in structure]
    is_same = all(map(_is, simplified, structure))
    return structure if is_same else simplified


def _is(one: object, other: object) -> bool:
    return one is other
