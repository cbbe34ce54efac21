"""Validate Server-Sent Events: their type, then their data."""

from collections.abc import Callable, Iterable
from types import UnionType
from typing import (
    Annotated,
    Any,
    Final,
    TypeAlias,
    Union,
    get_args,
    get_origin,
)

from typing_extensions import is_typeddict, override

from dmr.errors import ErrorType
from dmr.exceptions import ValidationError
from dmr.serializer import BaseSerializer
from dmr.streaming.sse.metadata import SSEvent
from dmr.streaming.sse.metadata import check_event_field as check_event_field
from dmr.streaming.validation import StreamingValidator, validate_event_type

#: A check of Server-Sent Events: event, model, serializer → event.
SSEPipeline: TypeAlias = Callable[[Any, Any, type[BaseSerializer]], Any]

_UNIONS: Final = (Union, UnionType)


class SSEStreamingValidator(StreamingValidator):
    """Validate the type of each event, and the data of `SSEvent`."""

    __slots__ = ()

    @override
    def validation_pipeline(self) -> Iterable[SSEPipeline]:
        """Return the checks, in order."""
        return (validate_sse_type, validate_event_data)


def validate_sse_type(
    event: Any,
    model: Any,
    serializer: type[BaseSerializer],
) -> Any:
    """Return *event* if it is of type *model*.

    Serializers are only asked about types that Python cannot tell.

    Raises:
        ValidationError: it is not.
    """
    if model is Any:
        return event
    classes = [get_origin(one) or one for one in _members(model)]
    if any(not isinstance(one, type) or is_typeddict(one) for one in classes):
        return validate_event_type(event, model, serializer)
    if isinstance(event, tuple(classes)):
        return event
    raise ValidationError(
        [
            {
                'msg': f'Event of type {type(event).__name__} is not {model}',
                'type': str(ErrorType.value_error),
            },
        ],
    )


def validate_event_data(
    event: Any,
    model: Any,
    serializer: type[BaseSerializer],
) -> Any:
    """Return *event* if its data are what *model* says, nothing is coerced.

    Only `SSEvent` says so: ``SSEvent[Price]``. Data that are sent as they are
    are not looked at.

    Raises:
        ValidationError: they are not.
    """
    if type(event) is not SSEvent or not event.serialize:
        return event
    data_models = [
        get_args(one)[0]
        for one in _members(model)
        if get_origin(one) is SSEvent
    ]
    if data_models and event.data is not None:
        data_model: Any = Union[tuple(data_models)]  # noqa: UP007
        validate_event_type(event.data, data_model, serializer)
    return event


def _members(model: Any) -> tuple[Any, ...]:
    """Return the members of a union, or *model* alone."""
    if get_origin(model) is Annotated:
        model = get_args(model)[0]
    return get_args(model) if get_origin(model) in _UNIONS else (model,)
