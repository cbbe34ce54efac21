"""Books of the catalogue."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, F, ProtectedError, Q, QuerySet
from django.utils.http import parse_etags

from library.errors import ConflictError, MissingError, OutdatedError
from library.models import Author, Book, Cover, Genre
from library.schemas.catalogue import (
    AuthorWrite,
    BookAuthor,
    BookCreate,
    BookPatch,
    BookQuery,
    BookRead,
    BookSummary,
    BookWrite,
)
from library.services import authors, copies
from library.services.live import FEED


def find(query: BookQuery) -> QuerySet[Book]:
    """Return the books that all filters leave."""
    found = Book.objects.select_related('author').annotate(
        copy_count=Count('copies', distinct=True),
        lent_count=Count(
            'copies',
            filter=Q(copies__loans__returned_on=None)
            & Q(copies__loans__isnull=False),
            distinct=True,
        ),
    )
    for condition in _conditions(query):
        found = found.filter(condition)
    # The id decides between equals, so that pages do not overlap.
    return found.order_by(query.order, 'id')


def get(book_id: int) -> Book:
    """Return one book.

    Raises:
        MissingError: there is none.
    """
    book = Book.objects.select_related('author').filter(pk=book_id).first()
    if book is None:
        raise MissingError(f'There is no book {book_id}')
    return book


@transaction.atomic
def create(wanted: BookCreate) -> Book:
    """Add a book, its copies, and its author if that is a new one.

    Raises:
        ConflictError: the ISBN is taken.
        MissingError: there is no author with the given id.
    """
    fields = _fields(wanted.model_dump(exclude={'copies'}), wanted.author)
    _refuse_taken_isbn(fields, except_id=None)
    book = Book.objects.create(**fields)
    for copy in wanted.copies:
        copies.create(book, copy)
    # Nobody hears of a book that is not saved in the end.
    transaction.on_commit(partial(FEED.publish, 'added', book.title))
    return book


@transaction.atomic
def replace(book_id: int, wanted: BookWrite, etag: str | None) -> Book:
    """Write all fields of a book, see `change`."""
    _require_state(book_id, etag)
    return _update(book_id, _fields(wanted.model_dump(), wanted.author))


@transaction.atomic
def change(book_id: int, wanted: BookPatch, etag: str | None) -> Book:
    """Write some fields of a book.

    Raises:
        MissingError: there is no such book, or no such author.
        OutdatedError: the book has another *etag* by now.
        ConflictError: the ISBN is taken.
    """
    _require_state(book_id, etag)
    return _update(book_id, _fields(dict(wanted), wanted.get('author')))


def delete(book_id: int) -> None:
    """Remove a book and its copies.

    Raises:
        MissingError: there is none.
        ConflictError: a copy of it has been lent, that history is kept.
    """
    book = get(book_id)
    try:
        book.delete()
    except ProtectedError as exc:
        raise ConflictError(
            f'Copies of {book.title!r} have been lent, it has to stay.',
        ) from exc


def etag_of(book: Book) -> str:
    """Return what identifies this state of a book (RFC 9110, 8.8.3)."""
    return f'"{book.pk}-{book.version}"'


def summary(book: Book) -> BookSummary:
    """Describe a book from `find`."""
    counts: Any = book
    return BookSummary(
        id=book.pk,
        title=book.title,
        author=BookAuthor(id=book.author.pk, name=book.author.name),
        genre=Genre(book.genre),
        published=book.published,
        copies=counts.copy_count,
        available=counts.copy_count - counts.lent_count,
    )


def read(book: Book) -> BookRead:
    """Describe a book with everything that belongs to it."""
    return BookRead(
        id=book.pk,
        title=book.title,
        isbn=book.isbn,
        author=BookAuthor(id=book.author.pk, name=book.author.name),
        genre=Genre(book.genre),
        published=book.published,
        pages=book.pages,
        has_cover=Cover.objects.filter(book=book).exists(),
        copies=[copies.read(copy) for copy in copies.of_book(book)],
    )


def _conditions(query: BookQuery) -> list[Q]:
    """Return one condition for each filter that is used."""
    text = query.search
    title_or_author = Q(title__icontains=text) | Q(author__name__icontains=text)
    table: list[tuple[bool, Q]] = [
        (bool(text), title_or_author),
        (bool(query.genre), Q(genre__in=query.genre)),
        (query.author is not None, Q(author=query.author)),
        (
            query.published_from is not None,
            Q(published__gte=query.published_from),
        ),
        (
            query.published_until is not None,
            Q(published__lte=query.published_until),
        ),
        (query.available is True, Q(copy_count__gt=F('lent_count'))),
        (query.available is False, Q(copy_count=F('lent_count'))),
    ]
    return [condition for is_used, condition in table if is_used]


def _fields(
    fields: dict[str, Any],
    author: int | AuthorWrite | None,
) -> dict[str, Any]:
    """Put the real author in the place of the reference to it."""
    if author is None:
        return fields
    return {**fields, 'author': _author(author)}


def _author(wanted: int | AuthorWrite) -> Author:
    if isinstance(wanted, AuthorWrite):
        return authors.named(wanted)
    found = Author.objects.filter(pk=wanted).first()
    if found is None:
        raise MissingError(
            f'There is no author {wanted}',
            'parsed_body',
            'author',
        )
    return found


def _require_state(book_id: int, etag: str | None) -> None:
    book = get(book_id)
    if etag is None:
        return
    # The header is a list, or an asterisk (RFC 9110, 13.1.1).
    if not {'*', etag_of(book)}.intersection(parse_etags(etag)):
        raise OutdatedError(
            f'{book.title!r} has changed, read it again',
            'parsed_headers',
            'If-Match',
        )


def _update(book_id: int, fields: dict[str, Any]) -> Book:
    _refuse_taken_isbn(fields, except_id=book_id)
    if fields:
        Book.objects.filter(pk=book_id).update(
            **fields,
            version=F('version') + 1,
        )
    return get(book_id)


def _refuse_taken_isbn(
    fields: dict[str, Any],
    *,
    except_id: int | None,
) -> None:
    isbn = fields.get('isbn')
    if isbn is None:
        return
    others = Book.objects.filter(isbn=isbn)
    if except_id is not None:
        others = others.exclude(pk=except_id)
    # Transactions here are immediate: nobody adds it in the meantime.
    if others.exists():
        raise ConflictError(
            f'Another book has the ISBN {isbn}',
            'parsed_body',
            'isbn',
        )
