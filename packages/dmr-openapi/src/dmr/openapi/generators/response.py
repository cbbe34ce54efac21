"""Describe responses, one media type per renderer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dmr.files import FileBody, FileResponseSpec
from dmr.negotiation import get_conditional_types
from dmr.negotiation.content_types import by_content_type
from dmr.negotiation.fallback import fallback_renderer
from dmr.openapi.generators.request_body import media_type_with_metadata
from dmr.openapi.objects import (
    Header,
    MediaType,
    MediaTypeMetadata,
    OpenAPIType,
    Reference,
    Response,
    Schema,
)
from dmr.types import annotated_metadata

if TYPE_CHECKING:
    from dmr.metadata import EndpointMetadata, ResponseSpec
    from dmr.openapi.core.context import OpenAPIContext
    from dmr.renderers import Renderer
    from dmr.serializer import BaseSerializer

#: From this version on the items of a stream have a schema of their own.
_ITEM_SCHEMA_SINCE: Final = (3, 2)


@dataclass(frozen=True, slots=True)
class ResponseGenerator:
    """Describe what a response spec promises."""

    context: 'OpenAPIContext'

    def __call__(
        self,
        spec: 'ResponseSpec',
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
    ) -> Response:
        """Return the response with its media types and headers."""
        return Response(
            description=spec.description or spec.status_code.phrase,
            headers=dict(_headers(spec)) or None,
            content=self._content(spec, metadata, serializer) or None,
            links=spec.links,
        )

    def _content(
        self,
        spec: 'ResponseSpec',
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
    ) -> dict[str, MediaType | Reference]:
        conditional = get_conditional_types(spec.return_type, ()) or {}
        content: dict[str, MediaType | Reference] = {}
        for media_type in _media_types(spec, metadata):
            model = (
                by_content_type(conditional, media_type)
                if conditional
                else spec.return_type
            )
            # There is no body, or validation refuses this media type.
            if model is None or model is type(None):
                continue
            content[media_type] = self._media_type(model, spec, serializer)
        return content

    def _media_type(
        self,
        model: Any,
        spec: 'ResponseSpec',
        serializer: 'type[BaseSerializer]',
    ) -> MediaType:
        if isinstance(spec, FileResponseSpec):
            return MediaType(schema=spec.file_body.get_schema(self.context))
        if isinstance(model, type) and issubclass(model, FileBody):
            return MediaType(schema=model.get_schema(self.context))
        version = self.context.config.openapi_version_info
        if spec.streaming and version >= _ITEM_SCHEMA_SINCE:
            return MediaType(
                item_schema=self.context.generators.schema(model, serializer),
            )
        return media_type_with_metadata(
            self.context.generators.schema(
                model,
                serializer,
                used_for_response=True,
            ),
            annotated_metadata(model, (), MediaTypeMetadata),
        )


def _media_types(
    spec: 'ResponseSpec',
    metadata: 'EndpointMetadata',
) -> Iterable[str]:
    """Return the media types that the response can really have."""
    allowed = spec.limit_to_content_types
    return [
        media_type
        for media_type, renderer in _renderers(spec, metadata).items()
        if renderer.streaming == spec.streaming
        and (allowed is None or media_type in allowed)
    ]


def _renderers(
    spec: 'ResponseSpec',
    metadata: 'EndpointMetadata',
) -> 'Mapping[str, Renderer]':
    """Return who renders the response; no file says what went wrong."""
    listed = metadata.renderers
    if isinstance(spec, FileResponseSpec) or spec.status_code < 400:
        return listed
    rendering = {
        media_type: renderer
        for media_type, renderer in listed.items()
        if renderer.renders_data
    }
    if rendering:
        return rendering
    fallback = fallback_renderer([*listed.values()])
    return {str(fallback.content_type): fallback}


def _headers(spec: 'ResponseSpec') -> Iterator[tuple[str, Header | Reference]]:
    """Return headers, cookies as one ``Set-Cookie`` header each."""
    for name, header in (spec.headers or {}).items():
        yield (
            name,
            Header(
                schema=Schema(type=OpenAPIType.STRING),
                description=header.description,
                required=header.required or None,
                deprecated=header.deprecated or None,
                example=header.example,
            ),
        )
    for name, cookie in (spec.cookies or {}).items():
        yield (
            f'Set-Cookie: {name}',
            Header(
                schema=Schema(type=OpenAPIType.STRING, example=f'{name}=123'),
                description=cookie.description,
                required=cookie.required or None,
            ),
        )


def responses_by_status(
    responses: Mapping[Any, 'ResponseSpec'],
) -> Iterator[tuple[str, 'ResponseSpec']]:
    """Return status as text → spec, in order of declaration."""
    for status_code, spec in responses.items():
        yield str(int(status_code)), spec
