"""What auths share that trust a cookie.

Other sites can make a browser send its cookies, so a request that is
authenticated by one has to pass Django's CSRF check.
"""

import abc
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from dmr.metadata import EndpointMetadata, ResponseSpec
from dmr.security.base import BaseAuth
from dmr.security.challenges import challenge
from dmr.security.csrf import check_csrf, csrf_response_specs, csrf_schemes

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer


class CookieAuth(BaseAuth):
    """Base class of auths that trust a cookie; the first of its bases."""

    __slots__ = ()

    security_scheme_name: str
    csrf_scheme_name: str

    @property
    @abc.abstractmethod
    def trusted_cookie(self) -> str:
        """Return the name of the cookie."""

    @property
    @override
    def security_schemes(self) -> Mapping[str, Any]:
        """Describe the cookie that is trusted, and the one against CSRF."""
        return {
            self.security_scheme_name: {
                'type': 'apiKey',
                'in': 'cookie',
                'name': self.trusted_cookie,
            },
            **csrf_schemes(self.csrf_scheme_name),
        }

    @property
    @override
    def security_requirement(self) -> Mapping[str, list[str]]:
        """Return the names of both schemes, they are needed together."""
        return {name: [] for name in self.security_schemes}

    @property
    @override
    def www_authenticate_challenge(self) -> str:
        """Return what 401 responses say about it."""
        return challenge('Cookie', cookie=self.trusted_cookie)

    def check_origin(self, controller: 'Controller[BaseSerializer]') -> None:
        """Make sure that *controller* answers a page of this site.

        Raises:
            APIError: the request may come from another site (403).
        """
        check_csrf(controller)

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
