"""Tell how deep data are nested."""

from collections.abc import Iterable
from typing import Any, Final

_CONTAINERS: Final = frozenset((dict, list, tuple))


def is_nested_deeper(plain: Any, levels: int) -> bool:
    """Tell whether *plain* is nested deeper than that many *levels*.

    A cycle is nested without end. What is referred to twice is looked at once
    per level.
    """
    level: Iterable[Any] = (plain,) if type(plain) in _CONTAINERS else ()
    for _ in range(levels):
        if not level:
            return False
        level = {
            id(one): one
            for container in level
            for one in (
                container.values() if type(container) is dict else container
            )
            if type(one) in _CONTAINERS
        }.values()
    return bool(level)
