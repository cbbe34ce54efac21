"""Too many queries are noticed, and who has made them."""

import inspect
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from asgiref.sync import sync_to_async
from django.contrib.auth.models import Group, Permission, User
from django.db import transaction
from django.urls import path

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.test import DMRAsyncClient, DMRClient, max_queries

_HERE: Final = Path(__file__).relative_to(Path.cwd())


class _Members(Controller[PydanticSerializer]):
    """Makes one query for the users, and one for each of them."""

    def get(self) -> list[int]:
        return [user.groups.count() for user in User.objects.all()]


class _AsyncMembers(Controller[PydanticSerializer]):
    """The same without blocking."""

    async def get(self) -> list[int]:
        return [await user.groups.acount() async for user in User.objects.all()]


urlpatterns = [
    path('members/', _Members.as_view()),
    path('async-members/', _AsyncMembers.as_view()),
]

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def _line(code: str, source: Any) -> str:
    """Return where *code* stands in the source of an object."""
    lines, start = inspect.getsourcelines(source)
    (offset,) = (i for i, line in enumerate(lines) if code in line)
    return f'{_HERE}:{start + offset}'


@pytest.fixture
def users() -> list[User]:
    """Return three users."""
    return [
        User.objects.create_user(name, password=None)
        for name in ('ada', 'bob', 'eve')
    ]


def test_enough_queries_are_allowed() -> None:
    """The limit is part of what is allowed; they can be looked at."""
    with max_queries(2) as made:
        User.objects.count()
        Group.objects.count()

    assert ['default', 'default'] == [one.database for one in made.queries]
    assert [True, False] == ['auth_user' in one.sql for one in made.queries]


@pytest.mark.usefixtures('users')
def test_repeated_queries_are_named_first() -> None:
    """With how often, where and what."""
    with pytest.raises(AssertionError) as caught, max_queries(3):
        DMRClient().get('/members/')

    first, place, _sql, second = str(caught.value).splitlines()[:4]
    where = _line('user.groups.count()', _Members)
    assert '4 queries made, at most 3 allowed.' == first
    # Comprehensions are functions of their own before Python 3.12.
    assert place.startswith(f'3 times {where} in ')
    assert f'1 time {where} in get' == second


@pytest.mark.usefixtures('users')
@pytest.mark.django_db(transaction=True)
async def test_queries_of_async_code_are_counted() -> None:
    """They are made in another thread, for the line that awaits them."""
    with pytest.raises(AssertionError) as caught:
        async with max_queries(3):
            await DMRAsyncClient().get('/async-members/')

    first, place = str(caught.value).splitlines()[:2]
    where = _line('await user.groups.acount()', _AsyncMembers)
    assert '4 queries made, at most 3 allowed.' == first
    assert place.startswith(f'3 times {where} in ')


@pytest.mark.django_db(transaction=True)
async def test_queries_of_sync_functions_in_async_code_are_counted() -> None:
    """They are found where they are made."""

    def count() -> int:
        return User.objects.count()

    with pytest.raises(AssertionError, match=_line('objects.count()', count)):
        async with max_queries(0):
            await sync_to_async(count)()


@max_queries(1)
def test_tests_with_fixtures_can_be_decorated(users: list[User]) -> None:
    """Pytest sees their arguments, and fixtures may make more queries."""
    assert len(users) == User.objects.count()


@pytest.mark.django_db(transaction=True)
async def test_decorator_of_a_coroutine_function_waits_for_its_end() -> None:
    """The call alone makes no queries."""

    @max_queries(1)
    async def count(times: int) -> None:
        for _ in range(times):
            await User.objects.acount()

    await count(1)
    with pytest.raises(AssertionError, match='2 queries made, at most 1'):
        await count(2)


def test_each_call_of_a_decorated_function_counts_for_itself() -> None:
    """Nothing is carried over."""

    @max_queries(1)
    def count(times: int) -> None:
        for _ in range(times):
            User.objects.count()

    count(1)
    count(1)
    with pytest.raises(AssertionError, match='2 queries made, at most 1'):
        count(2)


def test_functions_that_call_themselves_count_for_themselves() -> None:
    """What the inner call has asked is part of the outer one."""

    @max_queries(2)
    def count(depth: int) -> None:
        User.objects.count()
        if depth:
            count(depth - 1)

    count(1)
    with pytest.raises(AssertionError, match='3 queries made, at most 2'):
        count(2)


def _generator() -> Iterator[None]:
    yield


async def _async_generator() -> AsyncIterator[None]:
    yield


class _TestCase:
    """Calling it runs no test."""


@pytest.mark.parametrize('later', [_generator, _async_generator, _TestCase])
def test_what_does_its_work_later_cannot_be_decorated(later: Any) -> None:
    """Nothing would be counted, without a word."""
    with pytest.raises(TypeError, match=r'^max_queries cannot .*`with`'):
        max_queries(1)(later)


def test_transactions_do_not_count() -> None:
    """Tests have savepoints where production has transactions."""
    with max_queries(0) as made, transaction.atomic(), transaction.atomic():
        pass

    assert [] == made.queries


def test_errors_of_the_test_come_first() -> None:
    """What has failed already is more interesting."""

    @max_queries(0)
    def fail() -> None:
        User.objects.count()
        raise KeyError

    with pytest.raises(KeyError):
        fail()


def test_nothing_is_counted_afterwards() -> None:
    """The guard is gone when its block is over."""
    with max_queries(0) as made:
        pass
    User.objects.count()

    assert [] == made.queries


def test_databases_can_be_chosen() -> None:
    """Others may be asked as often as needed."""
    with max_queries(0, using=[]) as made:
        User.objects.count()

    assert [] == made.queries


def test_long_statements_are_cut() -> None:
    """A message is to be read."""
    with pytest.raises(AssertionError) as caught, max_queries(0):
        list(Permission.objects.select_related('content_type').filter(pk=1))

    statement = str(caught.value).splitlines()[-1]
    assert re.fullmatch(r'    SELECT .{293}…', statement)
