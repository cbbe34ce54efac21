"""Authenticate with a JSON web token in a cookie, for browsers."""

from typing import Any

from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from typing_extensions import override

from dmr.security.cookies import CookieAuth
from dmr.security.jwt.base import BaseJWTAuth, JWTAsyncBase, JWTSyncBase


class _CookieJWT(CookieAuth, BaseJWTAuth):
    """Read the token from a cookie."""

    __slots__ = ('cookie_name', 'csrf_scheme_name')

    def __init__(
        self,
        *,
        cookie_name: str = 'access_token',
        security_scheme_name: str = 'jwt_cookie',
        csrf_scheme_name: str = 'csrf',
        **options: Any,
    ) -> None:
        """Read the token from the cookie *cookie_name*."""
        super().__init__(security_scheme_name=security_scheme_name, **options)
        self.cookie_name = cookie_name
        self.csrf_scheme_name = csrf_scheme_name

    @property
    @override
    def trusted_cookie(self) -> str:
        """Return the name of the cookie."""
        return self.cookie_name

    @override
    @sensitive_variables()
    def get_encoded_token(self, request: HttpRequest) -> str | None:
        """Return the token of *request* as it was sent, ``None`` if none."""
        return request.COOKIES.get(self.cookie_name) or None


class CookieJWTSyncAuth(_CookieJWT, JWTSyncBase):
    """Authenticate sync endpoints with a JSON web token in a cookie."""

    __slots__ = ()


class CookieJWTAsyncAuth(_CookieJWT, JWTAsyncBase):
    """Authenticate async endpoints with a JSON web token in a cookie."""

    __slots__ = ()
