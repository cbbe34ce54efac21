"""Those who may borrow."""

from typing import Any

import msgspec
from django.db import IntegrityError
from django.db.models import Count, ProtectedError, Q, QuerySet
from django.utils import timezone

from library.errors import ConflictError, MissingError
from library.models import Member
from library.schemas.lending import (
    Address,
    MemberPatch,
    MemberQuery,
    MemberRead,
    MemberWrite,
)


def find(query: MemberQuery) -> QuerySet[Member]:
    """Return the members that all filters leave."""
    found = _with_loans()
    if query.search:
        found = found.filter(
            Q(name__icontains=query.search) | Q(email__icontains=query.search),
        )
    if query.town is not None:
        found = found.filter(town=query.town)
    return found


def get(member_id: int) -> Member:
    """Return one member.

    Raises:
        MissingError: there is none.
    """
    member = _with_loans().filter(pk=member_id).first()
    if member is None:
        raise MissingError(f'There is no member {member_id}')
    return member


def create(wanted: MemberWrite) -> Member:
    """Add a member, from today on.

    Raises:
        ConflictError: the email address is taken.
    """
    fields = _fields(wanted)
    try:
        member = Member.objects.create(joined=timezone.localdate(), **fields)
    except IntegrityError as exc:
        raise _taken(fields) from exc
    return get(member.pk)


def update(member_id: int, wanted: MemberWrite | MemberPatch) -> Member:
    """Write the fields of a member that *wanted* has.

    Raises:
        MissingError: there is none.
        ConflictError: the email address is taken.
    """
    fields = _fields(wanted)
    # An empty PATCH changes nothing, which the ORM does not allow to say.
    if fields:
        try:
            Member.objects.filter(pk=member_id).update(**fields)
        except IntegrityError as exc:
            raise _taken(fields) from exc
    return get(member_id)


def delete(member_id: int) -> None:
    """Remove a member.

    Raises:
        MissingError: there is none.
        ConflictError: they have borrowed something, that history is kept.
    """
    member = get(member_id)
    try:
        member.delete()
    except ProtectedError as exc:
        raise ConflictError(f'{member} has loans and has to stay.') from exc


def read(member: Member) -> MemberRead:
    """Describe a member that came from here."""
    counts: Any = member
    return MemberRead(
        id=member.pk,
        name=member.name,
        email=member.email,
        address=Address(
            street=member.street,
            postcode=member.postcode,
            town=member.town,
        ),
        joined=member.joined,
        open_loans=counts.open_loans,
    )


def _with_loans() -> QuerySet[Member]:
    return Member.objects.annotate(
        open_loans=Count(
            'loans',
            filter=Q(loans__returned_on=None) & Q(loans__isnull=False),
        ),
    )


def _fields(wanted: MemberWrite | MemberPatch) -> dict[str, Any]:
    """Return the columns to write; the address is not one but three."""
    # Fields that are UNSET are left out.
    fields: dict[str, Any] = msgspec.to_builtins(wanted)
    address = fields.pop('address', {})
    return {**fields, **address}


def _taken(fields: dict[str, Any]) -> ConflictError:
    return ConflictError(
        f'Another member has the email address {fields["email"]}',
        'parsed_body',
        'email',
    )
