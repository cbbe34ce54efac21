"""Suggest something to read."""

import secrets

from library.errors import MissingError
from library.models import Book
from library.schemas.live import Suggestion


async def suggest() -> Suggestion:
    """Return any book; there is none in an empty library.

    Raises:
        MissingError: the library is empty.
    """
    count = await Book.objects.acount()
    books = Book.objects.select_related('author').order_by('id')
    found = books[secrets.randbelow(count or 1) :]
    book = await found.afirst()
    if book is None:
        raise MissingError('There are no books')
    return Suggestion(book=book.pk, title=book.title, author=book.author.name)
