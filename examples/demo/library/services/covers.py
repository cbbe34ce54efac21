"""Pictures on books."""

from library.errors import MissingError
from library.models import Book, Cover
from library.schemas.catalogue import CoverRead


def get(book_id: int) -> Cover:
    """Return the cover of a book.

    Raises:
        MissingError: there is no such book, or it has none.
    """
    cover = Cover.objects.filter(book=book_id).first()
    if cover is None:
        raise MissingError(f'Book {book_id} has no cover')
    return cover


def put(
    book: Book,
    content: bytes,
    *,
    content_type: str,
    alt_text: str,
) -> Cover:
    """Give a book a cover, instead of the one that it may have."""
    cover, _is_new = Cover.objects.update_or_create(
        book=book,
        defaults={
            'content': content,
            'content_type': content_type,
            'alt_text': alt_text,
        },
    )
    return cover


def read(cover: Cover) -> CoverRead:
    """Describe a cover without its content."""
    return CoverRead(
        book=cover.book_id,
        content_type=cover.content_type,
        alt_text=cover.alt_text,
        size=len(cover.content),
    )
