"""Send requests as somebody, or without being asked who one is."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.http import HttpRequest
from typing_extensions import override

from dmr.endpoint import Endpoint
from dmr.metadata import EndpointMetadata
from dmr.security import AsyncAuth, SyncAuth
from dmr.security.http import basic_auth
from dmr.security.token import HeaderTokenAsyncAuth, HeaderTokenSyncAuth
from dmr.security.users import set_request_user
from dmr.test._endpoints import AnyController, EndpointChange, chosen_endpoints

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer

_RequestT = TypeVar('_RequestT', bound=HttpRequest)


def authenticate_request(request: _RequestT, user: Any) -> _RequestT:
    """Return *request* as `AuthenticationMiddleware` would leave it.

    For views that are called directly, and rely on ``request.user``.
    """
    set_request_user(request, user)
    return request


def basic_auth_headers(
    username: str,
    password: str,
    *,
    header: str = 'Authorization',
) -> dict[str, str]:
    """Return the header of HTTP Basic."""
    return {header: basic_auth(username, password)}


def api_key_headers(
    api_key: str,
    *,
    header: str = 'X-API-Key',
) -> dict[str, str]:
    """Return the header with an API key."""
    return {header: api_key}


def token_headers(
    user: Any,
    *,
    auth: HeaderTokenSyncAuth | HeaderTokenAsyncAuth | None = None,
    **options: Any,
) -> dict[str, str]:
    """Issue an opaque token to *user*, and return the header with it.

    *auth* says which header, and how tokens are hashed. *options* are those
    of ``Token.issue``.
    """
    accepted = auth or HeaderTokenSyncAuth()
    _row, raw = accepted.token_model().issue(
        user,
        hasher=accepted.hasher,
        **options,
    )
    return {accepted.header_name: f'{accepted.prefix} {raw}'.lstrip()}


async def token_headers_async(
    user: Any,
    *,
    auth: HeaderTokenSyncAuth | HeaderTokenAsyncAuth | None = None,
    **options: Any,
) -> dict[str, str]:
    """Issue an opaque token to *user*, and return the header with it.

    *auth* says which header, and how tokens are hashed. *options* are those
    of ``Token.aissue``.
    """
    accepted = auth or HeaderTokenAsyncAuth()
    _row, raw = await accepted.token_model().aissue(
        user,
        hasher=accepted.hasher,
        **options,
    )
    return {accepted.header_name: f'{accepted.prefix} {raw}'.lstrip()}


class disabled_auth(EndpointChange):  # noqa: N801
    """Let everybody in as *user*, instead of asking the auths of endpoints.

    It is for all endpoints with auth of *controller_cls*, or the one for
    *method*, and with *request* for that request alone. With *auth* that auth
    is asked, and nobody is let in by itself. Everything else goes on:
    throttles, permissions, validation.

    Use it as context manager or as decorator:

    .. code-block:: python

        with disabled_auth(BookController, user=user):
            response = client.get('/books/')
    """

    def __init__(
        self,
        controller_cls: AnyController,
        *,
        user: Any = None,
        auth: SyncAuth | AsyncAuth | None = None,
        method: str | None = None,
        request: HttpRequest | None = None,
    ) -> None:
        """Prepare it, nothing is changed yet.

        Raises:
            ValueError: not exactly one of *user* and *auth* is given, there
                is no auth to disable, or *auth* is of the wrong kind.
        """
        if (user is None) == (auth is None):
            raise ValueError('Give either `user` or `auth`.')
        endpoints = [
            endpoint
            for endpoint in chosen_endpoints(controller_cls, method)
            if endpoint.metadata.auth
        ]
        if not endpoints:
            raise ValueError(
                f'{controller_cls.__qualname__} has no endpoint with auth'
                f'{f" for {method!r}" if method else ""}: there is nothing '
                'to disable.',
            )
        for endpoint in endpoints:
            _check_kind(endpoint, auth)
        super().__init__(endpoints, _stand_in_for(user, auth, request))


class _LetIn:
    """Makes one user the user of requests, or asks somebody else."""

    __slots__ = ('_auth', '_only_for', '_replaced', '_user')

    def __init__(
        self,
        user: Any,
        auth: Any,
        replaced: list[Any],
        only_for: HttpRequest | None,
    ) -> None:
        self._user = user
        self._auth = auth
        self._replaced = replaced
        self._only_for = only_for

    @property
    def security_schemes(self) -> Mapping[str, Any]:
        """Return those of the auths that are replaced."""
        return {
            name: scheme
            for one in self._replaced
            for name, scheme in one.security_schemes.items()
        }

    @property
    def security_requirement(self) -> Mapping[str, list[str]]:
        """Return that of the first auth that is replaced."""
        found: Mapping[str, list[str]] = self._replaced[0].security_requirement
        return found

    @property
    def www_authenticate_challenge(self) -> str:
        """Return that of the first auth that is replaced."""
        found: str = self._replaced[0].www_authenticate_challenge
        return found

    def _asked(self, request: HttpRequest) -> list[Any] | None:
        """Return who is asked, ``None`` if the user is let in."""
        if self._only_for is not None and request is not self._only_for:
            return self._replaced
        if self._auth is not None:
            return [self._auth]
        set_request_user(request, self._user)
        return None


class _LetInSync(_LetIn, SyncAuth):
    __slots__ = ()

    @override
    def __call__(
        self,
        endpoint: Endpoint,
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        asked = self._asked(controller.request)
        if asked is None:
            return self
        for auth in asked:
            if auth(endpoint, controller) is not None:
                return self
        return None


class _LetInAsync(_LetIn, AsyncAuth):
    __slots__ = ()

    @override
    async def __call__(
        self,
        endpoint: Endpoint,
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        asked = self._asked(controller.request)
        if asked is None:
            return self
        for auth in asked:
            if await auth(endpoint, controller) is not None:
                return self
        return None


def _stand_in_for(
    user: Any,
    auth: Any,
    request: HttpRequest | None,
) -> Callable[[Endpoint], EndpointMetadata]:
    def change(endpoint: Endpoint) -> EndpointMetadata:
        replaced = endpoint.metadata.auth
        if not replaced:
            # Settings have changed meanwhile, nobody is asked any more.
            return endpoint.metadata
        let_in = _LetInAsync if endpoint.is_async else _LetInSync
        stand_in = let_in(user, auth, replaced, request)
        return dataclasses.replace(
            endpoint.metadata,
            auth=[stand_in if auth is None or request else auth],
        )

    return change


def _check_kind(endpoint: Endpoint, auth: Any) -> None:
    kind = AsyncAuth if endpoint.is_async else SyncAuth
    if auth is not None and not isinstance(auth, kind):
        raise ValueError(
            f'{endpoint.metadata.endpoint_name} needs an auth derived from '
            f'{kind.__name__}, not {auth!r}.',
        )
