"""Permissions: combined, asked after parsing, answered with 403."""

from http import HTTPStatus
from typing import Any, cast

import pytest
from django.contrib.auth.models import AnonymousUser, Permission, User
from django.test import override_settings
from typing_extensions import override

from dmr import Body, Controller, modify
from dmr.exceptions import EndpointMetadataError
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security import permissions as ours
from dmr.security.permissions import (
    AsyncPermission,
    HasPermissions,
    IsAuthenticated,
    IsStaff,
    IsSuperuser,
)
from dmr.security.users import set_request_user
from dmr.test import DMRRequestFactory
from tests.core.security.asking import ask, make_user, outcome

_FORBIDDEN = (
    403,
    {'detail': [{'msg': 'Permission denied', 'type': 'security'}]},
    None,
)


class _Says(ours.Permission):
    def __init__(self, answer: bool, asked: list[bool] | None = None) -> None:
        self.answer = answer
        self.asked = [] if asked is None else asked

    @override
    def allows(self, endpoint: Any, controller: Any, arguments: Any) -> bool:
        self.asked.append(self.answer)
        return self.answer


class _SaysLater(AsyncPermission):
    def __init__(self, answer: bool) -> None:
        self.answer = answer

    @override
    async def allows_async(
        self,
        endpoint: Any,
        controller: Any,
        arguments: Any,
    ) -> bool:
        return self.answer


class _IsOwn(ours.Permission):
    @override
    def allows(self, endpoint: Any, controller: Any, arguments: Any) -> bool:
        return bool(arguments['parsed_body']['owner'] == 'ada')


_yes, _no = _Says(True), _Says(False)


def _sync(*listed: ours.Permission) -> Any:
    class _Sync(Controller[PydanticSerializer]):
        permissions = listed

        def get(self) -> str:
            return 'done'

    return _Sync


def _async(*listed: ours.Permission) -> Any:
    class _Async(Controller[PydanticSerializer]):
        permissions = listed

        async def get(self) -> str:
            return 'done'

    return _Async


@pytest.mark.parametrize('make', [_sync, _async])
@pytest.mark.parametrize(
    ('permission', 'allowed'),
    [
        (_yes, True),
        (_no, False),
        (~_no, True),
        (~_yes, False),
        (_yes & _yes, True),
        (_yes & _no, False),
        (_no & _yes, False),
        (_no | _yes, True),
        (_yes | _no, True),
        (_no | _no, False),
        (_no | (_yes & ~_no), True),
        (~(_yes | _no) | _no, False),
    ],
)
def test_permissions_combine(
    make: Any,
    permission: ours.Permission,
    allowed: bool,
) -> None:
    """``&``, ``|`` and ``~`` mean what they mean elsewhere."""
    response = ask(make(permission))

    expected = (200, 'done', None) if allowed else _FORBIDDEN
    assert expected == outcome(response)


@pytest.mark.parametrize(
    ('permission', 'allowed'),
    [
        (_SaysLater(True), True),
        (_SaysLater(False), False),
        (_SaysLater(True) & _yes, True),
        (_no | ~_SaysLater(True), False),
    ],
)
def test_async_permissions_combine_with_all(
    permission: ours.Permission,
    allowed: bool,
) -> None:
    """A combination with an async part is async."""
    response = ask(_async(permission))

    expected = (200, 'done', None) if allowed else _FORBIDDEN
    assert expected == outcome(response)


def test_all_listed_permissions_must_allow() -> None:
    """One refusal is enough."""
    assert _FORBIDDEN == outcome(ask(_sync(_yes, _no)))


@pytest.mark.parametrize(
    ('permission', 'asked'),
    [
        (lambda seen: _Says(False, seen) & _Says(True, seen), [False]),
        (lambda seen: _Says(True, seen) | _Says(False, seen), [True]),
    ],
)
def test_decided_combinations_ask_no_more(
    permission: Any,
    asked: list[bool],
) -> None:
    """What comes behind the answer may be expensive."""
    seen: list[bool] = []

    ask(_sync(permission(seen)))

    assert asked == seen


@pytest.mark.parametrize(
    ('owner', 'expected'),
    [('ada', (201, 'done', None)), ('bob', _FORBIDDEN)],
)
def test_permissions_see_parsed_data(owner: str, expected: Any) -> None:
    """They run behind parsing, and get its result."""

    class _Owned(Controller[PydanticSerializer]):
        permissions = [_IsOwn()]

        def post(self, parsed_body: Body[dict[str, str]]) -> str:
            return 'done'

    assert expected == outcome(ask(_Owned, 'POST', {'owner': owner}))


