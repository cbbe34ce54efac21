"""Passwords are checked without telling who exists."""

from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.http import HttpRequest
from django.test import override_settings
from typing_extensions import override

from dmr.security.users import (
    check_credentials,
    check_credentials_async,
    find_user,
    find_user_async,
    request_user,
    request_user_async,
    set_request_user,
)
from tests.core.security.asking import PASSWORD, make_user

pytestmark = pytest.mark.django_db

both_checks = pytest.mark.parametrize(
    'check',
    [check_credentials, async_to_sync(check_credentials_async)],
    ids=['sync', 'async'],
)
both_finds = pytest.mark.parametrize(
    'find',
    [find_user, async_to_sync(find_user_async)],
    ids=['sync', 'async'],
)


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed, which is what takes time."""

    algorithm = 'counting'
    calls = 0

    @override
    def encode(self, password: str, salt: Any) -> str:
        type(self).calls += 1
        return super().encode(password, salt)


@both_checks
def test_right_password_finds_the_user(check: Any) -> None:
    """The user comes back."""
    user = make_user()

    found = check(HttpRequest(), {'username': 'ada', 'password': PASSWORD})

    assert user == found


@both_checks
@pytest.mark.parametrize(
    ('username', 'password'),
    [
        ('ada', 'wrong'),
        ('ada', ''),
        ('', ''),
        ('nobody', PASSWORD),
        ('ada\x00', PASSWORD),
        ('ada', f'{PASSWORD}\x00'),
        ('ada\ud800', PASSWORD),
        ('ada', '\udfff'),
        ('a' * 100_000, 'b' * 100_000),
        ('gone', PASSWORD),
    ],
)
def test_everything_else_finds_nobody(
    check: Any,
    username: str,
    password: str,
) -> None:
    """No text is an error, inactive users are nobody."""
    make_user()
    make_user('gone', is_active=False)

    found = check(HttpRequest(), {'username': username, 'password': password})

    assert found is None


@both_checks
@pytest.mark.parametrize('username', ['ada', 'nobody', 'no\x00body', '\ud800'])
def test_each_failure_hashes_once(check: Any, username: str) -> None:
    """A missing user takes as long as a wrong password."""
    hasher = f'{__name__}.{CountingHasher.__qualname__}'
    with override_settings(PASSWORD_HASHERS=[hasher]):
        make_user()
        CountingHasher.calls = 0

        check(HttpRequest(), {'username': username, 'password': 'wrong'})

    # The module is imported by its dotted name a second time for the setting.
    assert 1 == _calls(hasher)


def _calls(hasher: str) -> int:
    from django.utils.module_loading import import_string  # noqa: PLC0415

    counting: type[CountingHasher] = import_string(hasher)
    return counting.calls


@both_finds
def test_user_is_found_by_any_field(find: Any) -> None:
    """Claims are text, fields need not be."""
    user = make_user(email='ada@example.com')

    assert [user] * 3 == [
        find('pk', str(user.pk)),
        find('username', 'ada'),
        find('email', 'ada@example.com'),
    ]


@both_finds
@pytest.mark.parametrize(
    'claim',
    ['', 'abc', '0', '-1', '1.5', '9' * 30, '9' * 5000, '1\x00', '\ud800'],
)
def test_impossible_claims_are_nobody(find: Any, claim: str) -> None:
    """No value reaches the database that cannot be in the field."""
    make_user()

    assert find('pk', claim) is None


@both_finds
def test_ambiguous_claims_are_nobody(find: Any) -> None:
    """A field that is not unique does not identify anybody."""
    make_user('ada', email='same@example.com')
    make_user('bob', email='same@example.com')

    assert find('email', 'same@example.com') is None


def test_broken_database_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is not the client's fault, so it is not answered as one."""

    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise DatabaseError('gone')

    monkeypatch.setattr(User._default_manager, 'get', fail)

    with pytest.raises(DatabaseError, match='gone'):
        find_user('pk', '1')


@both_finds
def test_lookups_across_tables_work(find: Any) -> None:
    """A field of another table identifies users as well."""
    user = make_user()
    user.groups.create(name='one')

    assert user == find('groups__name', 'one')


def test_request_has_the_user_that_was_set() -> None:
    """Sync and async code see the same user."""
    user = User(username='ada')
    request = HttpRequest()

    set_request_user(request, user)

    assert user is request_user(request)
    assert user is async_to_sync(request_user_async)(request)


def test_request_without_middleware_has_no_user() -> None:
    """Nothing is there to ask."""
    request = HttpRequest()

    assert request_user(request) is None
    assert async_to_sync(request_user_async)(request) is None
