"""What `modify` and `validate` leave on a function, for the endpoint to read.

One typed dictionary lists the options that both take, the payload classes
have a field for each. A test compares the two.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict

from dmr.cookies import CookieSpec, NewCookie
from dmr.headers import HeaderSpec, NewHeader
from dmr.metadata import ResponseSpec
from dmr.types import Empty, EmptyObj

if TYPE_CHECKING:
    from dmr.errors import AsyncErrorHandler, SyncErrorHandler
    from dmr.security import AsyncAuth, SyncAuth
    from dmr.security.permissions import Permission
    from dmr.settings import AnyParser, AnyRenderer, HttpSpec
    from dmr.throttling import AsyncThrottle, SyncThrottle


class EndpointOptions(TypedDict, total=False):
    """Options of both decorators."""

    validate_responses: bool | None
    semantic_responses: bool | None
    exclude_semantic_responses: Set[HTTPStatus] | None
    validate_events: bool | None
    validate_negotiation: bool | None
    no_validate_http_spec: 'Set[HttpSpec] | None'
    parsers: 'Sequence[AnyParser] | None'
    renderers: 'Sequence[AnyRenderer] | None'
    auth: 'Sequence[AsyncAuth] | Sequence[SyncAuth] | None'
    permissions: 'Sequence[Permission] | None'
    throttling: 'Sequence[AsyncThrottle] | Sequence[SyncThrottle] | None'
    throttling_allow_unsafe_cache: bool | None
    summary: str | None
    description: str | None
    tags: list[str] | None
    operation_id: str | None
    deprecated: bool
    external_docs: Any
    callbacks: Mapping[str, Any] | None
    servers: Sequence[Any] | None


class ModifyOptions(EndpointOptions, total=False):
    """Options of `modify` alone."""

    status_code: HTTPStatus | None
    headers: Mapping[str, NewHeader | HeaderSpec] | None
    cookies: Mapping[str, NewCookie | CookieSpec] | None
    extra_responses: list[ResponseSpec] | None
    response_description: str | None
    links: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _EndpointPayload:
    summary: str | None = None
    description: str | None = None
    tags: list[str] | None = None
    operation_id: str | None = None
    deprecated: bool = False
    security: Sequence[Mapping[str, list[str]]] | None = None
    external_docs: Any = None
    callbacks: Mapping[str, Any] | None = None
    servers: Sequence[Any] | None = None
    validate_responses: bool | None = None
    semantic_responses: bool | None = None
    exclude_semantic_responses: Set[HTTPStatus] | None = frozenset()
    validate_events: bool | None = None
    validate_negotiation: bool | None = None
    error_handler: 'SyncErrorHandler | AsyncErrorHandler | None' = None
    no_validate_http_spec: 'Set[HttpSpec] | None' = frozenset()
    parsers: 'Sequence[AnyParser] | None' = None
    renderers: 'Sequence[AnyRenderer] | None' = None
    auth: 'Sequence[SyncAuth] | Sequence[AsyncAuth] | None' = ()
    permissions: 'Sequence[Permission] | None' = ()
    throttling: 'Sequence[SyncThrottle] | Sequence[AsyncThrottle] | None' = ()
    throttling_allow_unsafe_cache: bool | Empty | None = EmptyObj


@dataclass(frozen=True, slots=True, kw_only=True)
class ModifyEndpointPayload(_EndpointPayload):
    """What `modify` says about an endpoint that returns raw data."""

    responses: list[ResponseSpec] | None = None
    status_code: HTTPStatus | None = None
    headers: Mapping[str, NewHeader | HeaderSpec] | None = None
    cookies: Mapping[str, NewCookie | CookieSpec] | None = None
    response_description: str | None = None
    links: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ValidateEndpointPayload(_EndpointPayload):
    """What `validate` says about an endpoint that returns responses."""

    responses: list[ResponseSpec]


Payload: TypeAlias = ModifyEndpointPayload | ValidateEndpointPayload
