"""Describe responses that are streams of events."""

import dataclasses
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Collection,
    Generator,
    Iterator,
    Mapping,
)
from http import HTTPStatus
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Final,
    get_args,
    get_origin,
)

from typing_extensions import override

from dmr.cookies import CookieSpec
from dmr.exceptions import UnsolvableAnnotationsError
from dmr.headers import HeaderSpec
from dmr.metadata import EndpointMetadata, ResponseModification, ResponseSpec

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer

#: What an endpoint of a streaming controller may return.
_STREAMS: Final = frozenset(
    (AsyncIterator, AsyncGenerator, AsyncIterable, Iterator, Generator),
)

#: Headers that every stream has.
STREAM_HEADERS: Final[Mapping[str, HeaderSpec]] = {
    'Cache-Control': HeaderSpec(),
    # Servers take it out again, and it is missing in debug mode.
    'Connection': HeaderSpec(skip_validation=True),
    'X-Accel-Buffering': HeaderSpec(),
}


def streaming_response_spec(
    return_type: Any,
    *,
    content_type: str | Collection[str],
    status_code: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, HeaderSpec] | None = None,
    cookies: Mapping[str, CookieSpec] | None = None,
    links: Mapping[str, Any] | None = None,
    description: str | None = None,
) -> ResponseSpec:
    """Describe a stream for `validate`, *return_type* is that of one event.

    The headers that all streams have are described, too.
    """
    limits = (
        frozenset((content_type,))
        if isinstance(content_type, str)
        else frozenset(content_type)
    )
    return ResponseSpec(
        return_type,
        status_code=status_code,
        headers={**STREAM_HEADERS, **(headers or {})},
        cookies=cookies,
        limit_to_content_types=limits,
        streaming=True,
        description=description,
        links=links,
    )


class StreamingModification(ResponseModification):
    """Describe what happens to an iterator that an endpoint returns."""

    __slots__ = ()

    @override
    def infer_return_type(self) -> Any:
        """Return the type of one event.

        Raises:
            UnsolvableAnnotationsError: the endpoint returns no iterator, or
                does not say of what.
        """
        annotation = self.return_type
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        arguments = get_args(annotation)
        if get_origin(annotation) not in _STREAMS or not arguments:
            raise UnsolvableAnnotationsError(
                f'Cannot infer streaming item type from {annotation!r}. '
                'Annotate the endpoint with `-> AsyncIterator[YourEvent]`, or '
                'with `-> Iterator[YourEvent]` if it is sync.',
            )
        return arguments[0]

    @override
    def to_spec(self) -> ResponseSpec:
        """Describe the stream, with the headers that all streams have."""
        spec = super().to_spec()
        return dataclasses.replace(
            spec,
            headers={**STREAM_HEADERS, **(spec.headers or {})},
        )


class StreamingEndpointMetadata(EndpointMetadata):
    """Know that errors of a streaming endpoint are no streams."""

    __slots__ = ()

    @override
    def collect_response_specs(
        self,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: dict[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Ask every provider, limit what it says to plain media types."""
        collected = super().collect_response_specs(
            controller_cls,
            existing_responses,
        )
        return [limited_to_kind(spec, self) for spec in collected]


def limited_to_kind(
    spec: ResponseSpec,
    metadata: EndpointMetadata,
) -> ResponseSpec:
    """Return *spec* with the media types that it can really have.

    Those are the streaming ones for streams, the plain ones for the rest.
    """
    if spec.limit_to_content_types is not None and not spec.streaming:
        return spec
    return dataclasses.replace(
        spec,
        limit_to_content_types=frozenset(
            name
            for name, renderer in metadata.renderers.items()
            if renderer.streaming == spec.streaming
        ),
    )
