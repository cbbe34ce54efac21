"""Books of the demo: filters, nested bodies, ETags."""

from typing import Any

import msgspec
import pytest
from django.utils import timezone

from library.models import Author, Book, Branch, Copy, Genre, Loan, Member
from tests.integration.demo.api import Api, error, page


def _titles(api: Api, query: str) -> list[str]:
    answer = api.get(f'books/?{query}')
    assert 200 == answer.status_code, answer.data
    return [one['title'] for one in answer.data['page']['object_list']]


@pytest.fixture
def lent(copy: Copy, member: Member) -> Copy:
    """Return a copy that a member has."""
    today = timezone.localdate()
    Loan.objects.create(copy=copy, member=member, lent_on=today, due_on=today)
    return copy


@pytest.fixture
def other(author: Author) -> Book:
    """Return a second book, which has a copy on the shelf."""
    writer = Author.objects.create(name='Onni Lehtonen')
    other = Book.objects.create(
        title='Drizzle Songs',
        author=writer,
        genre=Genre.POETRY,
        published=1988,
    )
    Copy.objects.create(book=other, barcode='LIB-7', branch=Branch.HILL)
    return other


def test_books_are_listed(api: Api, lent: Copy) -> None:
    """Lists say how many copies are on the shelf."""
    answer = api.get('books/')

    assert 200 == answer.status_code
    assert answer.data == page(
        {
            'id': lent.book.pk,
            'title': 'The Salt Road',
            'author': {'id': lent.book.author.pk, 'name': 'Ines Okafor'},
            'genre': 'travel',
            'published': 2024,
            'copies': 1,
            'available': 0,
        },
    )


def test_returned_copies_are_available(api: Api, lent: Copy) -> None:
    """Loans of the past do not count, however many there are."""
    Loan.objects.update(returned_on=timezone.localdate())
    Loan.objects.create(
        copy=lent,
        member=Member.objects.get(),
        lent_on=timezone.localdate(),
        due_on=timezone.localdate(),
        returned_on=timezone.localdate(),
    )

    answer = api.get('books/')

    book = answer.data['page']['object_list'][0]
    assert (1, 1) == (book['copies'], book['available'])


@pytest.mark.parametrize(
    ('query', 'titles'),
    [
        ('', ['Drizzle Songs', 'The Salt Road']),
        ('order=-title', ['The Salt Road', 'Drizzle Songs']),
        ('order=published', ['Drizzle Songs', 'The Salt Road']),
        ('search=salt', ['The Salt Road']),
        ('search=lehto', ['Drizzle Songs']),
        ('genre=poetry', ['Drizzle Songs']),
        ('genre=poetry&genre=travel', ['Drizzle Songs', 'The Salt Road']),
        ('published_from=2000', ['The Salt Road']),
        ('published_until=2000', ['Drizzle Songs']),
        ('available=true', ['Drizzle Songs']),
        ('available=false', ['The Salt Road']),
        ('genre=poetry&search=salt', []),
        ('page_size=1&page=2', ['The Salt Road']),
    ],
)
def test_books_are_filtered(
    api: Api,
    lent: Copy,
    other: Book,
    query: str,
    titles: list[str],
) -> None:
    """Filters have to match together, values of one filter are choices."""
    assert titles == _titles(api, query)


def test_books_are_filtered_by_author(
    api: Api,
    book: Book,
    other: Book,
) -> None:
    """The filter takes the id of the author."""
    assert ['Drizzle Songs'] == _titles(api, f'author={other.author.pk}')


@pytest.mark.parametrize(
    ('query', 'loc'),
    [
        ('genre=cookery', ['parsed_query', 'genre', '0']),
        ('page=0', ['parsed_query', 'page']),
        ('page_size=101', ['parsed_query', 'page_size']),
        ('available=perhaps', ['parsed_query', 'available']),
        ('order=isbn', ['parsed_query', 'order']),
    ],
)
def test_wrong_filters_are_refused(api: Api, query: str, loc: Any) -> None:
    """The answer names the filter."""
    answer = api.get(f'books/?{query}')

    assert 400 == answer.status_code
    assert [loc] == [one['loc'] for one in answer.data['detail']]


def test_book_comes_with_author_and_copies(api: Api) -> None:
    """One request makes three kinds of things."""
    answer = api.send(
        'POST',
        'books/',
        {
            'title': 'A Map of Small Rivers',
            'isbn': '978-0-306-40615-7',
            'author': {'name': 'Ines Okafor', 'country': 'Portugal'},
            'genre': 'poetry',
            'published': 2019,
            'copies': [{'branch': 'harbour'}, {}],
        },
    )

    book = Book.objects.get()
    first, second = book.copies.all()
    assert 201 == answer.status_code
    assert answer.data == {
        'id': book.pk,
        'title': 'A Map of Small Rivers',
        'isbn': '9780306406157',
        'author': {'id': book.author.pk, 'name': 'Ines Okafor'},
        'genre': 'poetry',
        'published': 2019,
        'pages': None,
        'has_cover': False,
        'copies': [
            {'barcode': first.barcode, 'branch': 'harbour', 'is_lent': False},
            {'barcode': second.barcode, 'branch': 'central', 'is_lent': False},
        ],
    }


