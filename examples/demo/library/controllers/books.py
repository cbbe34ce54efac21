"""Books, with pydantic: nested bodies, and ETags against lost updates."""

from http import HTTPStatus
from typing import Annotated, Final

from django.http import HttpResponse

from dmr import (
    Body,
    Headers,
    HeaderSpec,
    Path,
    Query,
    ResponseSpec,
    modify,
    validate,
)
from dmr.openapi.objects import Example, MediaTypeMetadata
from dmr.pagination import Paginated
from dmr.plugins.pydantic import PydanticSerializer
from library.controllers.base import (
    CONFLICT,
    MISSING,
    OUTDATED,
    LibraryController,
)
from library.models import Book
from library.paging import paginated
from library.schemas.catalogue import (
    BookCreate,
    BookPatch,
    BookPath,
    BookQuery,
    BookRead,
    BookSummary,
    BookWrite,
    IfMatch,
)
from library.services import books

_ETAG: Final = {
    'ETag': HeaderSpec(
        description='Send it back in `If-Match` to change this very state.',
        example='"12-3"',
    ),
}

_NEW_BOOKS: Final = {
    'new author': Example(
        summary='With a new author and two copies',
        value={
            'title': 'The Salt Road',
            'author': {'name': 'Ines Okafor', 'country': 'Portugal'},
            'genre': 'travel',
            'published': 2024,
            'copies': [{'branch': 'harbour'}, {'branch': 'hill'}],
        },
    ),
    'known author': Example(
        summary='By an author of the catalogue',
        value={
            'title': 'A Map of Small Rivers',
            'author': 1,
            'genre': 'poetry',
            'published': 2019,
        },
    ),
}


class BooksController(LibraryController[PydanticSerializer]):
    @modify(tags=['Books'], extra_responses=[MISSING])
    def get(self, parsed_query: Query[BookQuery]) -> Paginated[BookSummary]:
        """List the books.

        All filters have to match. `genre` may be given several times.
        """
        found = books.find(parsed_query)
        return paginated(found, parsed_query, books.summary)

    @modify(tags=['Books'], extra_responses=[MISSING, CONFLICT])
    def post(
        self,
        parsed_body: Body[
            Annotated[BookCreate, MediaTypeMetadata(examples=_NEW_BOOKS)]
        ],
    ) -> BookRead:
        """Add a book, with its author and copies."""
        return books.read(books.create(parsed_body))


class BookController(LibraryController[PydanticSerializer]):
    @validate(
        ResponseSpec(BookRead, status_code=HTTPStatus.OK, headers=_ETAG),
        tags=['Books'],
    )
    def get(self, parsed_path: Path[BookPath]) -> HttpResponse:
        """Show a book and its copies."""
        return self._with_etag(books.get(parsed_path.book_id))

    @validate(
        ResponseSpec(BookRead, status_code=HTTPStatus.OK, headers=_ETAG),
        CONFLICT,
        OUTDATED,
        tags=['Books'],
    )
    def put(
        self,
        parsed_path: Path[BookPath],
        parsed_headers: Headers[IfMatch],
        parsed_body: Body[BookWrite],
    ) -> HttpResponse:
        """Replace a book. Its copies stay."""
        return self._with_etag(
            books.replace(
                parsed_path.book_id,
                parsed_body,
                parsed_headers.if_match,
            ),
        )

    @validate(
        ResponseSpec(BookRead, status_code=HTTPStatus.OK, headers=_ETAG),
        CONFLICT,
        OUTDATED,
        tags=['Books'],
    )
    def patch(
        self,
        parsed_path: Path[BookPath],
        parsed_headers: Headers[IfMatch],
        parsed_body: Body[
            Annotated[BookPatch, MediaTypeMetadata(example={'pages': 288})]
        ],
    ) -> HttpResponse:
        """Change parts of a book."""
        return self._with_etag(
            books.change(
                parsed_path.book_id,
                parsed_body,
                parsed_headers.if_match,
            ),
        )

    @modify(
        tags=['Books'],
        status_code=HTTPStatus.NO_CONTENT,
        extra_responses=[CONFLICT],
    )
    def delete(self, parsed_path: Path[BookPath]) -> None:
        """Remove a book that nobody has ever borrowed."""
        books.delete(parsed_path.book_id)

    def _with_etag(self, book: Book) -> HttpResponse:
        return self.to_response(
            books.read(book),
            status_code=HTTPStatus.OK,
            headers={'ETag': books.etag_of(book)},
        )
