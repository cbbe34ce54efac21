"""What a known user may do: checks that can be combined.

Permissions run when the request is authenticated and parsed. All that are
listed on settings, controller and endpoint must allow a request, else it is
answered with 403. Combine them with ``&``, ``|`` and ``~``:

>>> IsStaff() | HasPermissions('blog.change_post') & ~IsSuperuser()
AnyOf(parts=(IsStaff(), AllOf(parts=(...))))
"""

import abc
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn

from django.utils.translation import gettext as _
from typing_extensions import override

from dmr.errors import ErrorType
from dmr.metadata import EndpointMetadata, ResponseSpec, ResponseSpecProvider
from dmr.response import APIError
from dmr.security.users import request_user, request_user_async

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer


class Permission(ResponseSpecProvider):
    """Base class of permissions, for endpoints of both kinds.

    Override `allows`; in async endpoints it must not wait for anything, use
    `AsyncPermission` for that, or override `allows_async` too. Instances are
    shared by all requests, keep no state in them.
    """

    __slots__ = ()

    @property
    def is_async(self) -> bool:
        """Tell whether only async endpoints can use it."""
        return False

    @abc.abstractmethod
    def allows(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether the request may go on.

        *arguments* are the validated ``parsed_*`` parts of the request.
        """

    async def allows_async(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether the request may go on, in async endpoints."""
        return self.allows(endpoint, controller, arguments)

    def __and__(self, other: 'Permission') -> 'Permission':
        """Return a permission that needs both."""
        return AllOf((self, other))

    def __or__(self, other: 'Permission') -> 'Permission':
        """Return a permission that needs one of both."""
        return AnyOf((self, other))

    def __invert__(self) -> 'Permission':
        """Return a permission that needs this one to refuse."""
        return Not(self)

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe that the user may not do this (403)."""
        return self.new_response(
            HTTPStatus.FORBIDDEN,
            'Raised when the user may not do this',
            controller_cls,
            existing_responses,
        )


class AsyncPermission(Permission):
    """Base class of permissions that only async endpoints can use."""

    __slots__ = ()

    @property
    @override
    def is_async(self) -> bool:
        """Tell whether only async endpoints can use it."""
        return True

    @override
    def allows(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> NoReturn:
        """Refuse to work, sync endpoints cannot have async permissions.

        Raises:
            TypeError: always.
        """
        raise TypeError(f'{self!r} can only be used by async endpoints')

    @abc.abstractmethod
    @override
    async def allows_async(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether the request may go on.

        *arguments* are the validated ``parsed_*`` parts of the request.
        """


@dataclass(frozen=True, slots=True)
class AllOf(Permission):
    """Needs all of its parts; the first that refuses ends the question."""

    parts: tuple[Permission, ...]

    @property
    @override
    def is_async(self) -> bool:
        """Tell whether a part is async."""
        return any(part.is_async for part in self.parts)

    @override
    def allows(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether all parts allow the request."""
        for part in self.parts:
            if not part.allows(endpoint, controller, arguments):
                return False
        return True

    @override
    async def allows_async(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether all parts allow the request."""
        for part in self.parts:
            if not await part.allows_async(endpoint, controller, arguments):
                return False
        return True


@dataclass(frozen=True, slots=True)
class AnyOf(Permission):
    """Needs one of its parts; the first that allows ends the question."""

    parts: tuple[Permission, ...]

    @property
    @override
    def is_async(self) -> bool:
        """Tell whether a part is async."""
        return any(part.is_async for part in self.parts)

    @override
    def allows(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether one part allows the request."""
        for part in self.parts:
            if part.allows(endpoint, controller, arguments):
                return True
        return False

    @override
    async def allows_async(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether one part allows the request."""
        for part in self.parts:
            if await part.allows_async(endpoint, controller, arguments):
                return True
        return False


@dataclass(frozen=True, slots=True)
class Not(Permission):
    """Needs its part to refuse."""

    part: Permission

    @property
    @override
    def is_async(self) -> bool:
        """Tell whether the part is async."""
        return self.part.is_async

    @override
    def allows(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether the part refuses the request."""
        return not self.part.allows(endpoint, controller, arguments)

    @override
    async def allows_async(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether the part refuses the request."""
        return not await self.part.allows_async(
            endpoint,
            controller,
            arguments,
        )


@dataclass(frozen=True, slots=True)
class _OfUser(Permission):
    """Asks the user of the request, who must exist and be active."""

    @abc.abstractmethod
    def _fits(self, user: Any) -> bool: ...

    @override
    def allows(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether there is such a user."""
        user = request_user(controller.request)
        return user is not None and self._fits(user)

    @override
    async def allows_async(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether there is such a user."""
        user = await request_user_async(controller.request)
        return user is not None and self._fits(user)


class IsAuthenticated(_OfUser):
    """Allows active users."""

    __slots__ = ()

    @override
    def _fits(self, user: Any) -> bool:
        return True


class IsStaff(_OfUser):
    """Allows active users who may enter the admin site."""

    __slots__ = ()

    @override
    def _fits(self, user: Any) -> bool:
        return bool(user.is_staff)


class IsSuperuser(_OfUser):
    """Allows active superusers."""

    __slots__ = ()

    @override
    def _fits(self, user: Any) -> bool:
        return bool(user.is_superuser)


class HasPermissions(Permission):
    """Allows active users with all of Django's permissions that are named."""

    __slots__ = ('names',)

    def __init__(self, *names: str) -> None:
        """Take names such as ``'blog.change_post'``.

        Raises:
            ValueError: there is no name, so everybody would be allowed.
        """
        if not names:
            raise ValueError('HasPermissions() needs at least one name.')
        self.names = names

    def __repr__(self) -> str:
        return f'HasPermissions{self.names!r}'

    @override
    def allows(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether the user has all permissions."""
        user = request_user(controller.request)
        return user is not None and bool(user.has_perms(self.names))

    @override
    async def allows_async(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        arguments: Mapping[str, Any],
    ) -> bool:
        """Tell whether the user has all permissions."""
        user = await request_user_async(controller.request)
        return user is not None and bool(await user.ahas_perms(self.names))


def permit(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
    arguments: Mapping[str, Any],
) -> None:
    """Ask all permissions of a sync endpoint.

    Raises:
        APIError: one of them refuses (403).
    """
    for one in endpoint.metadata.permissions or ():
        if not one.allows(endpoint, controller, arguments):
            raise _forbidden(controller)


async def permit_async(
    endpoint: 'Endpoint',
    controller: 'Controller[BaseSerializer]',
    arguments: Mapping[str, Any],
) -> None:
    """Ask all permissions of an async endpoint.

    Raises:
        APIError: one of them refuses (403).
    """
    for one in endpoint.metadata.permissions or ():
        if not await one.allows_async(endpoint, controller, arguments):
            raise _forbidden(controller)


def _forbidden(controller: 'Controller[BaseSerializer]') -> APIError[Any]:
    return APIError(
        controller.format_error(
            _('Permission denied'),
            error_type=ErrorType.security,
        ),
        status_code=HTTPStatus.FORBIDDEN,
    )
