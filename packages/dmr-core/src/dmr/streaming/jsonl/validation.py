"""Validate the lines of a stream."""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from typing_extensions import override

from dmr.serializer import BaseSerializer
from dmr.streaming.validation import StreamingValidator, validate_event_type

#: A check of lines: data, model, serializer → data.
JsonLinesPipeline: TypeAlias = Callable[[Any, Any, type[BaseSerializer]], Any]


class JsonLinesStreamingValidator(StreamingValidator):
    """Validate that each line is what the endpoint says."""

    __slots__ = ()

    @override
    def validation_pipeline(self) -> Iterable[JsonLinesPipeline]:
        """Return the only check."""
        return (validate_event_type,)
