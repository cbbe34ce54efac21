"""Cut query sets into pages, sync and async."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from django.db.models import Model, QuerySet

from dmr.pagination import Page, Paginated
from library.errors import MissingError

ModelT = TypeVar('ModelT', bound=Model)
ItemT = TypeVar('ItemT')


class PageRequest(Protocol):
    """What the query models of all lists have."""

    @property
    def page(self) -> int:
        """Return the number of the page, from 1."""

    @property
    def page_size(self) -> int:
        """Return how many items are on a page."""


def paginated(
    found: QuerySet[ModelT],
    wanted: PageRequest,
    read: Callable[[ModelT], ItemT],
) -> Paginated[ItemT]:
    """Return the wanted page of *found*, *read* makes the items.

    Raises:
        MissingError: there are fewer pages.
    """
    count = found.count()
    rows = found[_slice(count, wanted)]
    return _page(count, wanted, [read(row) for row in rows])


async def paginated_async(
    found: QuerySet[ModelT],
    wanted: PageRequest,
    read: Callable[[ModelT], ItemT],
) -> Paginated[ItemT]:
    """Return the wanted page of *found*, *read* makes the items.

    Raises:
        MissingError: there are fewer pages.
    """
    count = await found.acount()
    rows = found[_slice(count, wanted)]
    return _page(count, wanted, [read(row) async for row in rows])


def _slice(count: int, wanted: PageRequest) -> slice:
    num_pages = _num_pages(count, wanted)
    if wanted.page > num_pages:
        raise MissingError(
            f'The last page is {num_pages}',
            'parsed_query',
            'page',
        )
    start = (wanted.page - 1) * wanted.page_size
    return slice(start, start + wanted.page_size)


def _num_pages(count: int, wanted: PageRequest) -> int:
    # An empty list is one page, too.
    return max(1, -(-count // wanted.page_size))


def _page(
    count: int,
    wanted: PageRequest,
    items: list[ItemT],
) -> Paginated[ItemT]:
    return Paginated(
        count=count,
        num_pages=_num_pages(count, wanted),
        per_page=wanted.page_size,
        page=Page(number=wanted.page, object_list=items),
    )
