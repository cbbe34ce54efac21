"""Loans, with msgspec and asynchronous from the request to the database."""

from http import HTTPStatus

from dmr import Body, Path, Query, modify
from dmr.pagination import Paginated
from dmr.plugins.msgspec import MsgspecSerializer
from library.controllers.base import CONFLICT, MISSING, LibraryController
from library.paging import paginated_async
from library.schemas.lending import (
    LoanPatch,
    LoanPath,
    LoanQuery,
    LoanRead,
    LoanWrite,
)
from library.services import loans


class LoansController(LibraryController[MsgspecSerializer]):
    @modify(tags=['Loans'], extra_responses=[MISSING])
    async def get(self, parsed_query: Query[LoanQuery]) -> Paginated[LoanRead]:
        """List the loans, the latest first."""
        found = loans.find(parsed_query)
        return await paginated_async(found, parsed_query, loans.read)

    @modify(tags=['Loans'], extra_responses=[MISSING, CONFLICT])
    async def post(self, parsed_body: Body[LoanWrite]) -> LoanRead:
        """Lend a copy to a member."""
        return loans.read(await loans.lend(parsed_body))


class LoanController(LibraryController[MsgspecSerializer]):
    @modify(tags=['Loans'])
    async def get(self, parsed_path: Path[LoanPath]) -> LoanRead:
        """Show a loan."""
        return loans.read(await loans.get(parsed_path.loan_id))

    @modify(tags=['Loans'], extra_responses=[CONFLICT])
    async def patch(
        self,
        parsed_path: Path[LoanPath],
        parsed_body: Body[LoanPatch],
    ) -> LoanRead:
        """Extend a loan."""
        loan = await loans.extend(parsed_path.loan_id, parsed_body.due_on)
        return loans.read(loan)


class LoanReturnController(LibraryController[MsgspecSerializer]):
    @modify(
        tags=['Loans'],
        status_code=HTTPStatus.OK,
        extra_responses=[CONFLICT],
    )
    async def post(self, parsed_path: Path[LoanPath]) -> LoanRead:
        """Take a copy back."""
        return loans.read(await loans.take_back(parsed_path.loan_id))
