"""Controllers whose endpoints answer with JSON Lines."""

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from typing_extensions import override

from dmr import settings
from dmr.exceptions import ValidationError
from dmr.renderers import Renderer
from dmr.serializer import BaseSerializer
from dmr.streaming.controller import StreamingController
from dmr.streaming.jsonl.renderer import JsonLinesRenderer
from dmr.streaming.jsonl.validation import JsonLinesStreamingValidator
from dmr.streaming.renderer import StreamingRenderer
from dmr.streaming.validation import StreamingValidator

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)


class JsonLinesController(StreamingController[_SerializerT_co]):
    """Answer with JSON Lines.

    Endpoints return ``AsyncIterator[YourData]``. Data that do not fit are
    replaced by the usual error body, and the stream goes on.

    *streaming_default_renderer* renders each line, ``None`` is the default
    JSON renderer.
    """

    streaming_validator_cls: ClassVar[type[StreamingValidator]] = (
        JsonLinesStreamingValidator
    )
    streaming_default_renderer: ClassVar[Renderer | None] = None

    @classmethod
    @override
    def streaming_renderers(
        cls,
        serializer: type[BaseSerializer],
    ) -> Iterable[StreamingRenderer]:
        """Return the renderer of ``application/jsonl``."""
        return [
            JsonLinesRenderer(
                serializer,
                cls.streaming_default_renderer or settings.default_renderer,
                cls.streaming_validator_cls,
            ),
        ]

    @override
    async def handle_event_error(self, exc: Exception) -> Any:
        """Return a line that says what is wrong with an invalid one.

        Anything else ends the stream.
        """
        if isinstance(exc, ValidationError):
            return self.format_error(exc)
        raise exc
