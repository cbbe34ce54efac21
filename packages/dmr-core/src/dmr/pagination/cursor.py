"""Pages that begin where the previous one ended, whatever happens between.

A cursor has the values of the last row of a page, signed, so that clients
cannot make their own. The next page has the rows after those values: rows
that were added or removed meanwhile move nothing.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, Final, Generic, TypeVar

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from dmr.exceptions import InvalidCursorError
from dmr.pagination.models import CursorPage
from dmr.pagination.ordering import columns_of, rows_after, with_values

_ModelT = TypeVar('_ModelT', bound=Model)

#: Makes text of the values of a row, ``None`` stands for ``NULL``.
CursorEncoder = Callable[[Sequence[str | None]], str]
#: Reads that text again, raises `InvalidCursorError`.
CursorDecoder = Callable[[str], Sequence[str | None]]

_SALT: Final = 'dmr.pagination.cursor'

#: Longer cursors are not ours, they are not even looked at.
_MAX_LENGTH: Final = 8192


class CursorPaginator(Generic[_ModelT]):
    """Give pages of *queryset* in its order, with one query each.

    The primary key is added to the order, so that no two rows are equal. The
    order must consist of fields; they may be ``NULL`` or of related models.

    *cursor_encoder* and *cursor_decoder* replace the signed text that clients
    see.
    """

    def __init__(
        self,
        queryset: 'QuerySet[_ModelT]',
        per_page: int,
        cursor_encoder: CursorEncoder | None = None,
        cursor_decoder: CursorDecoder | None = None,
    ) -> None:
        """Prepare pages of *per_page* rows.

        Raises:
            ValueError: there is an order by something else than fields.
        """
        if per_page < 1:
            raise ValueError(f'per_page must be at least 1, not {per_page}')
        self.per_page = per_page
        self._columns = columns_of(queryset)
        self._queryset = with_values(queryset, self._columns)
        self._salt = f'{_SALT}:{self._fingerprint()}'
        self._encode = cursor_encoder or self._sign
        self._decode = cursor_decoder or self._unsign

    def page(self, cursor: str | None = None) -> CursorPage[_ModelT]:
        """Return the page after *cursor*, ``None`` is the first one.

        Raises:
            InvalidCursorError: this cursor was not made for this queryset.
        """
        return self._page(list(self._rows(cursor)))

    async def apage(self, cursor: str | None = None) -> CursorPage[_ModelT]:
        """Return the page after *cursor*, ``None`` is the first one.

        Raises:
            InvalidCursorError: this cursor was not made for this queryset.
        """
        return self._page([row async for row in self._rows(cursor)])

    def _rows(self, cursor: str | None) -> 'QuerySet[_ModelT]':
        """Return the rows of a page, and one more if there is."""
        queryset = self._queryset
        if cursor is not None:
            queryset = queryset.filter(
                rows_after(self._columns, self._values(cursor)),
            )
        return queryset[: self.per_page + 1]

    def _page(self, rows: list[_ModelT]) -> CursorPage[_ModelT]:
        objects = rows[: self.per_page]
        next_cursor = None
        if len(rows) > self.per_page:
            next_cursor = self._encode(
                [column.encode(objects[-1]) for column in self._columns],
            )
        return CursorPage(next_cursor=next_cursor, objects_list=objects)

    def _values(self, cursor: str) -> list[Any]:
        values = self._decode(cursor)
        if len(values) != len(self._columns):
            raise _invalid()
        try:
            return [
                column.decode(text)
                for column, text in zip(self._columns, values, strict=True)
            ]
        except (ValidationError, ValueError, TypeError) as exc:
            # The model has changed since.
            raise _invalid() from exc

    def _sign(self, values: Sequence[str | None]) -> str:
        return signing.dumps(list(values), salt=self._salt)

    def _unsign(self, cursor: str) -> Sequence[str | None]:
        if len(cursor) > _MAX_LENGTH:
            raise _invalid()
        try:
            values: list[str | None] = signing.loads(cursor, salt=self._salt)
        except (signing.BadSignature, ValueError) as exc:
            raise _invalid() from exc
        return values

    def _fingerprint(self) -> str:
        """Return what tells this order apart from all others."""
        parts = [self._queryset.model._meta.label]
        parts += [
            f'{column.name} {column.is_descending} {column.nulls_last}'
            for column in self._columns
        ]
        return hashlib.sha256('|'.join(parts).encode()).hexdigest()


def _invalid() -> InvalidCursorError:
    return InvalidCursorError(_('The cursor is invalid, begin again'))
