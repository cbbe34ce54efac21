"""Advance an async iterator by hand, so that silence can be noticed.

A step of the iterator runs inside of the task that asks for it, as a plain
``await`` would: no task is made for it. While it waits for a future, the one
timer of the stream can interrupt. The step then stays as it is, and goes on
the next time.
"""

import asyncio
import inspect
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from enum import Enum
from typing import Any, Final, TypeAlias, cast, final

from typing_extensions import override

from dmr.streaming.waiting import Waiter

#: Seconds that a producer has to end by itself once nobody wants its items.
CLOSE_SECONDS: Final = 0.7

#: Seconds that it has after its cleanup was cancelled, too.
_GIVE_UP_SECONDS: Final = 0.2

#: A step of an iterator, suspended or not yet begun.
_Step: TypeAlias = Generator[Any, Any, Any]

_logger = logging.getLogger('dmr.streaming')


@final
class Answer(Enum):
    """What a pump has, when it has no item."""

    #: The next item takes its time, `Pump.settle` waits for it.
    pending = 'pending'
    #: No item came for as long as the pump waits.
    silence = 'silence'


@final
class Pump:
    """Give the items of *source*, and say when there is silence.

    Call `poll`, then `settle` if it says `Answer.pending`.

    *silence_seconds* counts from the last `poll`; ``None`` waits for ever.
    Cancellation reaches *source* as it would without a pump, but its cleanup
    takes no longer than a second.
    """

    __slots__ = (
        '_awaited',
        '_cancelling',
        '_first_step',
        '_given_up',
        '_quiet_since',
        '_silence_seconds',
        '_source',
        '_step',
        '_timer',
        '_waiter',
    )

    def __init__(
        self,
        source: AsyncIterator[Any],
        *,
        silence_seconds: float | None,
    ) -> None:
        self._source = source
        self._first_step = _stepper(source)
        self._silence_seconds = silence_seconds
        self._step: _Step | None = None
        self._awaited: asyncio.Future[Any] | None = None
        self._waiter = Waiter(patience_seconds=CLOSE_SECONDS)
        self._timer: asyncio.TimerHandle | None = None
        self._cancelling = 0
        self._quiet_since = 0.0
        self._given_up = False

    @property
    def is_cancelled(self) -> bool:
        """Tell whether somebody wants the current task to end.

        Timeouts inside of *source* cancel the task as well, they take it back.
        """
        return _cancelling() > self._cancelling

    def begin(self) -> None:
        """Remember who has cancelled the current task already."""
        self._cancelling = _cancelling()

    def poll(self) -> Any:
        """Return the next item if it is there, else `Answer.pending`.

        Raises:
            StopAsyncIteration: there are no more items.
            BaseException: whatever *source* raises.
        """
        self._quiet_since = time.monotonic()
        if self._step is not None:
            return Answer.pending
        step = self._first_step()
        try:
            self._awaited = _future(step.send(None))
        except StopIteration as finished:
            return finished.value
        self._step = step
        return Answer.pending

    async def settle(self) -> Any:
        """Return the next item, or `Answer.silence`.

        Raises:
            StopAsyncIteration: there are no more items.
            BaseException: whatever *source* raises.
        """
        step, awaited = self._step, self._awaited
        assert step is not None  # `poll` said so
        assert awaited is not None
        if self._timer is None and self._silence_seconds is not None:
            self._start_timer(self._silence_seconds)
        try:
            # 1 µs faster: most steps wait for one thing only.
            if await self._waiter.settled(awaited):
                self._awaited = None
                self._awaited = _future(step.send(None))
            elif self._is_silent() and not self.is_cancelled:
                return Answer.silence
        except StopIteration as finished:
            self._step = None
            return finished.value
        except asyncio.CancelledError as exc:
            if self._awaited is None:
                self._step = None
                raise
            return await self._go_on(step, self._cancel_awaited(exc))
        except BaseException:
            self._step = None
            raise
        return await self._go_on(step, None)

    async def _go_on(self, step: _Step, error: BaseException | None) -> Any:
        """Run *step*, and remember whether it is finished."""
        item: Any = None
        try:
            item = await self._run(step, error=error)
        finally:
            if item is not Answer.silence:
                self._step = None
        return item

    async def aclose(self) -> None:
        """End the current step and close *source*, within a second.

        Raises:
            Exception: whatever *source* raises while it is closed.
        """
        if self._timer is not None:
            self._timer.cancel()
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
        limits = [_GIVE_UP_SECONDS]
        while True:
            if self._awaited is None:
                try:
                    self._awaited = _resumed(step, error)
                except StopIteration as finished:
                    return finished.value
                error = None
            if deadline is None and self.is_cancelled:
                deadline = time.monotonic() + CLOSE_SECONDS
            try:
                if await self._wait(self._awaited, deadline):
                    self._awaited = None
                    continue
            except asyncio.CancelledError as exc:
                error = self._cancel_awaited(exc)
                continue
            if deadline is None:
                if self._is_silent():
                    return Answer.silence
            elif time.monotonic() >= deadline:
                deadline = time.monotonic() + self._next_limit(limits)
                error = self._cancel_awaited(asyncio.CancelledError())

    async def _wait(
        self,
        awaited: 'asyncio.Future[Any]',
        deadline: float | None,
    ) -> bool:
        """Return ``True`` once *awaited* is done, ``False`` if it takes long.

        Without a *deadline* silence is what takes long.
        """
        if deadline is None:
            return await self._waiter.settled(awaited)
        timer = awaited.get_loop().call_later(
            deadline - time.monotonic(),
            self._waiter.interrupt,
        )
        try:
            return await self._waiter.settled(awaited)
        finally:
            timer.cancel()

    def _is_silent(self) -> bool:
        """Tell whether it is time to say that there is silence."""
        return (
            self._silence_seconds is not None
            and self._remaining(self._silence_seconds) <= 0
        )

    def _remaining(self, silence_seconds: float) -> float:
        return self._quiet_since + silence_seconds - time.monotonic()

    def _start_timer(self, silence_seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(
            self._remaining(silence_seconds),
            self._on_timer,
            silence_seconds,
        )

    def _on_timer(self, silence_seconds: float) -> None:
        """Interrupt who waits if it is time, else look again later.

        When nobody waits, the previous item is still being sent. Then the
        timer is not set again, so nothing keeps a forgotten pump alive.
        """
        self._timer = None
        if not self._waiter.is_waiting:
            return
        if self._is_silent():
            self._waiter.interrupt()
        else:
            self._start_timer(silence_seconds)

    def _cancel_awaited(self, exc: BaseException) -> BaseException | None:
        """Cancel what the step waits for, as a task would.

        Returns *exc* if that is impossible: then raise it in the step.
        """
        if self._awaited is not None and self._awaited.cancel():
            # It may take its time, the step goes on when it is done.
            return None
        self._awaited = None
        return exc

    def _next_limit(self, limits: list[float]) -> float:
        """Return how long to wait for what should have ended by now.

        Raises:
            CancelledError: it had all the time there is.
        """
        if limits:
            return limits.pop()
        self._given_up = True
        self._awaited = None
        _logger.warning(
            '%r suppresses its cancellation and cannot be closed. Let '
            '`CancelledError` pass, and keep its cleanup short.',
            self._source,
        )
        raise asyncio.CancelledError


def _stepper(source: AsyncIterator[Any]) -> Callable[[], _Step]:
    """Return what begins a step of *source*."""
    if inspect.isasyncgen(source):
        # What it returns has all methods of a generator.
        return cast('Callable[[], _Step]', source.__anext__)

    def begin_step() -> _Step:
        return _awaited_step(source.__anext__())

    return begin_step


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
    return _future(step.send(None) if error is None else step.throw(error))


def _future(awaited: Any) -> 'asyncio.Future[Any]':
    """Take over what a step waits for."""
    if awaited is None:
        # It only lets others go first, as `asyncio.sleep(0)` does.
        turn = _Turn()
        turn.get_loop().call_soon(turn.set_result, None)
        return turn
    # Says that its owner waits for it: from now on that is our task.
    awaited._asyncio_future_blocking = False
    return awaited  # type: ignore[no-any-return]


class _Turn(asyncio.Future[None]):
    """Done in the next turn of the loop, in any case.

    A step that waits for nothing would not notice that it was cancelled. So it
    is the task that has to tell.
    """

    @override
    def cancel(self, msg: Any = None) -> bool:
        """Refuse."""
        return False


def _cancelling() -> int:
    """Return how many want the current task to end."""
    task = asyncio.current_task()
    return 0 if task is None else task.cancelling()
