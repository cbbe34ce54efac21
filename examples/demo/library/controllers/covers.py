"""Covers of books: a form with a file goes in, a file comes out."""

from http import HTTPStatus
from io import BytesIO

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse

from dmr import Body, FileMetadata, Path, modify, validate
from dmr.files import FileResponseSpec
from dmr.parsers import MultiPartParser
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import FileRenderer
from library.controllers.base import LibraryController
from library.schemas.catalogue import (
    BookPath,
    CoverRead,
    CoverText,
    CoverUpload,
)
from library.services import books, covers


class CoverController(LibraryController[PydanticSerializer]):
    @validate(
        FileResponseSpec(),
        renderers=[FileRenderer()],
        tags=['Covers'],
    )
    def get(self, parsed_path: Path[BookPath]) -> FileResponse:
        """Download the cover of a book."""
        cover = covers.get(parsed_path.book_id)
        return FileResponse(
            BytesIO(cover.content),
            content_type=cover.content_type,
            filename=f'cover-{cover.book_id}',
        )

    @modify(parsers=[MultiPartParser()], tags=['Covers'])
    def put(
        self,
        parsed_path: Path[BookPath],
        parsed_file_metadata: FileMetadata[CoverUpload],
        parsed_body: Body[CoverText],
    ) -> CoverRead:
        """Upload the cover of a book.

        A PNG, JPEG or WebP picture of at most one megabyte.
        """
        cover = covers.put(
            books.get(parsed_path.book_id),
            self._uploaded('cover'),
            content_type=parsed_file_metadata.cover.content_type,
            alt_text=parsed_body.alt_text,
        )
        return covers.read(cover)

    @modify(tags=['Covers'], status_code=HTTPStatus.NO_CONTENT)
    def delete(self, parsed_path: Path[BookPath]) -> None:
        """Remove the cover of a book."""
        covers.get(parsed_path.book_id).delete()

    def _uploaded(self, name: str) -> bytes:
        file = self.request.FILES[name]
        assert isinstance(file, UploadedFile)  # one file, not a list of them
        # Small enough for the memory, the model of the files says so.
        content: bytes = file.read()
        return content
