"""The library in numbers."""

from django.db.models import Count
from django.utils import timezone

from library.models import Book, Branch, Copy, Loan, Member
from library.schemas.plain import BusyBook, Statistics


def collect() -> Statistics:
    """Count everything."""
    open_loans = Loan.objects.filter(returned_on=None)
    return Statistics(
        books=Book.objects.count(),
        copies=Copy.objects.count(),
        members=Member.objects.count(),
        open_loans=open_loans.count(),
        overdue_loans=open_loans.filter(
            due_on__lt=timezone.localdate(),
        ).count(),
        copies_by_branch={
            str(branch.label): Copy.objects.filter(branch=branch).count()
            for branch in Branch
        },
        most_wanted=_most_wanted(5),
    )


def _most_wanted(limit: int) -> list[BusyBook]:
    rows = (
        Book.objects.annotate(loans=Count('copies__loans'))
        .filter(loans__gt=0)
        .order_by('-loans', 'title', 'id')
        .values_list('title', 'loans')[:limit]
    )
    return [BusyBook(title=title, loans=loans) for title, loans in rows]
