"""Tell clients apart, so that each of them has a counter."""

import abc
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from django.http import HttpRequest
from typing_extensions import override

from dmr.internal.request_state import request_jwt

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

#: What to do with requests of unknown clients: count all of them together, or
#: do not count them.
WhenMissing: TypeAlias = Literal['share', 'skip']

#: The counter of unknown clients. No address and no header looks like this.
_SHARED: Final = '\x00unknown'


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseThrottleCacheKey:
    """Base class of cache keys. Instances are shared and have no state.

    With *runs_before_auth* requests are counted before their user is known.
    *name* is what response headers call the throttle.
    """

    runs_before_auth: bool
    name: str

    def __post_init__(self) -> None:
        """Check the name, which becomes part of a header.

        Raises:
            ValueError: it needs quoting.
        """
        if not self.name.isprintable() or not self.name.isascii():
            raise ValueError(f'{self.name!r} must be printable ASCII.')
        if '"' in self.name or '\\' in self.name:
            raise ValueError(f'{self.name!r} must not have quotes.')

    @abc.abstractmethod
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> str | None:
        """Return what identifies the client.

        ``None`` lets the request pass this throttle without being counted.
        """

    async def key_async(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> str | None:
        """Return what identifies the client, in async endpoints."""
        return self(endpoint, controller)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteAddr(BaseThrottleCacheKey):
    """Count per address of the client.

    That is ``REMOTE_ADDR``. Behind proxies it is the address of the last one:
    set *proxies* to how many of them add to ``X-Forwarded-For``, then the
    address that the outermost of these saw counts. What clients themselves
    write into that header never does.
    """

    runs_before_auth: bool = True
    name: str = 'RemoteAddr'
    proxies: int = 0
    when_missing: WhenMissing = 'share'

    @override
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> str | None:
        """Return the address."""
        request = controller.request
        address = request.META.get('REMOTE_ADDR') or None
        if self.proxies:
            address = _forwarded(request, self.proxies) or address
        return address or _unknown(self.when_missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestHeader(BaseThrottleCacheKey):
    """Count per value of a header, such as an API key."""

    header: str
    runs_before_auth: bool = True
    name: str = 'RequestHeader'
    when_missing: WhenMissing = 'share'

    @override
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> str | None:
        """Return the value of the header."""
        found: str | None = controller.request.headers.get(self.header)
        return found or _unknown(self.when_missing)


@dataclass(frozen=True, slots=True, kw_only=True)
class UserPk(BaseThrottleCacheKey):
    """Count per user, without those who may do more anyway.

    Requests without a user are not counted: combine it with `RemoteAddr`, or
    require authentication. *exclude_stuff* means staff.
    """

    runs_before_auth: bool = False
    name: str = 'UserPk'
    exclude_superuser: bool = True
    exclude_stuff: bool = True

    @override
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> str | None:
        """Return the primary key of the user."""
        return self._key(getattr(controller.request, 'user', None))

    @override
    async def key_async(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> str | None:
        """Return the primary key of the user, in async endpoints."""
        find: Callable[[], Awaitable[Any]] | None = getattr(
            controller.request,
            'auser',
            None,
        )
        if find is None:
            return self(endpoint, controller)
        return self._key(await find())

    def _key(self, user: Any) -> str | None:
        if user is None or user.pk is None:
            return None
        if self.exclude_superuser and getattr(user, 'is_superuser', False):
            return None
        if self.exclude_stuff and getattr(user, 'is_staff', False):
            return None
        return str(user.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class JwtToken(BaseThrottleCacheKey):
    """Count per JSON web token: by its id, else by its subject.

    Requests without a token are not counted.
    """

    runs_before_auth: bool = False
    name: str = 'JwtToken'

    @override
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> str | None:
        """Return the hashed identity of the token."""
        token = request_jwt(controller.request)
        if token is None:
            return None
        identity: str = token.jti or token.sub
        return hashlib.sha256(identity.encode()).hexdigest()


def _unknown(when_missing: WhenMissing) -> str | None:
    return _SHARED if when_missing == 'share' else None


def _forwarded(request: HttpRequest, proxies: int) -> str | None:
    """Return the address that the outermost of our proxies has written.

    Each proxy appends the address it was called from. ``None`` means that the
    request has passed fewer proxies, or that there is no address.
    """
    header: str = request.META.get('HTTP_X_FORWARDED_FOR', '')
    # Only the end is ours, what stands before it can be of any length.
    written = header.rsplit(',', proxies)[-proxies:]
    if len(written) < proxies:
        return None
    return _address(written[0].strip())


def _address(text: str) -> str | None:
    """Return the address in *text*, some proxies write a port behind it."""
    host = text
    if text.startswith('['):
        host = text[1:].partition(']')[0]
    elif text.count(':') == 1:
        host = text.partition(':')[0]
    try:
        return str(ip_address(host))
    except ValueError:
        return None
