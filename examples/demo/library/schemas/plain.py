"""Models without a library: every serializer understands them."""

from dataclasses import dataclass, field
from typing import Literal

from typing_extensions import TypedDict


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What to look for, and where."""

    text: str
    among: Literal['all', 'books', 'authors'] = 'all'


class SearchHit(TypedDict):
    """One thing that was found."""

    kind: Literal['book', 'author']
    id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchResult:
    """The first hits of each kind."""

    text: str
    hits: list[SearchHit] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyBook:
    """A book with the number of its loans."""

    title: str
    loans: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistics:
    """The library in numbers."""

    books: int
    copies: int
    members: int
    open_loans: int
    overdue_loans: int
    copies_by_branch: dict[str, int]
    most_wanted: list[BusyBook]
