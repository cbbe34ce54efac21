"""Models of pages, which serializers can describe and validate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

_ItemT = TypeVar('_ItemT')


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[_ItemT]):
    """One page of objects, *number* counts from 1."""

    number: int
    object_list: Sequence[_ItemT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paginated(Generic[_ItemT]):
    """One page, and how many there are.

    Has what ``django.core.paginator.Paginator`` knows: *count* of all objects,
    *num_pages*, and how many objects there are *per_page*.
    """

    count: int
    num_pages: int
    per_page: int
    page: Page[_ItemT]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitOffsetPage(Generic[_ItemT]):
    """At most *limit* objects from *offset* on, of *count* that there are."""

    count: int
    limit: int
    offset: int
    object_list: Sequence[_ItemT]


@dataclass(frozen=True, slots=True, kw_only=True)
class CursorPage(Generic[_ItemT]):
    """Some objects, and where the next ones begin.

    *next_cursor* is ``None`` when there are no more.
    """

    next_cursor: str | None
    objects_list: Sequence[_ItemT]


@dataclass(frozen=True, slots=True, kw_only=True)
class CursorPaginated(Generic[_ItemT]):
    """The same for clients, with how many objects there are *per_page*."""

    next_cursor: str | None
    per_page: int
    page: Sequence[_ItemT]
