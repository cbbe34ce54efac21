"""Authors, books and copies, as pydantic models."""

from typing import Annotated, ClassVar, Final, Literal

import pydantic
from typing_extensions import TypedDict

from library.isbn import checked_isbn
from library.models import Branch, Genre

#: Trimmed, and not empty.
Name = Annotated[
    str,
    pydantic.StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=120,
    ),
]
Title = Annotated[
    str,
    pydantic.StringConstraints(
        strip_whitespace=True,
        min_length=1,
        max_length=200,
    ),
]
Country = Annotated[str, pydantic.StringConstraints(max_length=60)]
Year = Annotated[int, pydantic.Field(ge=1, le=2100)]
Pages = Annotated[int, pydantic.Field(ge=1, le=20_000)]
Isbn = Annotated[
    str,
    pydantic.AfterValidator(checked_isbn),
    pydantic.Field(
        description='Thirteen digits, with or without hyphens.',
        examples=['978-0-306-40615-7'],
    ),
]

#: The largest id that the database can have.
MAX_ID: Final = 2**63 - 1
Id = Annotated[int, pydantic.Field(ge=1, le=MAX_ID, examples=[1])]


class PageQuery(pydantic.BaseModel):
    """Which page, and how long it is."""

    page: int = pydantic.Field(
        default=1,
        ge=1,
        le=1_000_000,
        description='The first page is 1.',
    )
    page_size: int = pydantic.Field(
        default=20,
        ge=1,
        le=100,
        description='How many are on a page.',
    )


class AuthorPath(pydantic.BaseModel):
    author_id: Id


class AuthorQuery(PageQuery):
    """Filters of the authors."""

    search: str = pydantic.Field(default='', description='Part of the name.')
    country: str | None = pydantic.Field(
        default=None,
        description='The whole name of the country.',
    )


class AuthorWrite(pydantic.BaseModel):
    """All that can be said about an author."""

    name: Name = pydantic.Field(examples=['Ines Okafor'])
    born: Year | None = pydantic.Field(default=None, examples=[1971])
    country: Country = pydantic.Field(default='', examples=['Portugal'])


class AuthorPatch(TypedDict, total=False):
    """What to change. What is missing stays as it is, null is a value."""

    name: Name
    born: Year | None
    country: Country


class AuthorRead(AuthorWrite):
    id: int
    book_count: int


class CopyWrite(pydantic.BaseModel):
    """A new volume; the library gives it a barcode."""

    branch: Branch = Branch.CENTRAL


class CopyRead(CopyWrite):
    barcode: str = pydantic.Field(examples=['LIB-000042'])
    is_lent: bool


class CopyPath(pydantic.BaseModel):
    barcode: str = pydantic.Field(examples=['LIB-000042'])


class BookPath(pydantic.BaseModel):
    book_id: Id


class BookQuery(PageQuery):
    """Filters of the books; they all have to match."""

    #: `?genre=mystery&genre=travel` finds both.
    __dmr_force_list__: ClassVar[frozenset[str]] = frozenset(('genre',))

    search: str = pydantic.Field(
        default='',
        description='Part of the title or of the name of the author.',
    )
    genre: list[Genre] = pydantic.Field(
        default=[],
        description='One of these genres.',
    )
    author: Id | None = pydantic.Field(
        default=None,
        description='The id of the author.',
    )
    published_from: Year | None = pydantic.Field(
        default=None,
        description='The year, or a later one.',
    )
    published_until: Year | None = pydantic.Field(
        default=None,
        description='The year, or an earlier one.',
    )
    available: bool | None = pydantic.Field(
        default=None,
        description='Whether a copy is on the shelf now.',
    )
    order: Literal['title', '-title', 'published', '-published'] = (
        pydantic.Field(default='title', description='A minus turns it round.')
    )


class BookWrite(pydantic.BaseModel):
    """All that can be said about a book."""

    title: Title = pydantic.Field(examples=['The Salt Road'])
    isbn: Isbn | None = None
    author: Id | AuthorWrite = pydantic.Field(
        description='The id of an author, or a new one.',
        examples=[1],
    )
    genre: Genre
    published: Year = pydantic.Field(examples=[2024])
    pages: Pages | None = None


class BookCreate(BookWrite):
    """A book together with its first copies."""

    copies: list[CopyWrite] = pydantic.Field(default=[], max_length=50)


class BookPatch(TypedDict, total=False):
    """What to change. What is missing stays as it is, null is a value."""

    title: Title
    isbn: Isbn | None
    author: Id | AuthorWrite
    genre: Genre
    published: Year
    pages: Pages | None


class BookAuthor(pydantic.BaseModel):
    id: int
    name: str


class BookSummary(pydantic.BaseModel):
    """A book in a list."""

    id: int
    title: str
    author: BookAuthor
    genre: Genre
    published: int
    copies: int
    available: int


class BookRead(pydantic.BaseModel):
    """A book with everything that belongs to it."""

    id: int
    title: str
    isbn: str | None
    author: BookAuthor
    genre: Genre
    published: int
    pages: int | None
    has_cover: bool
    copies: list[CopyRead]


class IfMatch(pydantic.BaseModel):
    """Change the book only if nobody else has changed it."""

    if_match: str | None = pydantic.Field(
        default=None,
        alias='If-Match',
        description='The ETag that came with the book.',
    )


class CoverFile(pydantic.BaseModel):
    """What is known about the uploaded picture."""

    content_type: Literal['image/png', 'image/jpeg', 'image/webp']
    size: int = pydantic.Field(gt=0, le=1_000_000)


class CoverUpload(pydantic.BaseModel):
    """The files of the form."""

    cover: CoverFile


class CoverText(pydantic.BaseModel):
    """The other fields of the form."""

    alt_text: str = pydantic.Field(
        default='',
        max_length=200,
        description='What the picture shows, for those who cannot see it.',
    )


class CoverRead(CoverText):
    book: int
    content_type: str
    size: int
