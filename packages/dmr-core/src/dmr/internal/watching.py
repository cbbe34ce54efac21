"""Run a request as a part of the current task, until its client goes away."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextvars import Context
from types import coroutine
from typing import Any, Final, TypeVar, cast

from django.core.exceptions import RequestAborted

_Result = TypeVar('_Result')

#: Tasks that were cancelled from here and have not ended yet.
_left: Final[set[asyncio.Task[Any] | None]] = set()


def was_left() -> bool:
    """Tell whether the current task is cancelled because its client left."""
    return asyncio.current_task() in _left


@coroutine
def run_in(
    context: Context,
    work: Coroutine[Any, Any, _Result],
) -> Generator[Any, Any, _Result]:
    """Run *work* in *context*, in the current task."""
    try:
        waits_for = context.run(work.send, None)
    except StopIteration as finished:
        return cast('_Result', finished.value)
    rest: Any = go_on(context, work, waits_for)
    return cast('_Result', (yield from rest))


@coroutine
def go_on(
    context: Context,
    work: Coroutine[Any, Any, _Result],
    waits_for: Any,
) -> Generator[Any, Any, _Result]:
    """Do the rest of *work*, which has begun and waits for something."""
    step: Callable[[Any], Any]
    while True:
        try:
            sent = yield waits_for
        except BaseException as exc:
            step, sent = work.throw, exc
        else:
            step = work.send
        try:
            waits_for = context.run(step, sent)
        except StopIteration as finished:
            return cast('_Result', finished.value)


async def unless_left(
    listen: Coroutine[Any, Any, None],
    work: Awaitable[_Result],
) -> _Result | None:
    """Return the result of *work*, ``None`` if the client leaves before.

    *listen* ends when it does, then the current task is cancelled.
    """
    watched = task = asyncio.current_task()

    def cancel(ended: asyncio.Task[None]) -> None:
        if watched is not None and not ended.cancelled():
            _left.add(watched)
            watched.cancel()

    listener = asyncio.ensure_future(listen)
    listener.add_done_callback(cancel)
    try:
        return await work
    except asyncio.CancelledError:
        if not was_left():
            raise
        return None
    finally:
        # The callback can be under way already, it does nothing from now on.
        watched = None
        if task is not None and task in _left:
            _left.discard(task)
            task.uncancel()
        listener.cancel()
        # It ends on our demand, or by the client: both are expected.
        with contextlib.suppress(asyncio.CancelledError, RequestAborted):
            await listener
