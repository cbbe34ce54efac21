"""The users of Django: who sends a request, and whether a password is right.

Nothing here tells a missing user from a wrong password, neither by what it
answers nor by the time it takes.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.contrib.auth import aauthenticate, authenticate, get_user_model
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import DataError
from django.db.models import ForeignObjectRel, IntegerField
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class _RequestOfUser(Protocol):
    user: Any
    auser: Callable[[], Awaitable[Any]]


def set_request_user(request: HttpRequest, user: Any) -> None:
    """Make *user* the user of *request*, for sync and async code."""

    async def auser() -> Any:
        return user

    target = cast('_RequestOfUser', request)
    target.user = user
    target.auser = auser


def forget_odd_session(request: HttpRequest) -> None:
    """Give *request* a new session if the key of the one it has is odd.

    Cookies can have a NUL, about which databases raise errors.
    """
    session: Any = getattr(request, 'session', None)
    key = getattr(session, 'session_key', None)
    if isinstance(key, str) and not is_plain(key):
        request.session = type(session)()


def request_user(request: HttpRequest) -> Any | None:
    """Return the active user of *request*, ``None`` if there is none."""
    forget_odd_session(request)
    return _active(getattr(request, 'user', None))


async def request_user_async(request: HttpRequest) -> Any | None:
    """Return the active user of *request*, ``None`` if there is none."""
    forget_odd_session(request)
    find = getattr(request, 'auser', None)
    if find is None:
        # No session and no auth: at best somebody has set a real user.
        return request_user(request)
    return _active(await find())


def _active(user: Any) -> Any | None:
    if user is None or not user.is_authenticated or not user.is_active:
        return None
    return user


@sensitive_variables()
def check_credentials(
    request: HttpRequest,
    credentials: Mapping[str, Any],
) -> Any | None:
    """Return the active user with these *credentials*, else ``None``.

    They are the keyword arguments of ``django.contrib.auth.authenticate``.
    """
    if not _are_plain(credentials):
        # Databases and hashers would raise errors about these.
        _waste_time(credentials)
        return None
    return _active(authenticate(request, **credentials))


@sensitive_variables()
async def check_credentials_async(
    request: HttpRequest,
    credentials: Mapping[str, Any],
) -> Any | None:
    """Return the active user with these *credentials*, else ``None``.

    They are the keyword arguments of ``django.contrib.auth.authenticate``.
    """
    if not _are_plain(credentials):
        # Databases and hashers would raise errors about these.
        _waste_time(credentials)
        return None
    return _active(await aauthenticate(request, **credentials))


def find_user(lookup: str, claimed: str) -> Any | None:
    """Return the user whose field *lookup* is *claimed*, else ``None``.

    A value that cannot be in that field belongs to nobody.
    """
    try:
        found = _users().get(**{lookup: _as_field(lookup, claimed)})
    except _belongs_to_nobody():
        return None
    return found


async def find_user_async(lookup: str, claimed: str) -> Any | None:
    """Return the user whose field *lookup* is *claimed*, else ``None``.

    A value that cannot be in that field belongs to nobody.
    """
    try:
        found = await _users().aget(**{lookup: _as_field(lookup, claimed)})
    except _belongs_to_nobody():
        return None
    return found


def is_active(user: Any) -> bool:
    """Tell whether *user* may log in at all."""
    return _active(user) is not None


@sensitive_variables()
def _waste_time(credentials: Mapping[str, Any]) -> None:
    """Hash a password for nobody, which is what costs time."""
    nobody: AbstractBaseUser = get_user_model()()
    password = str(credentials.get('password', ''))
    nobody.set_password(password.encode(errors='replace').decode())


@sensitive_variables()
def _are_plain(credentials: Mapping[str, Any]) -> bool:
    return all(
        is_plain(given)
        for given in credentials.values()
        if isinstance(given, str)
    )


@sensitive_variables()
def is_plain(text: str) -> bool:
    """Tell whether databases and hashers can take *text*."""
    if '\x00' in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        # A lone surrogate, as JSON can have it.
        return False
    return True


def _users() -> Any:
    return get_user_model()._default_manager


def _belongs_to_nobody() -> tuple[type[Exception], ...]:
    # A database that cannot be asked is another matter: those errors go on.
    return (
        get_user_model().DoesNotExist,
        get_user_model().MultipleObjectsReturned,
        ValueError,
        TypeError,
        OverflowError,
        ValidationError,
        DataError,
    )


def _as_field(lookup: str, claimed: str) -> Any:
    """Convert a claim like a form would, so that no database sees nonsense.

    Raises:
        ValidationError: the field cannot have this value.
    """
    if not is_plain(claimed):
        raise ValidationError('Text that cannot be stored')
    model = get_user_model()
    try:
        field = (
            model._meta.pk
            if lookup == 'pk'
            else model._meta.get_field(
                lookup,
            )
        )
    except FieldDoesNotExist:
        # A lookup across tables: the database decides.
        return claimed
    if isinstance(field, ForeignObjectRel):
        return claimed
    converted = field.to_python(claimed)
    if isinstance(field, IntegerField):
        # Its validators know the range of the column.
        field.run_validators(converted)
    return converted
