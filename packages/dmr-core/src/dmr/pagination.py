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
