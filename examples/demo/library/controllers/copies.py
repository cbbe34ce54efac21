"""Copies of books, with pydantic."""

from http import HTTPStatus

from dmr import Body, Path, modify
from dmr.plugins.pydantic import PydanticSerializer
from library.controllers.base import CONFLICT, LibraryController
from library.schemas.catalogue import BookPath, CopyPath, CopyRead, CopyWrite
from library.services import books, copies


class BookCopiesController(LibraryController[PydanticSerializer]):
    @modify(tags=['Copies'])
    def get(self, parsed_path: Path[BookPath]) -> list[CopyRead]:
        """List the copies of a book."""
        book = books.get(parsed_path.book_id)
        return [copies.read(copy) for copy in copies.of_book(book)]

    @modify(tags=['Copies'])
    def post(
        self,
        parsed_path: Path[BookPath],
        parsed_body: Body[CopyWrite],
    ) -> CopyRead:
        """Add a copy of a book."""
        book = books.get(parsed_path.book_id)
        return copies.read(copies.create(book, parsed_body))


class CopyController(LibraryController[PydanticSerializer]):
    @modify(
        tags=['Copies'],
        status_code=HTTPStatus.NO_CONTENT,
        extra_responses=[CONFLICT],
    )
    def delete(self, parsed_path: Path[CopyPath]) -> None:
        """Remove a copy that has never been lent."""
        copies.delete(parsed_path.barcode)
