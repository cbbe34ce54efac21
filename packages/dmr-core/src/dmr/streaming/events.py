"""From the iterator of an endpoint to the bytes of its events.

Two twins, one per kind of server: `EventStream` for event loops and
`SyncEventStream` for threads. Both validate, ask the controller about errors
and render.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple, final

from asgiref.sync import async_to_sync
from typing_extensions import override

from dmr.streaming.exceptions import StreamingCloseError
from dmr.streaming.pump import Answer, Pump
from dmr.streaming.renderer import StreamingRenderer
from dmr.streaming.threads import close_iterator
from dmr.streaming.validation import StreamingValidator

if TYPE_CHECKING:
    from dmr.serializer import BaseSerializer
    from dmr.streaming.controller import StreamingController

_END: Final = object()


class EventFormat(NamedTuple):
    """How events become bytes."""

    controller: 'StreamingController[BaseSerializer]'
    renderer: StreamingRenderer
    validator: StreamingValidator

    def render(self, event: Any) -> bytes:
        """Return the bytes of one event.

        Raises:
            DataRenderingError: it cannot be rendered.
        """
        return self.renderer.render(
            event,
            self.controller.serializer.serialize_hook,
        )


@final
class EventStream:
    """Give the events of *source* as bytes, in an event loop.

    However it ends, *source* is closed before that is noticed outside.
    *on_end* is called once, after that.
    """

    __slots__ = ('_format', '_on_end', '_pump', 'content', 'loop')

    def __init__(
        self,
        source: AsyncIterator[Any],
        event_format: EventFormat,
        on_end: Callable[[], None],
    ) -> None:
        self._pump = Pump(
            source,
            silence_seconds=event_format.controller.streaming_ping_seconds,
        )
        self._format = event_format
        self._on_end: Callable[[], None] | None = on_end
        #: Loop in which the first event was awaited.
        self.loop: asyncio.AbstractEventLoop | None = None
        #: The bytes. A generator, because nothing is as fast.
        self.content: AsyncGenerator[bytes, None] = self._iterate()

    @property
    def has_ended(self) -> bool:
        """Tell whether there are no more events, and all is closed."""
        return self._on_end is None

    async def aclose(self) -> None:
        """Close everything, within a second. Does nothing the second time."""
        # Does nothing but prevent the beginning, if it has not begun.
        await self.content.aclose()
        await self._end()

    async def _iterate(self) -> AsyncGenerator[bytes, None]:
        self.loop = asyncio.get_running_loop()
        controller, renderer, validator = self._format
        hook = controller.serializer.serialize_hook
        pump = self._pump
        pump.begin()
        pending, silence = Answer.pending, Answer.silence
        try:
            while True:
                try:
                    event = pump.poll()
                    if event is pending:
                        event = await pump.settle()
                    if event is not silence:
                        event = validator.apply_event_pipeline(event)
                    elif (event := controller.ping_event()) is None:
                        continue
                except (StopAsyncIteration, StreamingCloseError):
                    return
                except Exception as exc:
                    event = await controller.handle_event_error(exc)
                yield renderer.render(event, hook)
        except StreamingCloseError:
            return
        except asyncio.CancelledError:
            # One that nobody outside has asked for ends the stream.
            if pump.is_cancelled:
                raise
        finally:
            await self._end()

    async def _end(self) -> None:
        on_end, self._on_end = self._on_end, None
        if on_end is None:
            return
        try:
            await self._pump.aclose()
        finally:
            on_end()


@final
class SyncEventStream(Iterator[bytes]):
    """Give the events of *source* as bytes, in a thread.

    Nothing can be sent while *source* is working, so there are no pings.
    """

    __slots__ = ('_format', '_on_end', '_source')

    def __init__(
        self,
        source: Iterator[Any],
        event_format: EventFormat,
        on_end: Callable[[], None],
    ) -> None:
        self._source = source
        self._format = event_format
        self._on_end: Callable[[], None] | None = on_end

    @override
    def __next__(self) -> bytes:
        if self._on_end is None:
            raise StopIteration
        try:
            event = self._next_event()
            if event is not _END:
                return self._format.render(event)
        except StreamingCloseError:
            self.close()
        except BaseException:
            self.close()
            raise
        self.close()
        raise StopIteration

    def close(self) -> None:
        """Close everything. Does nothing the second time."""
        on_end, self._on_end = self._on_end, None
        if on_end is None:
            return
        try:
            close_iterator(self._source)
        finally:
            on_end()

    def _next_event(self) -> Any:
        controller, _renderer, validator = self._format
        try:
            event = next(self._source, _END)
            if event is _END:
                return event
            return validator.apply_event_pipeline(event)
        except StreamingCloseError:
            raise
        except Exception as exc:
            return async_to_sync(controller.handle_event_error)(exc)
