"""Describe response cookies: those that exist, and those to add."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import Morsel
from typing import Any, ClassVar, Literal, TypeAlias, final

from django.http import HttpResponseBase

SameSite: TypeAlias = Literal['lax', 'strict', 'none']


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class CookieSpec:
    """Describe a cookie that the response already has.

    *max_age* and *expires* are seconds from now. A *required* cookie must be
    present when responses are validated. With *skip_validation* it may be
    missing: something behind the framework sets it, such as a middleware.
    """

    path: str = '/'
    max_age: int | None = None
    expires: int | None = None
    domain: str | None = None
    secure: bool | None = None
    httponly: bool | None = None
    samesite: SameSite = 'lax'
    description: str | None = None
    required: bool = True
    skip_validation: bool = False

    is_actionable: ClassVar[bool] = False

    def is_equal(self, other: 'Morsel[str]') -> bool:
        """Tell whether *other* has the attributes that are described.

        The value and the moment of expiry are not compared.
        """
        return (
            self.path == other['path']
            and _same_number(self.max_age, other['max-age'])
            and (self.domain or '') == other['domain']
            and bool(self.secure) == bool(other['secure'])
            and bool(self.httponly) == bool(other['httponly'])
            and self.samesite == str(other['samesite']).lower()
        )

    def to_spec(self) -> 'CookieSpec':
        """Return itself, like `NewCookie.to_spec` does."""
        return self


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class NewCookie:
    """Add a cookie to the response.

    *max_age* and *expires* are seconds from now.
    """

    path: str = '/'
    max_age: int | None = None
    expires: int | None = None
    domain: str | None = None
    secure: bool | None = None
    httponly: bool | None = None
    samesite: SameSite = 'lax'
    value: str

    is_actionable: ClassVar[bool] = True

    def as_dict(self) -> dict[str, Any]:
        """Return the keyword arguments of ``HttpResponse.set_cookie``."""
        return {
            'value': self.value,
            'path': self.path,
            'max_age': self.max_age,
            'expires': self.expires,
            'domain': self.domain,
            'secure': self.secure,
            'httponly': self.httponly,
            'samesite': self.samesite,
        }

    def to_spec(self) -> CookieSpec:
        """Describe the cookie that will be added."""
        return CookieSpec(
            path=self.path,
            max_age=self.max_age,
            expires=self.expires,
            domain=self.domain,
            secure=self.secure,
            httponly=self.httponly,
            samesite=self.samesite,
        )


def set_cookies(
    response: HttpResponseBase,
    cookies: Mapping[str, NewCookie] | None,
) -> None:
    """Set *cookies*, cookie name → cookie, on *response*."""
    if cookies:
        for name, cookie in cookies.items():
            response.set_cookie(name, **cookie.as_dict())


def _same_number(expected: int | None, actual: int | str) -> bool:
    """Compare a number with an attribute of a cookie, empty if not set."""
    if expected is None:
        # A morsel has '' for attributes that are not set, never 0.
        return actual == ''
    return str(expected) == str(actual)
