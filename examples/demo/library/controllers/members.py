"""Members, with msgspec: the twin of the authors."""

from http import HTTPStatus
from typing import Annotated

from dmr import Body, Path, Query, modify
from dmr.openapi.objects import MediaTypeMetadata
from dmr.pagination import Paginated
from dmr.plugins.msgspec import MsgspecSerializer
from library.controllers.base import CONFLICT, MISSING, LibraryController
from library.paging import paginated
from library.schemas.lending import (
    MemberPatch,
    MemberPath,
    MemberQuery,
    MemberRead,
    MemberWrite,
)
from library.services import members


class MembersController(LibraryController[MsgspecSerializer]):
    @modify(tags=['Members'], extra_responses=[MISSING])
    def get(self, parsed_query: Query[MemberQuery]) -> Paginated[MemberRead]:
        """List the members."""
        found = members.find(parsed_query)
        return paginated(found, parsed_query, members.read)

    @modify(tags=['Members'], extra_responses=[CONFLICT])
    def post(self, parsed_body: Body[MemberWrite]) -> MemberRead:
        """Add a member."""
        return members.read(members.create(parsed_body))


class MemberController(LibraryController[MsgspecSerializer]):
    @modify(tags=['Members'])
    def get(self, parsed_path: Path[MemberPath]) -> MemberRead:
        """Show a member."""
        return members.read(members.get(parsed_path.member_id))

    @modify(tags=['Members'], extra_responses=[CONFLICT])
    def put(
        self,
        parsed_path: Path[MemberPath],
        parsed_body: Body[MemberWrite],
    ) -> MemberRead:
        """Replace what is known about a member."""
        member = members.update(parsed_path.member_id, parsed_body)
        return members.read(member)

    @modify(tags=['Members'], extra_responses=[CONFLICT])
    def patch(
        self,
        parsed_path: Path[MemberPath],
        parsed_body: Body[
            Annotated[
                MemberPatch,
                MediaTypeMetadata(example={'name': 'Nora Vale-Berg'}),
            ]
        ],
    ) -> MemberRead:
        """Change parts of what is known about a member."""
        member = members.update(parsed_path.member_id, parsed_body)
        return members.read(member)

    @modify(
        tags=['Members'],
        status_code=HTTPStatus.NO_CONTENT,
        extra_responses=[CONFLICT],
    )
    def delete(self, parsed_path: Path[MemberPath]) -> None:
        """Remove a member who has never borrowed anything."""
        members.delete(parsed_path.member_id)
