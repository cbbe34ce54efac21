"""The response that sends events while they happen."""

import asyncio
from collections.abc import (
    AsyncIterable,
    AsyncIterator,
    Callable,
    Iterator,
    Mapping,
)
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, Protocol, Self, cast

from asgiref.sync import async_to_sync
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import StreamingHttpResponse
from typing_extensions import override

from dmr.renderers import Renderer
from dmr.streaming.events import EventFormat, EventStream, SyncEventStream
from dmr.streaming.renderer import StreamingRenderer
from dmr.streaming.threads import ThreadedIterator
from dmr.streaming.validation import StreamingValidator
from dmr.streaming.wsgi import (
    is_wsgi_server,
    iterate_in_thread,
    iterate_until,
)

if TYPE_CHECKING:
    from dmr.serializer import BaseSerializer
    from dmr.streaming.controller import StreamingController

#: Loops know their tasks only weakly. There is one for streams that a server
#: has left alone in the middle, until it is closed.
_closing: Final[set['asyncio.Task[None]']] = set()


class _Closable(Protocol):
    def close(self) -> None: ...


class StreamingResponse(StreamingHttpResponse):
    """Send the events of an iterator, each as soon as it is there.

    Made by ``StreamingController.to_stream``. Middleware may wrap
    ``streaming_content``, the iterator is closed nevertheless.
    """

    # Django's own list of what `close` calls.
    _resource_closers: list[Callable[[], None]]

    def __init__(
        self,
        streaming_content: AsyncIterable[Any] | Iterator[Any],
        controller: 'StreamingController[BaseSerializer]',
        *,
        regular_renderer: Renderer,
        streaming_renderer: StreamingRenderer,
        streaming_validator: StreamingValidator,
        headers: Mapping[str, str] | None = None,
        status_code: int = HTTPStatus.OK,
    ) -> None:
        """Stream *streaming_content* for the request of *controller*.

        *regular_renderer* is the one that renders errors of this request.
        """
        self.regular_renderer = regular_renderer
        self._wsgi_seconds = controller.streaming_wsgi_seconds
        self._served: _Closable | None = None
        self._events = _event_stream(
            streaming_content,
            EventFormat(controller, streaming_renderer, streaming_validator),
            self,
            in_thread=isinstance(controller.request, WSGIRequest),
        )
        super().__init__(
            self._own_content(),
            status=status_code,
            headers=headers,
        )
        self.headers['Cache-Control'] = 'no-cache'
        self.headers['Content-Type'] = str(streaming_renderer.content_type)
        self.headers['X-Accel-Buffering'] = 'no'
        # WSGI forbids it (PEP 3333), Django's own server refuses to send it.
        if not settings.DEBUG and not is_wsgi_server(controller.request):
            self.headers['Connection'] = 'keep-alive'

    @property
    @override
    def streaming_content(self) -> Any:
        """Return the bytes of the events, as an iterator.

        It is async, unless a sync iterator is served by a thread.
        """
        return self._content

    @streaming_content.setter
    def streaming_content(self, value: Any) -> None:
        self.is_async = isinstance(value, AsyncIterable)
        self._content: Any = aiter(value) if self.is_async else iter(value)
        if hasattr(value, 'close'):
            self._resource_closers.append(value.close)

    @override
    def __aiter__(self) -> AsyncIterator[bytes]:
        """Return the bytes of the events, for a server with an event loop."""
        content = self._content if self.is_async else None
        if content is None:
            content = ThreadedIterator(self._content)
        if content is not self._own_content():
            content = _WrappedContent(content, self._events)
        return content

    @override
    def __iter__(self) -> Iterator[bytes]:
        """Return the bytes of the events, for a server with threads.

        Raises:
            RuntimeError: the iterator is async, and the controller has no
                ``streaming_wsgi_seconds``.
        """
        if not self.is_async:
            return iterate_until(self._content, self._wsgi_seconds)
        if self._wsgi_seconds is None and not settings.DEBUG:
            raise RuntimeError(NEEDS_ASGI)
        served = iterate_in_thread(aiter(self), self._wsgi_seconds)
        self._served = served
        return served

    def _own_content(self) -> Any:
        events = self._events
        return events.content if isinstance(events, EventStream) else events

    @override
    def close(self) -> None:
        """Close the events if they are not, and end the request.

        Called by the server.
        """
        if self._served is not None:
            self._served.close()
        _close_events(self._events)
        super().close()


#: Why a WSGI server cannot send async events.
NEEDS_ASGI: Final = (
    'Async events cannot be streamed by a WSGI server. Serve the project with '
    'ASGI, return a sync iterator, or set `streaming_wsgi_seconds` on the '
    'controller.'
)


class _WrappedContent(AsyncIterator[bytes]):
    """Iterate what some middleware made of the events, close both.

    Generators that wrap each other do not close each other.
    """

    __slots__ = ('_content', '_events')

    def __init__(
        self,
        content: AsyncIterator[bytes],
        events: EventStream | SyncEventStream,
    ) -> None:
        self._content = content
        self._events = events

    @override
    def __aiter__(self) -> Self:
        return self

    @override
    async def __anext__(self) -> bytes:
        return await anext(self._content)

    async def aclose(self) -> None:
        """Close what wraps the events, then the events."""
        close = getattr(self._content, 'aclose', None)
        try:
            if close is not None:
                await close()
        finally:
            if isinstance(self._events, EventStream):
                await self._events.aclose()


def _event_stream(
    content: Any,
    event_format: EventFormat,
    response: StreamingResponse,
    *,
    in_thread: bool,
) -> EventStream | SyncEventStream:
    def end() -> None:
        response.closed = True

    if isinstance(content, AsyncIterable):
        source: AsyncIterator[Any] = aiter(cast('AsyncIterable[Any]', content))
        return EventStream(source, event_format, end)
    if in_thread:
        return SyncEventStream(content, event_format, end)
    return EventStream(ThreadedIterator(content), event_format, end)


def _close_events(events: EventStream | SyncEventStream) -> None:
    """Close *events*, which may be suspended in the middle."""
    if isinstance(events, SyncEventStream):
        events.close()
    elif not events.has_ended:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            _close_from_thread(events)
        else:
            _start_closing(loop, events)


def _close_from_thread(events: EventStream) -> None:
    if events.loop is None or events.loop.is_closed():
        async_to_sync(events.aclose)()
    else:
        events.loop.call_soon_threadsafe(_start_closing, events.loop, events)


def _start_closing(
    loop: asyncio.AbstractEventLoop,
    events: EventStream,
) -> None:
    task = loop.create_task(events.aclose())
    _closing.add(task)
    task.add_done_callback(_closing.discard)
