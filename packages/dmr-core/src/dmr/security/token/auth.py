"""Authenticate with a token that is kept in the database."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Literal, Self, overload

from django.apps import apps
from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from typing_extensions import override

from dmr.exceptions import NotAuthenticatedError
from dmr.internal.request_state import request_token as _request_token
from dmr.internal.request_state import set_token
from dmr.security.base import AsyncAuth, BaseAuth, SyncAuth
from dmr.security.challenges import HEADER, challenge
from dmr.security.cookies import CookieAuth
from dmr.security.token.hashing import TokenHasher
from dmr.security.users import is_active, set_request_user

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.security.token.app.models import Token
    from dmr.serializer import BaseSerializer

_DEFAULT_HASHER: Final = TokenHasher()


@overload
def request_token(
    request: HttpRequest,
    *,
    strict: Literal[True],
) -> 'Token': ...


@overload
def request_token(
    request: HttpRequest,
    *,
    strict: bool = False,
) -> 'Token | None': ...


def request_token(
    request: HttpRequest,
    *,
    strict: bool = False,
) -> 'Token | None':
    """Return the token that authenticated *request*.

    Raises:
        AttributeError: there is none and *strict* is set.
    """
    token: Token | None = _request_token(request, strict=strict)
    return token


class _BaseToken(BaseAuth):
    """What all auths with database tokens share."""

    __slots__ = ('hasher', 'security_scheme_name', 'update_last_used')

    def __init__(
        self,
        *,
        security_scheme_name: str = 'token',
        update_last_used: bool = False,
        token_secret: str | None = None,
        token_salt: str = _DEFAULT_HASHER.salt,
        token_algorithm: str = _DEFAULT_HASHER.algorithm,
    ) -> None:
        """Find tokens that were hashed with this secret and salt.

        *update_last_used* writes to the database with each request.
        """
        self.security_scheme_name = security_scheme_name
        self.update_last_used = update_last_used
        self.hasher = TokenHasher(token_secret, token_salt, token_algorithm)

    @property
    @override
    def security_requirement(self) -> Mapping[str, list[str]]:
        """Return the name of the scheme, there are no scopes."""
        return {self.security_scheme_name: []}

    def token_model(self) -> 'type[Token]':
        """Return the model of tokens, override it for your own."""
        model: Any = apps.get_model('dmr_token', 'Token')
        return model  # type: ignore[no-any-return]  # known by its name only

    def raw_token(self, request: HttpRequest) -> str | None:
        """Return the token of *request*, ``None`` lets the next auth try."""
        raise NotImplementedError

    def check_origin(self, controller: 'Controller[BaseSerializer]') -> None:
        """Do nothing: other sites cannot send what is asked for here."""

    def accept(self, request: HttpRequest, token: 'Token | None') -> None:
        """Make the owner of *token* the user of *request*.

        Raises:
            NotAuthenticatedError: the token or its owner is not valid.
        """
        if token is None or not token.is_active or not is_active(token.user):
            raise NotAuthenticatedError(
                headers={HEADER: self.www_authenticate_challenge},
            )
        set_request_user(request, token.user)
        set_token(request, token)


class _BaseTokenSync(_BaseToken, SyncAuth):
    __slots__ = ()

    @override
    @sensitive_variables()
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Vouch for the owner of the token.

        Raises:
            NotAuthenticatedError: the token or its owner is not valid.
            APIError: the request may come from another site (403).
        """
        raw = self.raw_token(controller.request)
        if raw is None:
            return None
        self.check_origin(controller)
        token = self.token_model().find_raw(raw, hasher=self.hasher)
        self.accept(controller.request, token)
        if self.update_last_used and token is not None:
            token.mark_used()
        return self


class _BaseTokenAsync(_BaseToken, AsyncAuth):
    __slots__ = ()

    @override
    @sensitive_variables()
    async def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Vouch for the owner of the token.

        Raises:
            NotAuthenticatedError: the token or its owner is not valid.
            APIError: the request may come from another site (403).
        """
        raw = self.raw_token(controller.request)
        if raw is None:
            return None
        self.check_origin(controller)
        token = await self.token_model().afind_raw(raw, hasher=self.hasher)
        self.accept(controller.request, token)
        if self.update_last_used and token is not None:
            await token.amark_used()
        return self


class _HeaderToken(_BaseToken):
    __slots__ = ('header_name', 'prefix')

    def __init__(
        self,
        *,
        header_name: str = 'X-API-Token',
        prefix: str = '',
        **options: Any,
    ) -> None:
        """Read the token behind *prefix* from the header *header_name*."""
        super().__init__(**options)
        self.header_name = header_name
        self.prefix = prefix

    @property
    @override
    def security_schemes(self) -> Mapping[str, Any]:
        """Describe where the token is expected."""
        scheme = {
            'type': 'apiKey',
            'in': 'header',
            'name': self.header_name,
        }
        if self.prefix:
            scheme['description'] = f'`{self.prefix} <token>`'
        return {self.security_scheme_name: scheme}

    @property
    @override
    def www_authenticate_challenge(self) -> str:
        """Return what 401 responses say about it."""
        return challenge(self.prefix or 'Token', header=self.header_name)

    @override
    @sensitive_variables()
    def raw_token(self, request: HttpRequest) -> str | None:
        """Return the token of *request*, ``None`` lets the next auth try."""
        header = request.headers.get(self.header_name, '')
        if not self.prefix:
            return header or None
        prefix, _, raw = header.partition(' ')
        return raw if raw and prefix.lower() == self.prefix.lower() else None


class _CookieToken(CookieAuth, _BaseToken):
    __slots__ = ('cookie_name', 'csrf_scheme_name')

    def __init__(
        self,
        *,
        cookie_name: str = 'api_token',
        security_scheme_name: str = 'token_cookie',
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
    def raw_token(self, request: HttpRequest) -> str | None:
        """Return the token of *request*, ``None`` lets the next auth try."""
        return request.COOKIES.get(self.cookie_name) or None


class HeaderTokenSyncAuth(_HeaderToken, _BaseTokenSync):
    """Authenticate sync endpoints with a token in a header."""

    __slots__ = ()


class HeaderTokenAsyncAuth(_HeaderToken, _BaseTokenAsync):
    """Authenticate async endpoints with a token in a header."""

    __slots__ = ()


class CookieTokenSyncAuth(_CookieToken, _BaseTokenSync):
    """Authenticate sync endpoints with a token in a cookie."""

    __slots__ = ()


class CookieTokenAsyncAuth(_CookieToken, _BaseTokenAsync):
    """Authenticate async endpoints with a token in a cookie."""

    __slots__ = ()
