"""Facts about endpoints and responses, frozen once a controller is created.

Everything that reads a definition reads it here: response validation, error
handling, description writers. `EndpointMetadata` is built in two steps, first
a draft without the collected responses, then the final one.
"""

import abc
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from http import HTTPStatus
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    TypeAlias,
    get_args,
    get_origin,
)

from dmr.cookies import CookieSpec, NewCookie
from dmr.headers import HeaderSpec, NewHeader
from dmr.internal.sharing import shared
from dmr.types import annotated_metadata

if TYPE_CHECKING:
    from dmr.components import ComponentParser
    from dmr.controller import Controller
    from dmr.description import DescriptionContext
    from dmr.errors import AsyncErrorHandler, SyncErrorHandler
    from dmr.parsers import Parser
    from dmr.renderers import Renderer
    from dmr.security import AsyncAuth, SyncAuth
    from dmr.security.permissions import Permission
    from dmr.serializer import BaseSerializer
    from dmr.settings import HttpSpec
    from dmr.throttling import AsyncThrottle, SyncThrottle

    _Throttles: TypeAlias = tuple[SyncThrottle | AsyncThrottle, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseSpecMetadata:
    """Headers and cookies that belong to a type, for ``Annotated``.

    A `ResponseSpec` with such a return type has them too, its own win.
    """

    headers: Mapping[str, HeaderSpec] | None = None
    cookies: Mapping[str, CookieSpec] | None = None


@dataclass(frozen=True, slots=True)
class _ReturnType:
    # The only positional field, kept apart because all others are keywords.
    return_type: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseSpec(_ReturnType):
    """Describe one response that an endpoint can give.

    *headers* and *cookies* map names to specs. *limit_to_content_types* names
    the only media types with which this response can happen, ``None`` means
    all of the endpoint's.
    """

    status_code: HTTPStatus
    headers: Mapping[str, HeaderSpec] | None = None
    cookies: Mapping[str, CookieSpec] | None = None
    limit_to_content_types: Set[str] | None = None
    streaming: bool = False
    description: str | None = None
    links: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        """Take over headers and cookies that the return type brings."""
        inherited = annotated_metadata(
            self.return_type,
            (),
            ResponseSpecMetadata,
        )
        if inherited is None:
            return
        # Frozen is a promise to readers: the object is not complete before.
        object.__setattr__(
            self,
            'headers',
            _merged(inherited.headers, self.headers),
        )
        object.__setattr__(
            self,
            'cookies',
            _merged(inherited.cookies, self.cookies),
        )

    def get_schema(
        self,
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
        context: 'DescriptionContext',
    ) -> Any:
        """Describe this response, override it to customize the description.

        What an override returns is not checked against real responses.
        """
        return context.response(self, metadata, serializer)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseModification:
    """What happens to raw data that an endpoint returns.

    `NewHeader` and `NewCookie` are added to the response; specs in the same
    mappings are documentation only.
    """

    response_spec_cls: ClassVar[type[ResponseSpec]] = ResponseSpec

    return_type: Any
    status_code: HTTPStatus
    headers: Mapping[str, NewHeader | HeaderSpec] | None
    cookies: Mapping[str, NewCookie | CookieSpec] | None
    streaming: bool = False
    description: str | None = None
    links: Mapping[str, Any] | None = None

    def actionable_headers(self) -> Mapping[str, NewHeader] | None:
        """Return the headers to add, ``None`` if there are none."""
        found = {
            name: header
            for name, header in (self.headers or {}).items()
            if isinstance(header, NewHeader)
        }
        return found or None

    def actionable_cookies(self) -> Mapping[str, NewCookie] | None:
        """Return the cookies to add, ``None`` if there are none."""
        found = {
            name: cookie
            for name, cookie in (self.cookies or {}).items()
            if isinstance(cookie, NewCookie)
        }
        return found or None

    def build_headers(self, renderer: 'Renderer') -> dict[str, str]:
        """Return header name → value, the media type of *renderer* included."""
        headers = {
            name: header.value
            for name, header in (self.actionable_headers() or {}).items()
            if name.lower() != 'content-type'
        }
        return {**headers, 'Content-Type': renderer.content_type}

    def infer_return_type(self) -> Any:
        """Return the type of the body, for streams the type of one item."""
        if not self.streaming:
            return self.return_type
        arguments = get_args(_unannotated(self.return_type))
        return arguments[0] if arguments else Any

    def to_spec(self) -> ResponseSpec:
        """Describe the response that this modification makes."""
        return self.response_spec_cls(
            self.infer_return_type(),
            status_code=self.status_code,
            headers=_specs(self.headers),
            cookies=_specs(self.cookies),
            streaming=self.streaming,
            description=self.description,
            links=self.links,
        )


class ResponseSpecProvider:
    """Anything that knows about responses which endpoints using it can give.

    Parsers, renderers, components, auth and throttles are such providers.
    """

    __slots__ = ()

    @abc.abstractmethod
    def provide_response_specs(
        self,
        metadata: 'EndpointMetadata',
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Return specs for the responses that this object can cause.

        Called at import. Leave out statuses that *existing_responses* has.
        """

    def new_response(
        self,
        status_code: HTTPStatus,
        description: str,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe an error of the controller, unless it is described."""
        if status_code in existing_responses:
            return []
        return [
            _described(controller_cls.error_model, status_code, description),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointMetadata:
    """Everything that is known about an endpoint.

    *parsers* and *renderers* map media type → instance, most preferred first.
    *component_parsers* are triples: component, its model, and what else stood
    in ``Annotated`` around the model. *responses* maps status → spec.
    """

    endpoint_name: str
    type_annotations: dict[str, Any]
    responses: dict[HTTPStatus, ResponseSpec]
    validate_responses: bool | None
    method: str
    modification: ResponseModification | None
    error_handler: 'SyncErrorHandler | AsyncErrorHandler | None'
    component_parsers: 'list[tuple[ComponentParser, Any, tuple[Any, ...]]]'
    parsers: 'dict[str, Parser]'
    renderers: 'dict[str, Renderer]'
    auth: 'list[SyncAuth | AsyncAuth] | None'
    no_validate_http_spec: 'frozenset[HttpSpec]'
    allowed_http_methods: frozenset[str]
    semantic_responses: bool
    exclude_semantic_responses: frozenset[HTTPStatus]
    validate_events: bool
    validate_negotiation: bool = True
    throttling_before_auth: '_Throttles | None' = None
    throttling_after_auth: '_Throttles | None' = None
    throttling_allow_unsafe_cache: bool | None = True
    permissions: 'list[Permission] | None' = None
    summary: str | None = None
    description: str | None = None
    tags: list[str] | None = None
    operation_id: str | None = None
    deprecated: bool = False
    external_docs: Any | None = None
    callbacks: Mapping[str, Any] | None = None
    servers: Sequence[Any] | None = None

    @property
    def throttling(
        self,
    ) -> '_Throttles | None':
        """Return all throttles, those before auth first."""
        before = self.throttling_before_auth or ()
        return (*before, *(self.throttling_after_auth or ())) or None

    def collect_response_specs(
        self,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: dict[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Ask every provider for responses that are not described yet."""
        known = dict(existing_responses)
        collected: list[ResponseSpec] = []
        for provider in self.response_spec_providers():
            for spec in provider.provide_response_specs(
                self,
                controller_cls,
                known,
            ):
                if spec.status_code not in self.exclude_semantic_responses:
                    collected.append(spec)
                    known[spec.status_code] = spec
        return collected

    def response_spec_providers(
        self,
    ) -> Sequence[ResponseSpecProvider]:
        """Return who is asked for response specs, in order.

        Override it to add providers of your own.
        """
        return [
            *(component for component, _, _ in self.component_parsers),
            *self.parsers.values(),
            *self.renderers.values(),
            *(self.auth or ()),
            *(self.throttling or ()),
            *(self.permissions or ()),
        ]


@shared
def _described(
    model: Any,
    status_code: HTTPStatus,
    description: str,
) -> ResponseSpec:
    return ResponseSpec(
        model,
        status_code=status_code,
        description=description,
    )


def _merged(outer: Any, own: Any) -> Any:
    merged: dict[str, Any] = {**(outer or {}), **(own or {})}
    return merged or None


def _specs(described: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not described:
        return None
    return {name: one.to_spec() for name, one in described.items()}


def _unannotated(annotation: Any) -> Any:
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[0]
    return annotation
