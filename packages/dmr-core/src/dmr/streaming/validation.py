"""Validate events before they are sent."""

import abc
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from dmr.endpoint import request_endpoint
from dmr.exceptions import EndpointMetadataError, ValidationError
from dmr.metadata import EndpointMetadata
from dmr.negotiation import get_conditional_types, request_renderer
from dmr.negotiation.content_types import by_content_type
from dmr.serializer import BaseSerializer

if TYPE_CHECKING:
    from dmr.controller import Controller

#: Checks an event against a model, returns the event to go on with.
EventCheck: TypeAlias = Callable[[Any, Any, type[BaseSerializer]], Any]


class StreamingValidator:
    """Validate the events of one stream.

    Subclasses list the checks of their format in `validation_pipeline`.
    """

    __slots__ = ('_checks', 'event_model', 'serializer', 'validate_events')

    def __init__(
        self,
        event_model: Any,
        serializer: type[BaseSerializer],
        *,
        validate_events: bool,
    ) -> None:
        """Prepare to check that events are of type *event_model*."""
        self.event_model = event_model
        self.serializer = serializer
        self.validate_events = validate_events
        self._checks = (
            tuple(self.validation_pipeline()) if validate_events else ()
        )

    @classmethod
    def from_controller(
        cls,
        controller: 'Controller[BaseSerializer]',
        status_code: HTTPStatus,
    ) -> Self:
        """Return the validator for a stream with *status_code*.

        The spec of that response says what the events are.

        Raises:
            EndpointMetadataError: there is no such spec.
        """
        request = controller.request
        metadata = request_endpoint(request, strict=True).metadata
        renderer = request_renderer(request)
        content_type = '' if renderer is None else renderer.content_type
        return cls(
            _event_model(metadata, status_code, content_type),
            controller.serializer,
            validate_events=metadata.validate_events,
        )

    @abc.abstractmethod
    def validation_pipeline(self) -> Iterable[EventCheck]:
        """Return the checks, in order. Called once per stream."""

    def apply_event_pipeline(self, event: Any) -> Any:
        """Return *event* as the last check returned it.

        Raises:
            ValidationError: it does not fit.
        """
        for check in self._checks:
            event = check(event, self.event_model, self.serializer)
        return event


def validate_event_type(
    event: Any,
    model: Any,
    serializer: type[BaseSerializer],
) -> Any:
    """Return *event* if it is of type *model*, nothing is coerced.

    Raises:
        ValidationError: it is not.
    """
    try:
        serializer.from_python(event, model, strict=True)
    except serializer.validation_error as exc:
        raise ValidationError(
            serializer.serialize_validation_error(exc),
        ) from exc
    return event


def _event_model(
    metadata: EndpointMetadata,
    status_code: HTTPStatus,
    content_type: str,
) -> Any:
    spec = metadata.responses.get(status_code)
    if spec is None:
        if not metadata.validate_events:
            return Any
        raise EndpointMetadataError(
            f'{metadata.endpoint_name} streams with status {status_code!r}, '
            'which no response spec describes. Describe it with '
            '`streaming_response_spec`.',
        )
    conditions = get_conditional_types(spec.return_type, ())
    if not conditions:
        return spec.return_type
    return by_content_type(conditions, content_type) or Any
