"""Authors of the catalogue."""

from django.db.models import Count, ProtectedError, QuerySet

from library.errors import ConflictError, MissingError
from library.models import Author
from library.schemas.catalogue import (
    AuthorPatch,
    AuthorQuery,
    AuthorRead,
    AuthorWrite,
)


def find(query: AuthorQuery) -> QuerySet[Author]:
    """Return the authors that all filters leave."""
    found = _with_counts()
    if query.search:
        found = found.filter(name__icontains=query.search)
    if query.country is not None:
        found = found.filter(country=query.country)
    return found


def get(author_id: int) -> Author:
    """Return one author.

    Raises:
        MissingError: there is none.
    """
    author = _with_counts().filter(pk=author_id).first()
    if author is None:
        raise MissingError(f'There is no author {author_id}')
    return author


def create(wanted: AuthorWrite) -> Author:
    """Add an author."""
    author = Author.objects.create(**wanted.model_dump())
    return get(author.pk)


def replace(author_id: int, wanted: AuthorWrite) -> Author:
    """Write all fields of an author.

    Raises:
        MissingError: there is none.
    """
    _update(author_id, wanted.model_dump())
    return get(author_id)


def change(author_id: int, wanted: AuthorPatch) -> Author:
    """Write some fields of an author.

    Raises:
        MissingError: there is none.
    """
    _update(author_id, dict(wanted))
    return get(author_id)


def delete(author_id: int) -> None:
    """Remove an author.

    Raises:
        MissingError: there is none.
        ConflictError: there are books by this author.
    """
    author = get(author_id)
    try:
        author.delete()
    except ProtectedError as exc:
        raise ConflictError(
            f'There are still books by {author}. Remove them first.',
        ) from exc


def named(wanted: AuthorWrite) -> Author:
    """Return an author of this name, a new one if there is none."""
    same = Author.objects.filter(name=wanted.name, born=wanted.born)
    # Names are not unique: the first one is meant.
    author = same.order_by('id').first()
    if author is None:
        author = Author.objects.create(**wanted.model_dump())
    return author


def read(author: Author) -> AuthorRead:
    """Describe an author that came from here."""
    return AuthorRead.model_validate(author, from_attributes=True)


def _with_counts() -> QuerySet[Author]:
    return Author.objects.annotate(book_count=Count('books'))


def _update(author_id: int, fields: dict[str, object]) -> None:
    # An empty PATCH changes nothing, which the ORM does not allow to say.
    if fields:
        Author.objects.filter(pk=author_id).update(**fields)
