"""Lending and returning, with the asynchronous ORM."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.db import IntegrityError
from django.db.models import Q, QuerySet
from django.utils import timezone

from library.errors import ConflictError, MissingError
from library.models import Branch, Copy, Loan, Member
from library.schemas.lending import (
    Borrower,
    LentCopy,
    LoanQuery,
    LoanRead,
    LoanWrite,
)
from library.schemas.live import Kind
from library.services.live import FEED

_STATUS: Final[Mapping[str, Q]] = {
    'open': Q(returned_on=None),
    'overdue': Q(returned_on=None),
    'returned': Q(returned_on__isnull=False),
}


def find(query: LoanQuery) -> QuerySet[Loan]:
    """Return the loans that all filters leave, without asking for them."""
    found = _complete()
    if query.status is not None:
        found = found.filter(_STATUS[query.status])
    if query.status == 'overdue':
        found = found.filter(due_on__lt=timezone.localdate())
    if query.member is not None:
        found = found.filter(member=query.member)
    return found


async def get(loan_id: int) -> Loan:
    """Return one loan.

    Raises:
        MissingError: there is none.
    """
    loan = await _complete().filter(pk=loan_id).afirst()
    if loan is None:
        raise MissingError(f'There is no loan {loan_id}')
    return loan


async def lend(wanted: LoanWrite) -> Loan:
    """Give a copy to a member.

    Raises:
        MissingError: there is no such copy, or no such member.
        ConflictError: somebody has the copy.
    """
    copy = await Copy.objects.filter(barcode=wanted.barcode).afirst()
    if copy is None:
        raise MissingError(
            f'There is no copy {wanted.barcode}',
            'parsed_body',
            'barcode',
        )
    if not await Member.objects.filter(pk=wanted.member).aexists():
        raise MissingError(
            f'There is no member {wanted.member}',
            'parsed_body',
            'member',
        )
    today = timezone.localdate()
    try:
        loan = await Loan.objects.acreate(
            copy=copy,
            member_id=wanted.member,
            lent_on=today,
            due_on=today + dt.timedelta(days=wanted.days),
        )
    except IntegrityError as exc:
        raise ConflictError(
            f'{copy} is lent already',
            'parsed_body',
            'barcode',
        ) from exc
    return _told('lent', await get(loan.pk))


async def take_back(loan_id: int) -> Loan:
    """Put the copy of a loan back on the shelf.

    Raises:
        MissingError: there is no such loan.
        ConflictError: the copy is back already.
    """
    await get(loan_id)
    is_open = Loan.objects.filter(pk=loan_id, returned_on=None)
    if not await is_open.aupdate(returned_on=timezone.localdate()):
        raise ConflictError('The copy is back already')
    return _told('returned', await get(loan_id))


async def extend(loan_id: int, due_on: dt.date) -> Loan:
    """Let the member keep the copy for longer.

    Raises:
        MissingError: there is no such loan.
        ConflictError: the copy is back, or the day is not later.
    """
    loan = await get(loan_id)
    if loan.returned_on is not None:
        raise ConflictError('The copy is back already')
    if due_on <= loan.due_on:
        raise ConflictError(
            f'The loan is until {loan.due_on} already',
            'parsed_body',
            'due_on',
        )
    await Loan.objects.filter(pk=loan_id).aupdate(due_on=due_on)
    return await get(loan_id)


def read(loan: Loan) -> LoanRead:
    """Describe a loan that came from here."""
    copy = loan.copy
    return LoanRead(
        id=loan.pk,
        copy=LentCopy(
            barcode=copy.barcode,
            title=copy.book.title,
            branch=Branch(copy.branch),
        ),
        member=Borrower(id=loan.member.pk, name=loan.member.name),
        lent_on=loan.lent_on,
        due_on=loan.due_on,
        returned_on=loan.returned_on,
        is_overdue=(
            loan.returned_on is None and loan.due_on < timezone.localdate()
        ),
    )


def _told(kind: Kind, loan: Loan) -> Loan:
    FEED.publish(kind, loan.copy.book.title)
    return loan


def _complete() -> QuerySet[Loan]:
    return Loan.objects.select_related('copy__book', 'member')
