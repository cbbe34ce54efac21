"""Advance an async iterator by hand, so that silence can be noticed.

A step of the iterator runs inside of the task that asks for it, as a plain
``await`` would: no task is made for it. When it waits for a future, that
future is watched, together with the one timer of the stream. If the timer is
first, the step stays as it is and goes on the next time.
"""

import asyncio
import inspect
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Generator
from enum import Enum
from typing import Any, Final, TypeAlias, final

#: Seconds that a producer has to end by itself once nobody wants its items.
CLOSE_SECONDS: Final = 0.7

#: Seconds that it has after its cleanup was cancelled, too.
_GIVE_UP_SECONDS: Final = 0.2

#: A step of an iterator, suspended or not yet begun.
_Step: TypeAlias = Generator[Any, Any, Any]

_logger = logging.getLogger('dmr.streaming')


@final
class Silence(Enum):
    """Says that no item came for as long as the pump waits."""

    marker = 'silence'


@final
class Pump:
    """Give the items of *source*, and `Silence.marker` when there are none.

    *silence_seconds* counts from the previous answer; ``None`` waits for ever.
    Cancellation reaches *source* as it would without a pump, but its cleanup
    takes no longer than a second.
    """

    __slots__ = (
        '_awaited',
        '_cancelling',
        '_closed',
        '_given_up',
        '_quiet_since',
        '_silence_seconds',
        '_source',
        '_step',
        '_timer',
        '_wake',
    )

    def __init__(
        self,
        source: AsyncIterator[Any],
        *,
        silence_seconds: float | None,
    ) -> None:
        self._source = source
        self._silence_seconds = silence_seconds
        self._step: _Step | None = None
        self._awaited: asyncio.Future[Any] | None = None
        self._wake: asyncio.Future[bool] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._cancelling: int | None = None
        self._quiet_since = 0.0
        self._given_up = False
        self._closed = False

    @property
    def is_cancelled(self) -> bool:
        """Tell whether somebody wants the current task to end.

        Timeouts inside of *source* cancel the task as well, they take it back.
        """
        return _cancelling() > (self._cancelling or 0)

    async def advance(self) -> Any:
        """Return the next item, or `Silence.marker`.

        Raises:
            StopAsyncIteration: there are no more items.
            BaseException: whatever *source* raises.
        """
        if self._closed:
            raise StopAsyncIteration
        if self._cancelling is None:
            self._cancelling = _cancelling()
        self._quiet_since = time.monotonic()
        step = self._step
        if step is None:
            step = self._step = _first_step(self._source)
        try:
            item = await self._run(step)
        except BaseException:
            self._step = None
            raise
        if item is not Silence.marker:
            self._step = None
        return item

    async def aclose(self) -> None:
        """End the current step and close *source*, within a second.

        Raises:
            Exception: whatever *source* raises while it is closed.
        """
        if self._closed:
            return
        self._closed = True
        self._stop_timer()
        cancelling = _cancelling()
        await self._end_step()
        # Only iterators with resources have this method, generators do.
        close = getattr(self._source, 'aclose', None)
        if close is not None and not self._given_up:
            await self._run(
                _awaited_step(close()),
                deadline=time.monotonic() + CLOSE_SECONDS,
            )
        if _cancelling() > cancelling:
            raise asyncio.CancelledError

    async def _end_step(self) -> None:
        """Cancel the current step, if there is one, and let it finish.

        An item that comes in spite of that is lost: nobody wants it.
        """
        step, self._step = self._step, None
        if step is None:
            return
        try:
            await self._run(
                step,
                error=self._cancel_awaited(asyncio.CancelledError()),
                deadline=time.monotonic() + CLOSE_SECONDS,
            )
        except (asyncio.CancelledError, StopAsyncIteration):
            return

    async def _run(
        self,
        step: _Step,
        *,
        error: BaseException | None = None,
        deadline: float | None = None,
    ) -> Any:
        """Run *step* to its end, or until there was silence.

        *error* is raised in it first. It ends by *deadline*, which it gets
        when somebody cancels us.
        """
        is_last_deadline = False
        while True:
            if self._awaited is None:
                try:
                    self._awaited = _resumed(step, error)
                except StopIteration as finished:
                    return finished.value
                error = None
            try:
                is_settled = await self._wait(self._awaited, deadline)
            except asyncio.CancelledError as exc:
                error = self._cancel_awaited(exc)
                if deadline is None and self.is_cancelled:
                    deadline = time.monotonic() + CLOSE_SECONDS
                continue
            if is_settled:
                self._awaited = None
            elif deadline is None:
                return Silence.marker
            elif is_last_deadline:
                self._give_up()
            else:
                is_last_deadline = True
                deadline = time.monotonic() + _GIVE_UP_SECONDS
                error = self._cancel_awaited(asyncio.CancelledError())

    async def _wait(
        self,
        awaited: 'asyncio.Future[Any]',
        deadline: float | None,
    ) -> bool:
        """Return ``True`` once *awaited* is done, ``False`` if it takes long.

        Without a *deadline* silence is what takes long.
        """
        if awaited.done():
            return True
        if deadline is not None:
            remaining = max(deadline - time.monotonic(), 0)
            done, _pending = await asyncio.wait((awaited,), timeout=remaining)
            return bool(done)
        loop = awaited.get_loop()
        wake = self._wake = loop.create_future()
        awaited.add_done_callback(self._on_done)
        if self._timer is None and self._silence_seconds is not None:
            self._timer = loop.call_later(
                self._silence_seconds,
                self._on_timer,
                self._silence_seconds,
                loop,
            )
        try:
            is_settled: bool = await wake
            return is_settled
        finally:
            self._wake = None
            awaited.remove_done_callback(self._on_done)

    def _on_done(self, awaited: 'asyncio.Future[Any]') -> None:
        if self._wake is not None and not self._wake.done():
            self._wake.set_result(True)

    def _on_timer(
        self,
        silence_seconds: float,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        """Wake up who waits if it is time, else look again later.

        When nobody waits, the previous item is still being sent. Then the
        timer is not set again, so nothing keeps a forgotten pump alive.
        """
        self._timer = None
        if self._wake is None or self._wake.done():
            return
        remaining = self._quiet_since + silence_seconds - time.monotonic()
        if remaining <= 0:
            self._wake.set_result(False)
            return
        self._timer = loop.call_later(
            remaining,
            self._on_timer,
            silence_seconds,
            loop,
        )

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _cancel_awaited(self, exc: BaseException) -> BaseException | None:
        """Cancel what the step waits for, as a task would.

        Returns *exc* if that is impossible: then raise it in the step.
        """
        if self._awaited is not None and self._awaited.cancel():
            # It may take its time, the step goes on when it is done.
            return None
        self._awaited = None
        return exc

    def _give_up(self) -> None:
        """Leave *source* alone, it does not end.

        Raises:
            CancelledError: always.
        """
        self._given_up = True
        self._awaited = None
        _logger.warning(
            '%r suppresses its cancellation and cannot be closed. Let '
            '`CancelledError` pass, and keep its cleanup short.',
            self._source,
        )
        raise asyncio.CancelledError


def _first_step(source: AsyncIterator[Any]) -> _Step:
    if inspect.isasyncgen(source):
        # What it returns has all methods of a generator.
        step: Any = source.__anext__()
        return step  # type: ignore[no-any-return]
    return _awaited_step(source.__anext__())


def _awaited_step(awaitable: Awaitable[Any]) -> _Step:
    """Return the step of any *awaitable*, with all methods of a generator."""
    step: Any = _plain(awaitable).__await__()
    return step  # type: ignore[no-any-return]


async def _plain(awaitable: Awaitable[Any]) -> Any:
    return await awaitable


def _resumed(
    step: _Step,
    error: BaseException | None,
) -> 'asyncio.Future[Any]':
    """Let *step* go on, return what it waits for next.

    Raises:
        StopIteration: it is finished, with its item as ``value``.
    """
    awaited: Any = step.send(None) if error is None else step.throw(error)
    if awaited is None:
        # The step only lets others go first, as `asyncio.sleep(0)` does.
        loop = asyncio.get_running_loop()
        awaited = loop.create_future()
        loop.call_soon(_finish, awaited)
    else:
        # Tells asyncio that somebody waits for it: that is us, not the step.
        awaited._asyncio_future_blocking = False
    return awaited  # type: ignore[no-any-return]


def _finish(awaited: 'asyncio.Future[None]') -> None:
    if not awaited.done():
        awaited.set_result(None)


def _cancelling() -> int:
    """Return how many want the current task to end."""
    task = asyncio.current_task()
    return 0 if task is None else task.cancelling()
