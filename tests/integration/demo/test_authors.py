"""Authors of the demo, written with pydantic."""

from library.models import Author, Book
from tests.integration.demo.api import Api, error, page


def test_authors_are_listed(api: Api, book: Book) -> None:
    """A list is a page, each author has the number of books."""
    answer = api.get('authors/')

    assert 200 == answer.status_code
    assert answer.data == page(
        {
            'id': book.author.pk,
            'name': 'Ines Okafor',
            'born': 1971,
            'country': 'Portugal',
            'book_count': 1,
        },
    )


def test_authors_are_filtered(api: Api, author: Author) -> None:
    """Filters have to match together."""
    Author.objects.create(name='Ines Berg', country='Sweden')

    answer = api.get('authors/?search=INES&country=Sweden&page_size=5')

    assert ['Ines Berg'] == [
        one['name'] for one in answer.data['page']['object_list']
    ]


def test_missing_page_is_not_found(api: Api, author: Author) -> None:
    """There is no second page of one author."""
    answer = api.get('authors/?page=2')

    assert 404 == answer.status_code
    assert answer.data == error(
        'The last page is 1',
        'not_found',
        'parsed_query',
        'page',
    )


def test_author_is_added(api: Api) -> None:
    """Surrounding spaces are no part of the name."""
    answer = api.send('POST', 'authors/', {'name': ' Aino Niemi '})

    author = Author.objects.get()
    assert 201 == answer.status_code
    assert answer.data == {
        'id': author.pk,
        'name': 'Aino Niemi',
        'born': None,
        'country': '',
        'book_count': 0,
    }


def test_author_is_shown(api: Api, author: Author) -> None:
    """The answer has all fields."""
    answer = api.get(f'authors/{author.pk}/')

    assert 200 == answer.status_code
    assert answer.data == {
        'id': author.pk,
        'name': 'Ines Okafor',
        'born': 1971,
        'country': 'Portugal',
        'book_count': 0,
    }


def test_put_replaces_all_fields(api: Api, author: Author) -> None:
    """What is not sent gets its default."""
    answer = api.send('PUT', f'authors/{author.pk}/', {'name': 'Ines O.'})

    assert 200 == answer.status_code
    assert answer.data == {
        'id': author.pk,
        'name': 'Ines O.',
        'born': None,
        'country': '',
        'book_count': 0,
    }


def test_patch_keeps_what_is_not_sent(api: Api, author: Author) -> None:
    """Null is a value, a missing field is none."""
    answer = api.send('PATCH', f'authors/{author.pk}/', {'born': None})

    assert 200 == answer.status_code
    assert answer.data == {
        'id': author.pk,
        'name': 'Ines Okafor',
        'born': None,
        'country': 'Portugal',
        'book_count': 0,
    }


def test_empty_patch_changes_nothing(api: Api, author: Author) -> None:
    """An empty object is a valid patch."""
    answer = api.send('PATCH', f'authors/{author.pk}/', {})

    assert 200 == answer.status_code
    assert 'Ines Okafor' == answer.data['name']


def test_author_is_removed(api: Api, author: Author) -> None:
    """The answer has no body."""
    answer = api.send('DELETE', f'authors/{author.pk}/')

    assert (204, b'') == (answer.status_code, answer.content)
    assert not Author.objects.exists()


def test_author_with_books_stays(api: Api, book: Book) -> None:
    """The catalogue has no books without an author."""
    answer = api.send('DELETE', f'authors/{book.author.pk}/')

    assert 409 == answer.status_code
    assert answer.data == error(
        'There are still books by Ines Okafor. Remove them first.',
        'user_msg',
    )


def test_unknown_author_is_not_found(api: Api) -> None:
    """All methods answer 404 for an author that there is not."""
    wanted = error('There is no author 7', 'not_found')

    answers = [
        api.get('authors/7/'),
        api.send('PUT', 'authors/7/', {'name': 'Nobody'}),
        api.send('PATCH', 'authors/7/', {'name': 'Nobody'}),
        api.send('DELETE', 'authors/7/'),
    ]

    assert [(404, wanted)] * 4 == [
        (answer.status_code, answer.data) for answer in answers
    ]


def test_all_mistakes_are_named(api: Api) -> None:
    """One answer has the errors of all fields."""
    answer = api.send('POST', 'authors/', {'name': ' ', 'born': 'long ago'})

    assert 400 == answer.status_code
    assert [['parsed_body', 'name'], ['parsed_body', 'born']] == [
        one['loc'] for one in answer.data['detail']
    ]


def test_too_large_number_is_refused(api: Api) -> None:
    """Numbers that the database cannot have do not get there."""
    answer = api.get(f'authors/{2**63}/')

    assert 400 == answer.status_code
    assert ['parsed_path', 'author_id'] == answer.data['detail'][0]['loc']