def test_invalid_requests_are_told_so_first() -> None:
    """400 comes before 403."""

    class _Owned(Controller[PydanticSerializer]):
        permissions = [_IsOwn()]

        def post(self, parsed_body: Body[dict[str, str]]) -> str:
            raise AssertionError('must not be called')

    response = ask(_Owned, 'POST', {'owner': 1})

    assert 400 == response.status_code


def test_403_is_described() -> None:
    """Permissions know about responses like auths do."""
    spec = (
        _sync(_yes)
        .api_endpoints['GET']
        .metadata.responses[HTTPStatus.FORBIDDEN]
    )

    assert 'Raised when the user may not do this' == spec.description


def test_levels_are_joined() -> None:
    """Settings, controller and endpoint can all refuse."""
    with override_settings(DMR_SETTINGS={'permissions': [_yes]}):

        class _Levels(Controller[PydanticSerializer]):
            permissions = [IsStaff()]

            @modify(permissions=[IsSuperuser()])
            def get(self) -> str:
                raise AssertionError('must not be called')

        listed = _Levels.api_endpoints['GET'].metadata.permissions

    assert [IsSuperuser(), IsStaff(), _yes] == listed


def test_none_switches_all_off() -> None:
    """One ``None`` is enough, as with auth."""

    class _Open(Controller[PydanticSerializer]):
        permissions = [_no]

        @modify(permissions=None)
        def get(self) -> str:
            return 'done'

    assert (200, 'done', None) == outcome(ask(_Open))


def test_sync_endpoints_refuse_async_permissions() -> None:
    """It is told when the class is made, deep inside a combination too."""
    with pytest.raises(EndpointMetadataError, match=r'_Sync\.get'):
        _sync(_yes & ~_SaysLater(True))


def test_what_is_no_permission_is_refused() -> None:
    """A class instead of an instance is the usual slip."""
    with pytest.raises(EndpointMetadataError, match='`permissions`'):
        _sync(cast('Any', IsStaff))


def test_names_are_required() -> None:
    """No names would mean everybody."""
    with pytest.raises(ValueError, match='at least one name'):
        HasPermissions()


_ADMIN = User(username='root', is_staff=True, is_superuser=True)
_STAFF = User(username='staff', is_staff=True)
_PLAIN = User(username='plain')
_GONE = User(username='gone', is_staff=True, is_superuser=True, is_active=False)


@pytest.mark.parametrize(
    ('permission', 'allowed'),
    [
        (IsAuthenticated(), [_ADMIN, _STAFF, _PLAIN]),
        (IsStaff(), [_ADMIN, _STAFF]),
        (IsSuperuser(), [_ADMIN]),
    ],
)
@pytest.mark.parametrize(
    'user',
    [_ADMIN, _STAFF, _PLAIN, _GONE, AnonymousUser(), None],
    ids=str,
)
def test_permissions_of_users(
    permission: ours.Permission,
    allowed: list[Any],
    user: Any,
) -> None:
    """Only active users are anybody."""
    request = DMRRequestFactory().get('/')
    if user is not None:
        set_request_user(request, user)

    response: Any = _sync(permission).as_view()(request)

    assert (200 if user in allowed else 403) == response.status_code


@pytest.mark.django_db
@pytest.mark.parametrize('make', [_sync, _async])
@pytest.mark.parametrize(
    ('names', 'status_code'),
    [
        (('auth.change_user',), 200),
        (('auth.change_user', 'auth.view_user'), 200),
        (('auth.change_user', 'auth.delete_user'), 403),
        (('auth.missing',), 403),
    ],
)
def test_permissions_of_django(
    make: Any,
    names: tuple[str, ...],
    status_code: int,
) -> None:
    """All names are needed."""
    user = make_user()
    user.user_permissions.set(
        Permission.objects.filter(
            codename__in=['change_user', 'view_user'],
        ),
    )

    class _LoggedIn(make(HasPermissions(*names))):
        def setup(self, request: Any, *args: Any, **kwargs: Any) -> None:
            super().setup(request, *args, **kwargs)
            set_request_user(request, user)

    assert status_code == ask(_LoggedIn).status_code
