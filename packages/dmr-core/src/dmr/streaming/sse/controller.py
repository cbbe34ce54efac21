"""Controllers whose endpoints answer with Server-Sent Events."""

from collections.abc import Iterable
from typing import Any, ClassVar, TypeVar

from typing_extensions import override

from dmr import settings
from dmr.exceptions import ValidationError
from dmr.renderers import Renderer
from dmr.serializer import BaseSerializer
from dmr.streaming.controller import StreamingController
from dmr.streaming.renderer import StreamingRenderer
from dmr.streaming.sse.metadata import SSEvent
from dmr.streaming.sse.renderer import SSERenderer
from dmr.streaming.sse.validation import SSEStreamingValidator
from dmr.streaming.validation import StreamingValidator

_SerializerT_co = TypeVar(
    '_SerializerT_co',
    bound=BaseSerializer,
    covariant=True,
)


class SSEController(StreamingController[_SerializerT_co]):
    """Answer with Server-Sent Events.

    Endpoints return ``AsyncIterator[SSEvent[YourData]]``. An event that does
    not fit is replaced by one of type ``error`` with the usual error body, and
    the stream goes on.

    *streaming_default_renderer* renders the data of events, ``None`` is the
    default JSON renderer.
    """

    streaming_ping_seconds: ClassVar[float | None] = 15.0
    streaming_validator_cls: ClassVar[type[StreamingValidator]] = (
        SSEStreamingValidator
    )
    streaming_default_renderer: ClassVar[Renderer | None] = None

    @classmethod
    @override
    def streaming_renderers(
        cls,
        serializer: type[BaseSerializer],
    ) -> Iterable[StreamingRenderer]:
        """Return the renderer of ``text/event-stream``."""
        return [
            SSERenderer(
                serializer,
                cls.streaming_default_renderer or settings.default_renderer,
                cls.streaming_validator_cls,
            ),
        ]

    @override
    async def handle_event_error(self, exc: Exception) -> Any:
        """Return an event that says what is wrong with an invalid one.

        Anything else ends the stream. The client sees that it is incomplete,
        and comes back.
        """
        if isinstance(exc, ValidationError):
            return SSEvent(self.format_error(exc), event='error')
        raise exc

    @override
    def ping_event(self) -> Any | None:
        """Return a comment, which clients ignore and proxies do not."""
        return SSEvent(comment='ping')
