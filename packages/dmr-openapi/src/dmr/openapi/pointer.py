"""JSON pointers (RFC 6901)."""

from dataclasses import dataclass
from typing import Any

from dmr.openapi.json_values import is_mapping


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place in a document.

    >>> str(Pointer().at('paths').at('/users/{pk}/'))
    '#/paths/~1users~1{pk}~1'
    """

    parts: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> 'Pointer':
        """Return the pointer that *text*, with its ``#``, means."""
        parts = text.removeprefix('#').split('/')[1:]
        return cls(
            tuple(part.replace('~1', '/').replace('~0', '~') for part in parts),
        )

    def at(self, part: object) -> 'Pointer':
        """Return the pointer to a member of what this one points to."""
        return Pointer((*self.parts, str(part)))

    def find(self, document: Any) -> Any:
        """Return what it points to, ``None`` if there is nothing."""
        found = document
        for part in self.parts:
            if not is_mapping(found) or part not in found:
                return None
            found = found[part]
        return found

    def __str__(self) -> str:
        escaped = (
            part.replace('~', '~0').replace('/', '~1') for part in self.parts
        )
        return '#' + ''.join(f'/{part}' for part in escaped)