def test_known_author_is_not_added_again(api: Api, author: Author) -> None:
    """An author is known by id, or by name and year."""
    book = {'title': 'Fog Songs', 'genre': 'poetry', 'published': 2001}

    answers = [
        api.send('POST', 'books/', {**book, 'author': author.pk}),
        api.send(
            'POST',
            'books/',
            {**book, 'author': {'name': 'Ines Okafor', 'born': 1971}},
        ),
    ]

    assert [(201, author.pk)] * 2 == [
        (answer.status_code, answer.data['author']['id']) for answer in answers
    ]


def test_authors_with_one_name_do_not_get_in_the_way(
    api: Api,
    author: Author,
) -> None:
    """The first of them has written the book."""
    Author.objects.create(name='Ines Okafor', born=1971)

    answer = api.send(
        'POST',
        'books/',
        {
            'title': 'Fog Songs',
            'author': {'name': 'Ines Okafor', 'born': 1971},
            'genre': 'poetry',
            'published': 2001,
        },
    )

    assert (201, author.pk) == (answer.status_code, answer.data['author']['id'])


def test_refused_change_leaves_no_author_behind(api: Api, book: Book) -> None:
    """All of a change happens, or nothing."""
    other = Book.objects.create(
        title='Other',
        author=book.author,
        genre=Genre.POETRY,
        published=2001,
    )

    answer = api.send(
        'PATCH',
        f'books/{other.pk}/',
        {'author': {'name': 'New'}, 'isbn': book.isbn},
    )

    assert 409 == answer.status_code
    assert not Author.objects.filter(name='New').exists()


def test_unknown_author_of_a_book_is_not_found(api: Api) -> None:
    """The answer points to the field."""
    answer = api.send(
        'POST',
        'books/',
        {'title': 'T', 'author': 7, 'genre': 'poetry', 'published': 2001},
    )

    assert 404 == answer.status_code
    assert answer.data == error(
        'There is no author 7',
        'not_found',
        'parsed_body',
        'author',
    )
    assert not Book.objects.exists()


def test_isbn_of_another_book_is_a_conflict(api: Api, book: Book) -> None:
    """The answer points to the field, nothing is saved."""
    answer = api.send(
        'POST',
        'books/',
        {
            'title': 'T',
            'isbn': book.isbn,
            'author': {'name': 'New'},
            'genre': 'poetry',
            'published': 2001,
        },
    )

    assert 409 == answer.status_code
    assert answer.data == error(
        'Another book has the ISBN 9780306406157',
        'user_msg',
        'parsed_body',
        'isbn',
    )
    assert not Author.objects.filter(name='New').exists()


def test_mistyped_isbn_is_refused(api: Api, book: Book) -> None:
    """The check digit finds it."""
    answer = api.send('PATCH', f'books/{book.pk}/', {'isbn': '9780306406158'})

    assert 400 == answer.status_code
    assert answer.data == error(
        'Value error, The last digit of the ISBN does not match',
        'value_error',
        'parsed_body',
        'isbn',
    )


def test_book_is_shown(api: Api, lent: Copy) -> None:
    """The answer has everything that belongs to the book."""
    answer = api.get(f'books/{lent.book.pk}/')

    assert 200 == answer.status_code
    assert f'"{lent.book.pk}-1"' == answer.headers['ETag']
    assert answer.data == {
        'id': lent.book.pk,
        'title': 'The Salt Road',
        'isbn': '9780306406157',
        'author': {'id': lent.book.author.pk, 'name': 'Ines Okafor'},
        'genre': 'travel',
        'published': 2024,
        'pages': 320,
        'has_cover': False,
        'copies': [
            {'barcode': 'LIB-000042', 'branch': 'hill', 'is_lent': True},
        ],
    }


def test_put_replaces_all_but_the_copies(api: Api, copy: Copy) -> None:
    """What is not sent gets its default."""
    answer = api.send(
        'PUT',
        f'books/{copy.book.pk}/',
        {
            'title': 'The Silk Road',
            'author': copy.book.author.pk,
            'genre': 'history',
            'published': 2025,
        },
    )

    assert 200 == answer.status_code
    assert answer.data == {
        'id': copy.book.pk,
        'title': 'The Silk Road',
        'isbn': None,
        'author': {'id': copy.book.author.pk, 'name': 'Ines Okafor'},
        'genre': 'history',
        'published': 2025,
        'pages': None,
        'has_cover': False,
        'copies': [
            {'barcode': 'LIB-000042', 'branch': 'hill', 'is_lent': False},
        ],
    }


