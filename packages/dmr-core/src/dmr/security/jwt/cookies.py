"""Authenticate with a JSON web token in a cookie, for browsers.

Other sites can make a browser send its cookies, so such a request has to pass
Django's CSRF check.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self

from django.http import HttpRequest
from django.views.decorators.debug import sensitive_variables
from typing_extensions import override

from dmr.metadata import EndpointMetadata, ResponseSpec
from dmr.security.challenges import challenge
from dmr.security.csrf import check_csrf, csrf_response_specs, csrf_schemes
from dmr.security.jwt.base import BaseJWTAuth, JWTAsyncBase, JWTSyncBase

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer


class _CookieJWT(BaseJWTAuth):
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
    def security_schemes(self) -> Mapping[str, Any]:
        """Describe the cookies with the token and against CSRF."""
        return {
            self.security_scheme_name: {
                'type': 'apiKey',
                'in': 'cookie',
                'name': self.cookie_name,
            },
            **csrf_schemes(self.csrf_scheme_name),
        }

    @property
    @override
    def security_requirement(self) -> Mapping[str, list[str]]:
        """Return the names of both schemes, they are needed together."""
        return {name: [] for name in self.security_schemes}

    @property
    def www_authenticate_challenge(self) -> str:
        """Return what 401 responses say about it."""
        return challenge('Cookie', cookie=self.cookie_name)

    @override
    @sensitive_variables()
    def get_encoded_token(self, request: HttpRequest) -> str | None:
        """Return the token of *request* as it was sent, ``None`` if none."""
        return request.COOKIES.get(self.cookie_name) or None


class CookieJWTSyncAuth(_CookieJWT, JWTSyncBase):
    """Authenticate sync endpoints with a JSON web token in a cookie."""

    __slots__ = ()

    @override
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Vouch for the user that the token is about.

        Raises:
            NotAuthenticatedError: the token or its user is not valid.
            APIError: the request may come from another site (403).
        """
        if self.get_encoded_token(controller.request) is None:
            return None
        check_csrf(controller)
        return super().__call__(endpoint, controller)

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe a missing user (401) and a failed CSRF check (403)."""
        return [
            *super().provide_response_specs(
                metadata,
                controller_cls,
                existing_responses,
            ),
            *csrf_response_specs(controller_cls, existing_responses),
        ]


class CookieJWTAsyncAuth(_CookieJWT, JWTAsyncBase):
    """Authenticate async endpoints with a JSON web token in a cookie."""

    __slots__ = ()

    @override
    async def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> Self | None:
        """Vouch for the user that the token is about.

        Raises:
            NotAuthenticatedError: the token or its user is not valid.
            APIError: the request may come from another site (403).
        """
        if self.get_encoded_token(controller.request) is None:
            return None
        check_csrf(controller)
        return await super().__call__(endpoint, controller)

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe a missing user (401) and a failed CSRF check (403)."""
        return [
            *super().provide_response_specs(
                metadata,
                controller_cls,
                existing_responses,
            ),
            *csrf_response_specs(controller_cls, existing_responses),
        ]
