"""Authors, with pydantic."""

from http import HTTPStatus
from typing import Annotated

from dmr import Body, Path, Query, modify
from dmr.openapi.objects import MediaTypeMetadata
from dmr.pagination import Paginated
from dmr.plugins.pydantic import PydanticSerializer
from library.controllers.base import CONFLICT, MISSING, LibraryController
from library.paging import paginated
from library.schemas.catalogue import (
    AuthorPatch,
    AuthorPath,
    AuthorQuery,
    AuthorRead,
    AuthorWrite,
)
from library.services import authors


class AuthorsController(LibraryController[PydanticSerializer]):
    @modify(tags=['Authors'], extra_responses=[MISSING])
    def get(self, parsed_query: Query[AuthorQuery]) -> Paginated[AuthorRead]:
        """List the authors."""
        found = authors.find(parsed_query)
        return paginated(found, parsed_query, authors.read)

    @modify(tags=['Authors'])
    def post(self, parsed_body: Body[AuthorWrite]) -> AuthorRead:
        """Add an author."""
        return authors.read(authors.create(parsed_body))


class AuthorController(LibraryController[PydanticSerializer]):
    @modify(tags=['Authors'])
    def get(self, parsed_path: Path[AuthorPath]) -> AuthorRead:
        """Show an author."""
        return authors.read(authors.get(parsed_path.author_id))

    @modify(tags=['Authors'])
    def put(
        self,
        parsed_path: Path[AuthorPath],
        parsed_body: Body[AuthorWrite],
    ) -> AuthorRead:
        """Replace an author."""
        author = authors.replace(parsed_path.author_id, parsed_body)
        return authors.read(author)

    @modify(tags=['Authors'])
    def patch(
        self,
        parsed_path: Path[AuthorPath],
        parsed_body: Body[
            Annotated[AuthorPatch, MediaTypeMetadata(example={'born': 1972})]
        ],
    ) -> AuthorRead:
        """Change parts of an author."""
        author = authors.change(parsed_path.author_id, parsed_body)
        return authors.read(author)

    @modify(
        tags=['Authors'],
        status_code=HTTPStatus.NO_CONTENT,
        extra_responses=[CONFLICT],
    )
    def delete(self, parsed_path: Path[AuthorPath]) -> None:
        """Remove an author who has no books."""
        authors.delete(parsed_path.author_id)
