"""The OpenAPI object `OAuthFlow`."""

from collections.abc import Mapping
from dataclasses import dataclass

from dmr.openapi.objects.extensible import Extensible


@dataclass(slots=True, kw_only=True)
class OAuthFlow(Extensible):
    """One way to obtain an OAuth token."""

    authorization_url: str | None = None
    device_authorization_url: str | None = None
    token_url: str | None = None
    refresh_url: str | None = None
    scopes: Mapping[str, str] | None = None
