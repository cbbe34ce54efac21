"""Wait for a future like ``await`` does, but able to be interrupted."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextvars import Context
from typing import Any, TypeAlias, final

_Wakeup: TypeAlias = Callable[['asyncio.Future[Any]'], object]


@final
class Waiter:
    """Stand between the current task and the future that it waits for.

    The task takes this for a future (`asyncio.isfuture` says how) and asks to
    be woken up. That wish is handed on, so waiting costs what it costs without
    this, cancellation included. But when `interrupt` is called, the task is
    woken up although nothing happened.
    """

    __slots__ = (
        '_asyncio_future_blocking',
        '_awaited',
        '_context',
        '_patience_seconds',
        '_wakeup',
    )

    def __init__(self, *, patience_seconds: float) -> None:
        self._patience_seconds = patience_seconds
        self._asyncio_future_blocking = False
        self._awaited: asyncio.Future[Any] | None = None
        self._wakeup: _Wakeup | None = None
        self._context: Context | None = None

    def settled(self, awaited: 'asyncio.Future[Any]') -> Awaitable[bool]:
        """Return an awaitable that tells whether *awaited* is done.

        It is ``False`` when the wait was interrupted. Whether *awaited* was
        successful is left to the one who asks for its result.

        Raises:
            CancelledError: the task is cancelled, and *awaited* cannot be.
        """
        self._awaited = awaited
        return self

    def __await__(self) -> 'Generator[Waiter, None, bool]':
        awaited = self._awaited
        assert awaited is not None  # `settled` has set it
        if awaited.done():
            return True
        self._asyncio_future_blocking = True
        try:
            yield self
        # The task raises here what *awaited* has, or that it is cancelled.
        except asyncio.CancelledError:
            if not awaited.cancelled():
                raise
        except Exception:
            if not awaited.done():
                raise
        finally:
            self._awaited = self._wakeup = self._context = None
        return awaited.done()

    @property
    def is_waiting(self) -> bool:
        """Tell whether there is somebody to interrupt."""
        return self._wakeup is not None

    def interrupt(self) -> None:
        """Wake the task up, unless it is about to be."""
        awaited, wakeup = self._awaited, self._wakeup
        if awaited is None or wakeup is None:
            return
        if not awaited.remove_done_callback(wakeup):
            return
        self._wakeup = None
        loop = awaited.get_loop()
        nothing: asyncio.Future[None] = loop.create_future()
        nothing.set_result(None)
        loop.call_soon(wakeup, nothing, context=self._context)

    # The rest is what a task asks of a future.

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """Return the loop of the future."""
        assert self._awaited is not None  # only who waits is asked
        return self._awaited.get_loop()

    def add_done_callback(
        self,
        callback: _Wakeup,
        *,
        context: Context | None = None,
    ) -> None:
        """Wake the task up when the future is done."""
        assert self._awaited is not None  # only who waits is asked
        self._wakeup = callback
        self._context = context
        self._awaited.add_done_callback(callback, context=context)

    def cancel(self, msg: Any = None) -> bool:
        """Cancel the future: that wakes the task up, if it is possible.

        A future that takes its time, as tasks do, is interrupted after
        *patience_seconds*.
        """
        awaited = self._awaited
        if awaited is None or self._wakeup is None or not awaited.cancel(msg):
            return False
        if not awaited.done():
            loop = awaited.get_loop()
            loop.call_later(self._patience_seconds, self.interrupt)
        return True
