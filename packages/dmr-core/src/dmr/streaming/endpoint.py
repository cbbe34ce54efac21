"""Endpoints that return iterators of events."""

import dataclasses
from collections.abc import AsyncIterable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from typing_extensions import override

from dmr.endpoint import Endpoint, SerializerContext
from dmr.exceptions import InternalServerError
from dmr.metadata import EndpointMetadata, ResponseModification
from dmr.streaming.metadata import (
    StreamingEndpointMetadata,
    StreamingModification,
    limited_to_kind,
)
from dmr.streaming.negotiation import choose_streaming_renderer
from dmr.validation import (
    EndpointMetadataBuilder,
    ResponseValidator,
)
from dmr.validation.response import ValidatedModification

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer


class StreamingMetadataBuilder(EndpointMetadataBuilder):
    """Add the renderers of streams, keep streams and errors apart."""

    __slots__ = ()

    @override
    def __call__(self) -> EndpointMetadata:
        """Return the metadata, with streams limited to streaming types."""
        metadata = super().__call__()
        responses = {
            status_code: limited_to_kind(spec, metadata)
            if spec.streaming
            else spec
            for status_code, spec in metadata.responses.items()
        }
        return dataclasses.replace(metadata, responses=responses)

    @override
    def _draft(self, *args: Any, **kwargs: Any) -> EndpointMetadata:
        draft = super()._draft(*args, **kwargs)
        controller_cls: Any = self.controller_cls
        streaming = controller_cls.streaming_renderers(
            controller_cls.serializer,
        )
        return dataclasses.replace(
            draft,
            renderers={
                **{one.content_type: one for one in streaming},
                **draft.renderers,
            },
        )


class StreamingSerializerContext(SerializerContext):
    """Refuse clients that accept no stream, once their input is valid."""

    __slots__ = ()

    @override
    def __call__(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
    ) -> dict[str, Any]:
        """Return parameter name → validated model.

        Raises:
            NotAcceptableError: the client accepts no stream.
            ValidationError: with the errors of all components.
            RequestSerializationError: a part of the request is unreadable.
        """
        arguments = super().__call__(endpoint, controller)
        if endpoint.metadata.modification is not None:
            choose_streaming_renderer(controller)
        return arguments


class StreamingResponseValidator(ResponseValidator):
    """Let iterators pass, their events are validated one by one."""

    __slots__ = ()

    @override
    def validate_modification(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        structured: Any,
    ) -> ValidatedModification:
        """Return how to stream *structured*.

        Raises:
            InternalServerError: it is no iterator.
        """
        modification = endpoint.metadata.modification
        if modification is None or not is_stream(structured):
            raise InternalServerError(
                f'{endpoint.metadata.endpoint_name} returned '
                f'{type(structured)}, but it must return an iterator, or a '
                'response made with `to_stream`.',
            )
        renderer = choose_streaming_renderer(controller)
        return ValidatedModification(
            raw_data=structured,
            status_code=modification.status_code,
            headers=modification.build_headers(renderer),
            cookies=modification.actionable_cookies(),
            renderer=renderer,
        )


class StreamingEndpoint(Endpoint):
    """One method of a streaming controller.

    Set a subclass of it as ``endpoint_cls`` to customize it further.
    """

    metadata_builder_cls: ClassVar[type[EndpointMetadataBuilder]] = (
        StreamingMetadataBuilder
    )
    metadata_cls: ClassVar[type[EndpointMetadata]] = StreamingEndpointMetadata
    response_modification_cls: ClassVar[type[ResponseModification]] = (
        StreamingModification
    )
    response_validator_cls: ClassVar[type[ResponseValidator]] = (
        StreamingResponseValidator
    )
    serializer_context_cls: ClassVar[type[SerializerContext]] = (
        StreamingSerializerContext
    )


def is_stream(structured: Any) -> bool:
    """Tell whether *structured* gives events, sync or async."""
    return isinstance(structured, (AsyncIterable, Iterator))
