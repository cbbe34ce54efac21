"""Find books and authors by a word."""

from collections.abc import Iterator
from typing import Final

from library.models import Author, Book
from library.schemas.plain import SearchHit, SearchQuery, SearchResult

_HITS_PER_KIND: Final = 10


def search(query: SearchQuery) -> SearchResult:
    """Return the first hits of each kind."""
    return SearchResult(text=query.text, hits=list(_hits(query)))


def _hits(query: SearchQuery) -> Iterator[SearchHit]:
    if query.among in {'all', 'books'}:
        books = Book.objects.filter(title__icontains=query.text)
        for book in books[:_HITS_PER_KIND]:
            yield {'kind': 'book', 'id': book.pk, 'name': book.title}
    if query.among in {'all', 'authors'}:
        authors = Author.objects.filter(name__icontains=query.text)
        for author in authors[:_HITS_PER_KIND]:
            yield {'kind': 'author', 'id': author.pk, 'name': author.name}
