"""The OpenAPI object `OAuthFlows`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.oauth_flow import OAuthFlow


@dataclass(slots=True, kw_only=True)
class OAuthFlows(Extensible):
    """The ways to obtain an OAuth token."""

    implicit: 'OAuthFlow | None' = None
    password: 'OAuthFlow | None' = None
    client_credentials: 'OAuthFlow | None' = None
    authorization_code: 'OAuthFlow | None' = None
    device_authorization: 'OAuthFlow | None' = None
