"""Fill an empty library."""

import datetime as dt
from collections.abc import Sequence
from typing import Final, TypeVar

from django.db import transaction
from django.db.models import Model

# Without type hints, and without a package of them in the environment.
from tqdm import tqdm  # type: ignore[import-untyped]

from library.dataset.generate import generate
from library.models import Author, Book, Copy, Loan, Member

_ROWS_AT_ONCE: Final = 250
_RowT = TypeVar('_RowT', bound=Model)


def is_empty() -> bool:
    """Tell whether nobody has ever put anything into the library."""
    return not any(
        model.objects.exists() for model in (Author, Book, Member, Loan)
    )


def load(today: dt.date) -> None:
    """Save the data set and show how far it is; all of it or nothing."""
    made = generate(today)
    total = sum(
        len(rows)
        for rows in (
            made.authors,
            made.books,
            made.copies,
            made.members,
            made.loans,
        )
    )
    with (
        transaction.atomic(),
        tqdm(total=total, desc='Filling the library', unit=' rows') as bar,
    ):
        _save(Author, made.authors, bar)
        _save(Book, made.books, bar)
        _save(Copy, made.copies, bar)
        _save(Member, made.members, bar)
        _save(Loan, made.loans, bar)


def _save(
    model: type[_RowT],
    rows: Sequence[_RowT],
    bar: 'tqdm[None]',
) -> None:
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        batch = rows[start : start + _ROWS_AT_ONCE]
        model._default_manager.bulk_create(batch)
        bar.update(len(batch))
