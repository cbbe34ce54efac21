"""What happens in the library, as dataclasses."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal['added', 'lent', 'returned']


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something has happened to a book."""

    title: str
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A book that somebody might like."""

    book: int
    title: str
    author: str