def test_change_with_the_current_etag_is_made(api: Api, book: Book) -> None:
    """One of several has to match; each change gives a new ETag."""
    etag = api.get(f'books/{book.pk}/').headers['ETag']

    answer = api.send(
        'PATCH',
        f'books/{book.pk}/',
        {'title': 'The Amber Road'},
        if_match=f'"some-other", {etag}',
    )

    assert 200 == answer.status_code
    assert f'"{book.pk}-2"' == answer.headers['ETag']
    assert 'The Amber Road' == answer.data['title']


@pytest.mark.parametrize('method', ['PUT', 'PATCH'])
def test_change_with_an_old_etag_is_refused(
    api: Api,
    book: Book,
    method: str,
) -> None:
    """Nobody overwrites what they have not seen."""
    old = api.get(f'books/{book.pk}/').headers['ETag']
    api.send('PATCH', f'books/{book.pk}/', {'pages': 321})

    answer = api.send(
        method,
        f'books/{book.pk}/',
        {
            'title': 'Mine',
            'author': book.author.pk,
            'genre': 'travel',
            'published': 2024,
        },
        if_match=old,
    )

    assert 412 == answer.status_code
    assert answer.data == error(
        "'The Salt Road' has changed, read it again",
        'user_msg',
        'parsed_headers',
        'If-Match',
    )


def test_book_is_removed_with_its_copies(api: Api, copy: Copy) -> None:
    """Copies that were never lent go with the book."""
    answer = api.send('DELETE', f'books/{copy.book.pk}/')

    assert (204, b'') == (answer.status_code, answer.content)
    assert not Copy.objects.exists()


def test_book_that_was_lent_stays(api: Api, lent: Copy) -> None:
    """Loans are history, which is kept."""
    answer = api.send('DELETE', f'books/{lent.book.pk}/')

    assert 409 == answer.status_code
    assert answer.data == error(
        "Copies of 'The Salt Road' have been lent, it has to stay.",
        'user_msg',
    )


def test_unknown_book_is_not_found(api: Api) -> None:
    """All methods answer 404 for a book that there is not."""
    answers = [
        api.get('books/7/'),
        api.send('PATCH', 'books/7/', {'title': 'T'}),
        api.send('DELETE', 'books/7/'),
        api.get('books/7/copies/'),
        api.send('POST', 'books/7/copies/', {}),
    ]

    assert [(404, error('There is no book 7', 'not_found'))] * 5 == [
        (answer.status_code, answer.data) for answer in answers
    ]


def test_books_speak_messagepack(api: Api, author: Author) -> None:
    """Both directions are negotiated, the data are the same."""
    answer = api.send(
        'POST',
        'books/',
        msgspec.msgpack.encode(
            {
                'title': 'Thinking about Tides',
                'author': author.pk,
                'genre': 'science',
                'published': 1998,
            },
        ),
        content_type='application/msgpack',
        accept='application/msgpack',
    )

    assert 201 == answer.status_code
    assert 'application/msgpack' == answer.headers['Content-Type']
    assert 'Thinking about Tides' == answer.data['title']


def test_errors_speak_messagepack(api: Api) -> None:
    """Errors come in the format that was asked for."""
    answer = api.get('books/7/', accept='application/msgpack')

    assert 404 == answer.status_code
    assert 'application/msgpack' == answer.headers['Content-Type']
    assert answer.data == error('There is no book 7', 'not_found')


def test_copies_are_listed(api: Api, lent: Copy) -> None:
    """Each copy says whether somebody has it."""
    answer = api.get(f'books/{lent.book.pk}/copies/')

    assert 200 == answer.status_code
    assert answer.data == [
        {'barcode': 'LIB-000042', 'branch': 'hill', 'is_lent': True},
    ]


def test_copy_is_added(api: Api, book: Book) -> None:
    """The library gives out the barcodes."""
    answer = api.send('POST', f'books/{book.pk}/copies/', {'branch': 'hill'})

    copy = Copy.objects.get()
    assert 201 == answer.status_code
    assert answer.data == {
        'barcode': f'LIB-{copy.pk:06}',
        'branch': 'hill',
        'is_lent': False,
    }


def test_copy_is_removed(api: Api, copy: Copy) -> None:
    """A copy that was never lent can go."""
    answer = api.send('DELETE', f'copies/{copy.barcode}/')

    assert (204, b'') == (answer.status_code, answer.content)
    assert not Copy.objects.exists()


def test_copy_that_was_lent_stays(api: Api, lent: Copy) -> None:
    """Loans are history, which is kept."""
    answer = api.send('DELETE', f'copies/{lent.barcode}/')

    assert 409 == answer.status_code
    assert answer.data == error(
        'LIB-000042 has been lent, it has to stay.',
        'user_msg',
    )


def test_unknown_copy_is_not_found(api: Api) -> None:
    """Barcodes are compared exactly."""
    answer = api.send('DELETE', 'copies/LIB-1/')

    assert 404 == answer.status_code
    assert answer.data == error('There is no copy LIB-1', 'not_found')
