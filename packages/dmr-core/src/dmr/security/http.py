"""HTTP Basic authentication (RFC 7617), for subclasses that know users."""

import abc
import base64
import binascii
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, Self

from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from typing_extensions import override

from dmr.security.base import AsyncAuth, SyncAuth
from dmr.security.challenges import challenge
from dmr.security.secrets import hide_coroutines

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

_STANDARD_HEADER: Final = 'authorization'


def basic_auth(
    username: str,
    password: str,
    *,
    prefix: str = 'Basic ',
) -> str:
    """Return the value of an ``Authorization`` header, for clients.

    >>> basic_auth('ada', 'secret')
    'Basic YWRhOnNlY3JldA=='
    """
    credentials = f'{username}:{password}'.encode()
    return prefix + base64.b64encode(credentials).decode()


class _HttpBasic:
    """What both auths share: they read a header and describe themselves."""

    __slots__ = ('header', 'realm', 'require_scheme', 'security_scheme_name')

    def __init__(
        self,
        *,
        security_scheme_name: str = 'http_basic',
        header: str = 'Authorization',
        realm: str = 'api',
        require_scheme: bool = True,
    ) -> None:
        """Read credentials from *header*.

        *realm* is shown by browsers that ask for a password. Without
        *require_scheme* clients may leave out the word ``Basic``.
        """
        self.security_scheme_name = security_scheme_name
        self.header = header
        self.realm = realm
        self.require_scheme = require_scheme

    @property
    def security_schemes(self) -> Mapping[str, Any]:
        """Describe where credentials are expected."""
        if self.header.lower() == _STANDARD_HEADER:
            scheme = {'type': 'http', 'scheme': 'basic'}
        else:
            scheme = {
                'type': 'apiKey',
                'in': 'header',
                'name': self.header,
                'description': _description(self.require_scheme),
            }
        return {self.security_scheme_name: scheme}

    @property
    def security_requirement(self) -> Mapping[str, list[str]]:
        """Return the name of the scheme, there are no scopes."""
        return {self.security_scheme_name: []}

    @property
    def www_authenticate_challenge(self) -> str:
        """Return what 401 responses say about it."""
        return challenge('Basic', realm=self.realm, charset='UTF-8')

    @sensitive_variables()
    def credentials(self, request: HttpRequest) -> tuple[str, str] | None:
        """Return name and password, ``None`` if there are none to read."""
        encoded = self._encoded(request.headers.get(self.header, ''))
        if encoded is None:
            return None
        try:
            decoded = base64.b64decode(encoded, validate=True).decode()
        except (binascii.Error, ValueError):
            return None
        username, colon, password = decoded.partition(':')
        return (username, password) if colon else None

    @sensitive_variables()
    def _encoded(self, header: str) -> str | None:
        first, space, rest = header.partition(' ')
        if not space:
            return None if self.require_scheme else first
        if first.lower() != 'basic':
            return None
        return rest.strip(' ')


class HttpBasicSyncAuth(_HttpBasic, SyncAuth):
    """Basic authentication for sync endpoints, override `authenticate`."""

    __slots__ = ()

    @override
    @sensitive_variables()
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Hand name and password to `authenticate`, if there are any."""
        found = self.credentials(controller.request)
        if found is None:
            return None
        return self.authenticate(endpoint, controller, *found)

    @abc.abstractmethod
    def authenticate(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        username: str,
        password: str,
    ) -> Self | None:
        """Return itself if *password* is that of *username*, else ``None``.

        Compare secrets with `hmac.compare_digest` or with Django's
        ``check_password``. Set ``request.user`` if others need it.
        """


class HttpBasicAsyncAuth(_HttpBasic, AsyncAuth):
    """Basic authentication for async endpoints, override `authenticate`."""

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        """Keep secrets out of reports about errors in the subclass."""
        super().__init_subclass__()
        hide_coroutines(cls)

    @override
    @sensitive_variables()
    async def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Hand name and password to `authenticate`, if there are any."""
        found = self.credentials(controller.request)
        if found is None:
            return None
        return await self.authenticate(endpoint, controller, *found)

    @abc.abstractmethod
    async def authenticate(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        username: str,
        password: str,
    ) -> Self | None:
        """Return itself if *password* is that of *username*, else ``None``.

        Compare secrets with `hmac.compare_digest` or with Django's
        ``acheck_password``. Set ``request.user`` if others need it.
        """


def _description(require_scheme: bool) -> str:
    described = '`Basic <base64 of name:password>`'
    if require_scheme:
        return described
    return f'{described} or `<base64 of name:password>`'
