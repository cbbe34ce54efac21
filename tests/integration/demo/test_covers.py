"""Covers of the demo: files in forms, and files as answers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from library.models import Book, Cover
from tests.integration.demo.api import Api, error

_PNG = b'\x89PNG\r\n\x1a\n and some more'


def _file(
    content: bytes = _PNG,
    content_type: str = 'image/png',
) -> SimpleUploadedFile:
    return SimpleUploadedFile('road.png', content, content_type)


@pytest.fixture
def cover(book: Book) -> Cover:
    """Return a cover."""
    return Cover.objects.create(
        book=book,
        content=_PNG,
        content_type='image/png',
        alt_text='A road',
    )


def test_cover_is_uploaded(api: Api, book: Book) -> None:
    """A form brings a file and a text."""
    answer = api.upload(
        f'books/{book.pk}/cover/',
        {'cover': _file(), 'alt_text': 'A road'},
    )

    assert 200 == answer.status_code
    assert answer.data == {
        'book': book.pk,
        'alt_text': 'A road',
        'content_type': 'image/png',
        'size': len(_PNG),
    }
    assert _PNG == bytes(Cover.objects.get(book=book).content)


def test_cover_is_replaced(api: Api, cover: Cover) -> None:
    """A book has one cover."""
    answer = api.upload(
        f'books/{cover.book.pk}/cover/',
        {'cover': _file(b'JPEG', 'image/jpeg')},
    )

    assert 200 == answer.status_code
    assert answer.data == {
        'book': cover.book.pk,
        'alt_text': '',
        'content_type': 'image/jpeg',
        'size': 4,
    }


def test_cover_is_downloaded(api: Api, cover: Cover) -> None:
    """The file comes back as it was sent."""
    answer = api.get(f'books/{cover.book.pk}/cover/')

    assert (200, _PNG) == (answer.status_code, answer.content)
    assert 'image/png' == answer.headers['Content-Type']
    assert str(len(_PNG)) == answer.headers['Content-Length']
    assert 'Accept' not in answer.headers.get('Vary', '')


def test_cover_is_removed(api: Api, cover: Cover) -> None:
    """The book stays."""
    answer = api.send('DELETE', f'books/{cover.book.pk}/cover/')

    assert (204, b'') == (answer.status_code, answer.content)
    assert not Cover.objects.exists()
    assert Book.objects.exists()


def test_missing_cover_is_not_found(api: Api, book: Book) -> None:
    """Errors of a file endpoint are in the format of the API."""
    answer = api.get(f'books/{book.pk}/cover/')

    assert 404 == answer.status_code
    assert answer.data == error(f'Book {book.pk} has no cover', 'not_found')


@pytest.mark.parametrize(
    ('content', 'content_type', 'loc'),
    [
        (b'<svg/>', 'image/svg+xml', 'content_type'),
        (b'x' * 1_000_001, 'image/png', 'size'),
        (b'', 'image/png', 'size'),
    ],
)
def test_wrong_file_is_refused(
    api: Api,
    book: Book,
    content: bytes,
    content_type: str,
    loc: str,
) -> None:
    """Type and size are checked before anything is saved."""
    answer = api.upload(
        f'books/{book.pk}/cover/',
        {'cover': _file(content, content_type)},
    )

    assert 400 == answer.status_code
    assert [['parsed_file_metadata', 'cover', loc]] == [
        one['loc'] for one in answer.data['detail']
    ]
    assert not Cover.objects.exists()


def test_form_without_a_file_is_refused(api: Api, book: Book) -> None:
    """The answer names the missing file."""
    answer = api.upload(f'books/{book.pk}/cover/', {'alt_text': 'A road'})

    assert 400 == answer.status_code
    assert answer.data == error(
        'Field required',
        'value_error',
        'parsed_file_metadata',
        'cover',
    )


def test_json_is_no_form(api: Api, book: Book) -> None:
    """This endpoint takes forms only."""
    answer = api.send('PUT', f'books/{book.pk}/cover/', {'alt_text': 'A road'})

    assert 400 == answer.status_code
    assert answer.data == error(
        "Cannot parse request body with content type 'application/json', "
        "expected=['multipart/form-data']",
        'value_error',
    )
