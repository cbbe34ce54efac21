"""The users of Django: who sends a request, and whether a password is right.

Nothing here tells a missing user from a wrong password, neither by what it
answers nor by the time it takes.
"""

from collections.abc import Awaitable, Callable
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


def request_user(request: HttpRequest) -> Any | None:
    """Return the active user of *request*, ``None`` if there is none."""
    return _active(getattr(request, 'user', None))


async def request_user_async(request: HttpRequest) -> Any | None:
    """Return the active user of *request*, ``None`` if there is none."""
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
def check_password(
    request: HttpRequest,
    username: str,
    password: str,
) -> Any | None:
    """Return the active user with this name and password, else ``None``."""
    if not _is_plain(username, password):
        # Databases and hashers would raise errors about these.
        _waste_time(password)
        return None
    user = authenticate(request, username=username, password=password)
    return _active(user)


@sensitive_variables()
async def check_password_async(
    request: HttpRequest,
    username: str,
    password: str,
) -> Any | None:
    """Return the active user with this name and password, else ``None``."""
    if not _is_plain(username, password):
        # Databases and hashers would raise errors about these.
        _waste_time(password)
        return None
    user = await aauthenticate(request, username=username, password=password)
    return _active(user)


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
def _waste_time(password: str) -> None:
    """Hash *password* for nobody, which is what costs time."""
    nobody: AbstractBaseUser = get_user_model()()
    nobody.set_password(password.encode(errors='replace').decode())


@sensitive_variables()
def _is_plain(*texts: str) -> bool:
    return not any('\x00' in text or _has_surrogates(text) for text in texts)


@sensitive_variables()
def _has_surrogates(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


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
    if not _is_plain(claimed):
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
