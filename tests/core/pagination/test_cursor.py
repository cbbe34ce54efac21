"""Pages by cursor miss nothing and repeat nothing."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import pytest
from django.contrib.auth.models import Permission, User
from django.core import signing
from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Lower
from django.test.utils import CaptureQueriesContext

from dmr.pagination import CursorPaginator, InvalidCursorError

pytestmark = pytest.mark.django_db

_LOGINS: Final = [
    None,
    dt.datetime(2026, 1, 1, 12, 0, 0, 1, tzinfo=dt.UTC),
    dt.datetime(2026, 1, 1, 12, 0, 0, 2, tzinfo=dt.UTC),
    dt.datetime(2026, 1, 1, 12, 0, 0, 2, tzinfo=dt.UTC),
    None,
]


def _user(number: int, **fields: Any) -> User:
    return User.objects.create(username=f'user-{number:02}', **fields)


@pytest.fixture
def users() -> list[User]:
    """Return users, some of whom have never logged in."""
    return [
        _user(number, last_login=login, first_name=f'|-|{number % 2}')
        for number, login in enumerate(_LOGINS)
    ]


def _walk(queryset: 'QuerySet[Any]', per_page: int) -> list[list[int]]:
    """Return the primary keys of all pages."""
    paginator = CursorPaginator(queryset, per_page)
    pages: list[list[int]] = []
    cursor: str | None = None
    while True:
        page = paginator.page(cursor)
        pages.append([one.pk for one in page.objects_list])
        cursor = page.next_cursor
        if cursor is None:
            return pages


def _flat(pages: Sequence[Sequence[int]]) -> list[int]:
    return [one for page in pages for one in page]


@pytest.mark.parametrize('per_page', [1, 2, 3, 4, 5, 6])
@pytest.mark.parametrize(
    'order',
    [
        (),
        ('pk',),
        ('-pk',),
        ('username',),
        ('-username',),
        ('last_login',),
        ('-last_login',),
        ('first_name', '-last_login'),
        ('-first_name', 'last_login', '-pk'),
        (F('last_login').asc(nulls_last=True),),
        (F('last_login').desc(nulls_first=True), 'first_name'),
    ],
)
def test_pages_have_each_row_once(
    users: list[User],
    order: tuple[Any, ...],
    per_page: int,
) -> None:
    """In the order of one large page, ``NULL`` included."""
    queryset = User.objects.order_by(*order)

    pages = _walk(queryset, per_page)

    assert _flat(pages) == _flat(_walk(queryset, 100))
    assert sorted(_flat(pages)) == sorted(user.pk for user in users)
    assert [len(page) for page in pages[:-1]] == [per_page] * (len(pages) - 1)
    assert pages[-1]


@pytest.mark.parametrize('order', [('username',), ('-last_login', 'pk')])
def test_order_is_that_of_the_queryset(
    users: list[User],
    order: tuple[str, ...],
) -> None:
    """The primary key only decides between equal rows."""
    queryset = User.objects.filter(last_login__isnull=False).order_by(*order)

    assert _flat(_walk(queryset, 2)) == [one.pk for one in queryset]


def test_reversed_queryset_is_walked_backwards(users: list[User]) -> None:
    """All columns are turned round."""
    queryset = User.objects.order_by('first_name', '-last_login', 'pk')

    backwards = _flat(_walk(queryset.reverse(), 2))

    assert backwards == _flat(_walk(queryset, 2))[::-1]


def test_order_of_the_model_is_followed_through_relations() -> None:
    """That of permissions begins with their content type."""
    expected = [one.pk for one in Permission.objects.all()]

    pages = _walk(Permission.objects.all(), 7)

    assert len(expected) > 7
    assert _flat(pages) == expected


def test_full_last_page_has_no_cursor(users: list[User]) -> None:
    """Clients do not fetch an empty page."""
    pages = _walk(User.objects.all(), 5)

    assert [len(page) for page in pages] == [5]


def test_no_rows_are_an_empty_page() -> None:
    """There is nothing after it."""
    page = CursorPaginator(User.objects.all(), 2).page()

    assert (page.next_cursor, page.objects_list) == (None, [])


def test_inserts_and_deletions_move_nothing(users: list[User]) -> None:
    """Between two pages other rows come and go."""
    paginator = CursorPaginator(User.objects.order_by('username'), 2)
    first = paginator.page()

    User.objects.create(username='a-new-one')
    users[1].delete()
    rest = paginator.page(first.next_cursor)

    assert [one.username for one in rest.objects_list] == [
        'user-02',
        'user-03',
    ]


@pytest.mark.parametrize(
    'queryset',
    [User.objects.order_by('last_login'), User.objects.only('username')],
)
def test_page_is_one_query(
    users: list[User],
    queryset: 'QuerySet[User]',
) -> None:
    """Deferred columns of the order are not fetched one by one."""
    paginator = CursorPaginator(queryset.all(), 2)
    cursor = paginator.page().next_cursor

    with CaptureQueriesContext(connection) as queries:
        paginator.page(cursor)

    assert len(queries) == 1


@pytest.mark.django_db(transaction=True)
async def test_async_pages_are_the_same() -> None:
    """Without a sync query anywhere."""
    for number in range(3):
        await User.objects.acreate(username=str(number))
    paginator = CursorPaginator(User.objects.only('email').order_by('pk'), 2)

    first = await paginator.apage()
    last = await paginator.apage(first.next_cursor)

    assert [len(first.objects_list), len(last.objects_list)] == [2, 1]
    assert last.next_cursor is None


def _cursor(queryset: 'QuerySet[Any]') -> str:
    found = CursorPaginator(queryset, 1).page().next_cursor
    assert found is not None
    return found


def test_cursor_is_opaque(users: list[User]) -> None:
    """Without the secret key nobody makes one."""
    cursor = _cursor(User.objects.order_by('pk'))

    with pytest.raises(signing.BadSignature):
        signing.loads(cursor)


@pytest.mark.parametrize(
    'cursor',
    ['', 'x', 'a:b:c', 'é', '\0', 'x' * 100_000, '1|-|2'],
)
def test_foreign_cursor_is_refused(cursor: str) -> None:
    """Whatever it is."""
    with pytest.raises(InvalidCursorError):
        CursorPaginator(User.objects.all(), 1).page(cursor)


@pytest.mark.parametrize('position', [0, 5, -5, -1])
def test_changed_cursor_is_refused(users: list[User], position: int) -> None:
    """One letter is enough."""
    letters = [*_cursor(User.objects.order_by('pk'))]
    letters[position] = 'A' if letters[position] != 'A' else 'B'

    with pytest.raises(InvalidCursorError):
        CursorPaginator(User.objects.order_by('pk'), 1).page(''.join(letters))


@pytest.mark.parametrize(
    'other',
    [
        User.objects.order_by('-pk'),
        User.objects.order_by('username'),
        Permission.objects.order_by('pk'),
    ],
)
def test_cursor_of_another_order_is_refused(
    users: list[User],
    other: 'QuerySet[Any]',
) -> None:
    """It would mean something else there."""
    cursor = _cursor(User.objects.order_by('pk'))

    with pytest.raises(InvalidCursorError):
        CursorPaginator(other.all(), 1).page(cursor)


@pytest.mark.parametrize('order', ['?', Lower('username'), 'groups', 'odd'])
def test_order_without_fields_is_refused(order: Any) -> None:
    """There is no way to say what comes after a row."""
    queryset = User.objects.all()
    queryset.query.order_by = (order,)

    with pytest.raises(ValueError, match='cannot be paged'):
        CursorPaginator(queryset, 1)


def test_page_has_at_least_one_row() -> None:
    """Else nobody would come to the end."""
    with pytest.raises(ValueError, match='per_page'):
        CursorPaginator(User.objects.all(), 0)


def test_cursor_can_be_written_differently(users: list[User]) -> None:
    """By a pair of functions."""
    paginator = CursorPaginator(
        User.objects.order_by('pk'),
        2,
        cursor_encoder=lambda values: '~'.join(one or '' for one in values),
        cursor_decoder=lambda cursor: cursor.split('~'),
    )
    first = paginator.page()

    last = paginator.page(str(users[2].pk))

    assert first.next_cursor == str(users[1].pk)
    assert [one.pk for one in last.objects_list] == [
        users[3].pk,
        users[4].pk,
    ]
