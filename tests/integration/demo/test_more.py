"""The rest of the demo: search, statistics, preferences."""

import datetime as dt

import pytest

from library.models import Book, Copy, Loan, Member
from tests.integration.demo.api import Api, error

_SERIALIZERS = ('pydantic', 'pydantic-fast', 'msgspec')


@pytest.mark.parametrize('serializer', _SERIALIZERS)
def test_search_finds_books_and_authors(
    api: Api,
    book: Book,
    serializer: str,
) -> None:
    """Each serializer reads and writes the same models alike."""
    answer = api.get(f'search/{serializer}/?text=o')

    assert 200 == answer.status_code
    assert answer.data == {
        'text': 'o',
        'hits': [
            {'kind': 'book', 'id': book.pk, 'name': 'The Salt Road'},
            {'kind': 'author', 'id': book.author.pk, 'name': 'Ines Okafor'},
        ],
    }


def test_serializers_write_the_same_bytes(api: Api, book: Book) -> None:
    """Which one it is cannot be seen from outside."""
    answers = {
        api.get(f'search/{serializer}/?text=salt').content
        for serializer in _SERIALIZERS
    }

    assert 1 == len(answers)


@pytest.mark.parametrize('serializer', _SERIALIZERS)
def test_search_without_hits_is_not_found(api: Api, serializer: str) -> None:
    """The answer points to the parameter."""
    answer = api.get(f'search/{serializer}/?text=o')

    assert 404 == answer.status_code
    assert answer.data == error(
        "Nothing has 'o' in its name",
        'not_found',
        'parsed_query',
        'text',
    )


@pytest.mark.parametrize('serializer', _SERIALIZERS)
def test_wrong_search_is_refused(api: Api, serializer: str) -> None:
    """The place of the mistake is the same, the words are not."""
    answer = api.get(f'search/{serializer}/?text=o&among=films')

    assert 400 == answer.status_code
    assert [['parsed_query', 'among']] == [
        one['loc'] for one in answer.data['detail']
    ]


def test_statistics_count_everything(
    api: Api,
    copy: Copy,
    member: Member,
) -> None:
    """Branches without copies are there, too."""
    Loan.objects.create(
        copy=copy,
        member=member,
        lent_on=dt.date(2020, 1, 1),
        due_on=dt.date(2020, 1, 29),
    )

    answer = api.get('statistics/')

    assert 200 == answer.status_code
    assert answer.data == {
        'books': 1,
        'copies': 1,
        'members': 1,
        'open_loans': 1,
        'overdue_loans': 1,
        'copies_by_branch': {
            'Central library': 0,
            'Harbour branch': 0,
            'Hill branch': 1,
        },
        'most_wanted': [{'title': 'The Salt Road', 'loans': 1}],
    }


def test_statistics_are_json_only(api: Api) -> None:
    """The fast serializer knows nothing else, the client is told."""
    answer = api.get('statistics/', accept='application/msgpack')

    assert 406 == answer.status_code
    assert answer.data == error(
        'Cannot serialize response body with accepted types '
        "[<MediaType: application/msgpack>], supported=['application/json']",
        'value_error',
    )


@pytest.mark.parametrize(
    ('content_type', 'body'),
    [
        ('application/x-www-form-urlencoded', b'branch=hill'),
        ('application/json', b'{"branch": "hill"}'),
    ],
)
def test_preferences_become_a_cookie(
    api: Api,
    content_type: str,
    body: bytes,
) -> None:
    """A form does, and JSON does; the next request brings the cookie."""
    answer = api.send('PUT', 'preferences/', body, content_type=content_type)

    assert (200, {'branch': 'hill'}) == (answer.status_code, answer.data)
    assert {'branch': 'hill'} == api.get('preferences/').data


def test_preferences_have_a_default(api: Api) -> None:
    """Who has never sent the form goes to the central library."""
    answer = api.get('preferences/')

    assert (200, {'branch': 'central'}) == (answer.status_code, answer.data)


def test_wrong_cookie_is_refused(api: Api) -> None:
    """Cookies are checked as everything that clients send."""
    answer = api.get('preferences/', cookie='library_branch=moon')

    assert 400 == answer.status_code
    assert [['parsed_cookies', 'library_branch']] == [
        one['loc'] for one in answer.data['detail']
    ]


def test_wrong_preference_is_refused(api: Api) -> None:
    """Nothing is remembered."""
    answer = api.send('PUT', 'preferences/', {'branch': 'moon'})

    assert 400 == answer.status_code
    assert ['parsed_body', 'branch'] == answer.data['detail'][0]['loc']
    assert {'branch': 'central'} == api.get('preferences/').data
