"""Invent a library: the same one whenever it is for the same day."""

import datetime as dt
import string
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from library.dataset.words import NAMES, STREETS, TITLES, TOWNS
from library.isbn import check_digit
from library.models import (
    Author,
    Book,
    Branch,
    Copy,
    Genre,
    Loan,
    Member,
)
from library.services.copies import barcode

AUTHORS: Final = 400
BOOKS: Final = 1500
MEMBERS: Final = 800

_SEED: Final = 1971
_LENDING_DAYS: Final = 28
_LATE_READERS: Final = 0.08
#: Even real libraries have two books with one title.
_SAME_TITLES: Final = 0.02
#: Letters that are no combination of an ASCII letter and an accent.
_LETTERS: Final = str.maketrans({'ł': 'l', 'ø': 'o', 'ß': 'ss'})


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """Rows with ids, in the order in which they can be saved."""

    authors: list[Author]
    books: list[Book]
    copies: list[Copy]
    members: list[Member]
    loans: list[Loan]


def generate(today: dt.date) -> DataSet:
    """Invent everything, with loans until *today*."""
    rng = Random(_SEED)
    authors = _authors(rng)
    books = _books(rng, authors, today)
    copies = _copies(rng, books)
    members = _members(rng, today)
    return DataSet(
        authors=authors,
        books=books,
        copies=copies,
        members=members,
        loans=_loans(rng, copies, members, today),
    )


def _authors(rng: Random) -> list[Author]:
    return [
        Author(id=number, name=name, country=country, born=_year(rng))
        for number, (name, country) in enumerate(_people(rng, AUTHORS), 1)
    ]


def _year(rng: Random) -> int:
    return round(rng.triangular(1890, 1990, 1962))


def _books(
    rng: Random,
    authors: list[Author],
    today: dt.date,
) -> list[Book]:
    titles = _titles(rng)
    isbns = _isbns(rng, BOOKS)
    books: list[Book] = []
    for number in range(1, BOOKS + 1):
        genre = rng.choice(list(Genre))
        # Some write a lot, most do not.
        author = authors[int(len(authors) * rng.random() ** 1.5)]
        born = author.born or _year(rng)
        latest = min(born + 75, today.year - 1)
        books.append(
            Book(
                id=number,
                title=next(titles[genre]),
                isbn=isbns[number - 1],
                author=author,
                genre=genre,
                published=rng.randint(born + 23, latest),
                pages=round(rng.triangular(64, 820, 280)),
            ),
        )
    return books


def _copies(rng: Random, books: list[Book]) -> list[Copy]:
    owners = [
        book
        for book in books
        for _copy in range(rng.choices((1, 2, 3, 4), (8, 6, 3, 1))[0])
    ]
    return [
        Copy(
            id=number,
            book=book,
            barcode=barcode(number),
            branch=rng.choices(list(Branch), (4, 2, 1))[0],
        )
        for number, book in enumerate(owners, 1)
    ]


def _members(rng: Random, today: dt.date) -> list[Member]:
    members: list[Member] = []
    emails: set[str] = set()
    for number, (name, _country) in enumerate(_people(rng, MEMBERS), 1):
        town, prefix = rng.choice(list(TOWNS.items()))
        email = _email(name)
        if email in emails:
            email = email.replace('@', f'{number}@')
        emails.add(email)
        members.append(
            Member(
                id=number,
                name=name,
                email=email,
                street=f'{rng.choice(STREETS)} {rng.randint(1, 90)}',
                postcode=f'{prefix}{rng.randint(10, 99)}',
                town=town,
                joined=today - dt.timedelta(days=rng.randint(30, 3000)),
            ),
        )
    return members


def _loans(
    rng: Random,
    copies: list[Copy],
    members: list[Member],
    today: dt.date,
) -> list[Loan]:
    loans = [
        loan for copy in copies for loan in _history(rng, copy, members, today)
    ]
    loans.sort(key=lambda loan: loan.lent_on)
    for number, loan in enumerate(loans, 1):
        loan.id = number
    return loans


def _history(
    rng: Random,
    copy: Copy,
    members: list[Member],
    today: dt.date,
) -> Iterator[Loan]:
    """Return the loans of one copy, which never overlap."""
    lent_on = today - dt.timedelta(days=rng.randint(0, 360))
    while lent_on <= today:
        member = rng.choice(members)
        is_late = rng.random() < _LATE_READERS
        kept_days = rng.randint(29, 50) if is_late else rng.randint(2, 28)
        back_on = lent_on + dt.timedelta(days=kept_days)
        if member.joined <= lent_on:
            yield Loan(
                copy=copy,
                member=member,
                lent_on=lent_on,
                due_on=lent_on + dt.timedelta(days=_LENDING_DAYS),
                returned_on=back_on if back_on <= today else None,
            )
        lent_on = back_on + dt.timedelta(days=rng.randint(1, 150))


def _people(rng: Random, count: int) -> list[tuple[str, str]]:
    """Return names with countries, all of them different."""
    everybody = [
        (f'{first} {family}', country)
        for country, names in NAMES.items()
        for first in names.first
        for family in names.family
    ]
    return rng.sample(everybody, count)


def _titles(rng: Random) -> dict[Genre, Iterator[str]]:
    """Return titles without end for each genre."""
    return {genre: _titles_of(rng, genre) for genre in Genre}


def _titles_of(rng: Random, genre: Genre) -> Iterator[str]:
    """Return titles, each only once as long as there are others."""
    patterns, parts = TITLES[genre]
    seen: set[str] = set()
    while True:
        pattern = rng.choice(patterns)
        title = pattern.format(
            **{
                name: rng.choice(parts[name])
                for _text, name, _spec, _conversion in string.Formatter().parse(
                    pattern,
                )
                if name
            },
        )
        if title not in seen or rng.random() < _SAME_TITLES:
            seen.add(title)
            yield title


def _isbns(rng: Random, count: int) -> list[str]:
    bodies = rng.sample(range(10**9), count)
    numbers = [f'978{body:09}' for body in bodies]
    return [number + check_digit(number) for number in numbers]


def _email(name: str) -> str:
    """Return an address at a domain that belongs to nobody (RFC 2606).

    >>> _email('Élodie Gołąb')
    'elodie.golab@example.org'
    """
    decomposed = unicodedata.normalize('NFKD', name.lower())
    ascii_only = decomposed.translate(_LETTERS).encode('ascii', 'ignore')
    return f'{ascii_only.decode().replace(" ", ".")}@example.org'
