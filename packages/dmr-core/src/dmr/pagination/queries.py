"""Models of the query strings that ask for pages.

Subclass them to change a limit or to add parameters of your own.
"""

from dataclasses import dataclass
from typing import ClassVar, Final

#: A larger offset is an attack on the database rather than a question.
_MAX_OFFSET: Final = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PageQuery:
    """Ask for the page with a number, which counts from 1."""

    max_per_page: ClassVar[int] = 100

    page: int = 1
    per_page: int = 20

    def __post_init__(self) -> None:
        """Refuse what no page can have."""
        _check('page', self.page, at_least=1, at_most=_MAX_OFFSET)
        _check(
            'per_page',
            self.per_page,
            at_least=1,
            at_most=self.max_per_page,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitOffsetQuery:
    """Ask for some objects from an offset on, which counts from 0."""

    max_limit: ClassVar[int] = 100

    limit: int = 20
    offset: int = 0

    def __post_init__(self) -> None:
        """Refuse what no page can have."""
        _check('limit', self.limit, at_least=1, at_most=self.max_limit)
        _check('offset', self.offset, at_least=0, at_most=_MAX_OFFSET)


@dataclass(frozen=True, slots=True, kw_only=True)
class CursorQuery:
    """Ask for the objects after a cursor, or for the first ones."""

    max_per_page: ClassVar[int] = 100

    cursor: str | None = None
    per_page: int = 20

    def __post_init__(self) -> None:
        """Refuse what no page can have."""
        _check(
            'per_page',
            self.per_page,
            at_least=1,
            at_most=self.max_per_page,
        )


def _check(name: str, found: int, *, at_least: int, at_most: int) -> None:
    # Serializers report this like any other error of the field's model.
    if not at_least <= found <= at_most:
        raise ValueError(f'{name} must be from {at_least} to {at_most}')
