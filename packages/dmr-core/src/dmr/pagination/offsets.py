"""Pages by position: simple, but not stable when rows are added meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

from dmr.pagination.models import LimitOffsetPage, Page, Paginated

_ModelT = TypeVar('_ModelT', bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNumberPaginator(Generic[_ModelT]):
    """Give numbered pages of an ordered *queryset*.

    A page behind the last one is empty.
    """

    queryset: 'QuerySet[_ModelT]'
    per_page: int

    def page(self, number: int) -> Paginated[_ModelT]:
        """Return one page, with two queries."""
        return self._paginated(
            number,
            count=self.queryset.count(),
            found=list(self._slice(number)),
        )

    async def apage(self, number: int) -> Paginated[_ModelT]:
        """Return one page, with two queries."""
        return self._paginated(
            number,
            count=await self.queryset.acount(),
            found=[one async for one in self._slice(number)],
        )

    def _slice(self, number: int) -> 'QuerySet[_ModelT]':
        begin = (number - 1) * self.per_page
        return self.queryset[begin : begin + self.per_page]

    def _paginated(
        self,
        number: int,
        *,
        count: int,
        found: Sequence[_ModelT],
    ) -> Paginated[_ModelT]:
        return Paginated(
            count=count,
            # Like Django's paginator: even nothing fills one page.
            num_pages=max(-(-count // self.per_page), 1),
            per_page=self.per_page,
            page=Page(number=number, object_list=found),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitOffsetPaginator(Generic[_ModelT]):
    """Give slices of an ordered *queryset*."""

    queryset: 'QuerySet[_ModelT]'

    def page(self, *, limit: int, offset: int = 0) -> LimitOffsetPage[_ModelT]:
        """Return one slice, with two queries."""
        return LimitOffsetPage(
            count=self.queryset.count(),
            limit=limit,
            offset=offset,
            object_list=list(self.queryset[offset : offset + limit]),
        )

    async def apage(
        self,
        *,
        limit: int,
        offset: int = 0,
    ) -> LimitOffsetPage[_ModelT]:
        """Return one slice, with two queries."""
        found = self.queryset[offset : offset + limit]
        return LimitOffsetPage(
            count=await self.queryset.acount(),
            limit=limit,
            offset=offset,
            object_list=[one async for one in found],
        )
