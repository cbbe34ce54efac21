"""Members and loans, as msgspec structs."""

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from library.models import Branch

#: Not empty, and no spaces around it.
Name = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=120,
        pattern=r'^\S(.*\S)?$',
        examples=['Nora Vale'],
    ),
]
Email = Annotated[
    str,
    Meta(
        max_length=254,
        pattern=r'^[^@ ]+@[^@ ]+\.[^@ ]+$',
        examples=['nora.vale@example.org'],
    ),
]
Id = Annotated[int, Meta(ge=1, le=2**63 - 1, examples=[1])]
Barcode = Annotated[str, Meta(max_length=12, examples=['LIB-000042'])]


class PageQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which page, and how long it is."""

    page: Annotated[
        int,
        Meta(ge=1, le=1_000_000, description='The first page is 1.'),
    ] = 1
    page_size: Annotated[
        int,
        Meta(ge=1, le=100, description='How many are on a page.'),
    ] = 20


class MemberPath(msgspec.Struct, frozen=True, kw_only=True):
    member_id: Id


class MemberQuery(PageQuery, frozen=True, kw_only=True):
    """Filters of the members."""

    search: Annotated[
        str, Meta(description='Part of the name or of the email address.')
    ] = ''
    town: Annotated[
        str | None,
        Meta(description='The whole name of the town.'),
    ] = None


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """Where a member lives."""

    street: Annotated[str, Meta(max_length=120, examples=['Mill Lane 4'])]
    postcode: Annotated[str, Meta(max_length=10, examples=['2041'])]
    town: Annotated[str, Meta(max_length=80, examples=['Greyhaven'])]


class MemberWrite(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
):
    """All that a member says about themself."""

    name: Name
    email: Email
    address: Address


class MemberPatch(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
):
    """What to change. What is missing stays as it is."""

    name: Name | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    address: Address | UnsetType = UNSET


class MemberRead(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    name: str
    email: str
    address: Address
    joined: dt.date
    open_loans: int


class LoanPath(msgspec.Struct, frozen=True, kw_only=True):
    loan_id: Id


class LoanQuery(PageQuery, frozen=True, kw_only=True):
    """Filters of the loans."""

    status: Annotated[
        Literal['open', 'overdue', 'returned'] | None,
        Meta(description='What is overdue is open, too.'),
    ] = None
    member: Annotated[Id | None, Meta(description='The borrower.')] = None


class LoanWrite(msgspec.Struct, frozen=True, kw_only=True):
    """Who takes which copy, and for how long."""

    barcode: Barcode
    member: Id
    days: Annotated[int, Meta(ge=1, le=60, examples=[28])] = 28


class LoanPatch(msgspec.Struct, frozen=True, kw_only=True):
    """A later day on which the copy is due."""

    due_on: Annotated[dt.date, Meta(examples=['2030-01-31'])]


class LentCopy(msgspec.Struct, frozen=True, kw_only=True):
    barcode: str
    title: str
    branch: Branch


class Borrower(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    name: str


class LoanRead(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    copy: LentCopy
    member: Borrower
    lent_on: dt.date
    due_on: dt.date
    returned_on: dt.date | None
    is_overdue: bool
