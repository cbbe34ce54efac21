"""The OpenAPI object `SecurityScheme`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from dmr.openapi.objects.extensible import Extensible

if TYPE_CHECKING:
    from dmr.openapi.objects.oauth_flows import OAuthFlows


@dataclass(slots=True, kw_only=True)
class SecurityScheme(Extensible):
    """A way to authenticate."""

    type: str
    description: str | None = None
    name: str | None = None
    security_scheme_in: str | None = None
    scheme: str | None = None
    bearer_format: str | None = None
    flows: 'OAuthFlows | None' = None
    open_id_connect_url: str | None = None
    oauth2_metadata_url: str | None = None
    deprecated: bool | None = None


#: Guards of other packages may describe themselves as plain JSON values.
AnySecurityScheme: TypeAlias = SecurityScheme | Mapping[str, Any]
