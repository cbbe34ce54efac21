"""The volumes on the shelves."""

from typing import Any

from django.db.models import Exists, OuterRef, ProtectedError, QuerySet

from library.errors import ConflictError, MissingError
from library.models import Book, Branch, Copy, Loan
from library.schemas.catalogue import CopyRead, CopyWrite


def barcode(number: int) -> str:
    """Return the barcode of the copy with this id.

    >>> barcode(42)
    'LIB-000042'
    """
    return f'LIB-{number:06}'


def of_book(book: Book) -> QuerySet[Copy]:
    """Return the copies of a book, with whether they are lent."""
    return _with_state().filter(book=book)


def create(book: Book, wanted: CopyWrite) -> Copy:
    """Add a copy, its barcode is made of its id."""
    copy = Copy.objects.create(book=book, branch=wanted.branch)
    copy.barcode = barcode(copy.pk)
    copy.save(update_fields=['barcode'])
    return _with_state().get(pk=copy.pk)


def delete(barcode: str) -> None:
    """Remove a copy.

    Raises:
        MissingError: there is none.
        ConflictError: it has been lent, that history is kept.
    """
    copy = Copy.objects.filter(barcode=barcode).first()
    if copy is None:
        raise MissingError(f'There is no copy {barcode}')
    try:
        copy.delete()
    except ProtectedError as exc:
        raise ConflictError(
            f'{barcode} has been lent, it has to stay.',
        ) from exc


def read(copy: Copy) -> CopyRead:
    """Describe a copy from `of_book` or `create`."""
    state: Any = copy
    return CopyRead(
        barcode=copy.barcode,
        branch=Branch(copy.branch),
        is_lent=state.is_lent,
    )


def _with_state() -> QuerySet[Copy]:
    open_loans = Loan.objects.filter(copy=OuterRef('pk'), returned_on=None)
    return Copy.objects.annotate(is_lent=Exists(open_loans))
