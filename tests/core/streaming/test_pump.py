"""Iterators are advanced by hand, inside of the task that asks."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Final

import pytest

from dmr.streaming.pump import Answer, Pump

#: What a pump may take to close anything, in seconds.
_LIMIT: Final = 1.0

#: How long nothing ever takes here.
_FOR_EVER: Final = 3600


async def _next(pump: Pump) -> Any:
    item = pump.poll()
    return await pump.settle() if item is Answer.pending else item


async def _items(pump: Pump) -> list[Any]:
    pump.begin()
    found: list[Any] = []
    while True:
        try:
            found.append(await _next(pump))
        except StopAsyncIteration:
            return found


def _tasks() -> int:
    return len(asyncio.all_tasks())


async def _eventually(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(_LIMIT):
        while not condition():
            await asyncio.sleep(0)


class _Producer:
    """Gives one item and then waits; remembers what happened to it."""

    def __init__(
        self,
        wait: Callable[[], Awaitable[Any]],
        clean_up: Callable[[], Awaitable[Any]] | None = None,
    ) -> None:
        self.log: list[str] = []
        self._wait = wait
        self._clean_up = clean_up

    async def items(self) -> AsyncIterator[int]:
        try:
            yield 1
            await self._wait()
            yield 2
        except asyncio.CancelledError:
            self.log.append('cancelled')
            raise
        except GeneratorExit:
            self.log.append('closed')
            raise
        finally:
            if self._clean_up is not None:
                await self._clean_up()
            self.log.append('cleaned up')


async def _for_ever() -> None:
    await asyncio.sleep(_FOR_EVER)


async def _waiting_task(pump: Pump) -> 'asyncio.Task[Any]':
    """Return a task that has one item and waits for the next one."""

    async def consume() -> Any:
        pump.begin()
        await _next(pump)
        return await _next(pump)

    task = asyncio.create_task(consume())
    for _ in range(5):
        await asyncio.sleep(0)
    assert not task.done()
    return task


@pytest.mark.parametrize('silence_seconds', [None, 0.5])
async def test_items_come_in_order(silence_seconds: float | None) -> None:
    """Whether the producer waits between them or not."""

    async def produce() -> AsyncIterator[int]:
        yield 1
        yield 2
        await asyncio.sleep(0)
        yield 3
        await asyncio.sleep(0.001)
        await asyncio.sleep(0.001)
        yield 4

    items = await _items(Pump(produce(), silence_seconds=silence_seconds))

    assert items == [1, 2, 3, 4]


async def test_any_async_iterator_can_be_advanced() -> None:
    """Its steps may be awaitables of any kind."""

    class _Countdown(AsyncIterator[int]):
        left = 3

        def __anext__(self) -> Awaitable[int]:
            self.left -= 1
            future = asyncio.get_running_loop().create_future()
            if self.left < 0:
                future.set_exception(StopAsyncIteration())
            else:
                future.get_loop().call_soon(future.set_result, self.left)
            return future

    items = await _items(Pump(_Countdown(), silence_seconds=1))

    assert items == [2, 1, 0]


async def test_silence_is_told_and_the_step_goes_on() -> None:
    """The producer does not notice, nothing is lost."""
    goes_on = asyncio.Event()

    async def produce() -> AsyncIterator[int]:
        yield 1
        await goes_on.wait()
        yield 2

    pump = Pump(produce(), silence_seconds=0.03)
    pump.begin()
    items = [await _next(pump) for _ in range(3)]
    goes_on.set()
    items.append(await _next(pump))

    assert items == [1, Answer.silence, Answer.silence, 2]


async def test_events_that_come_in_time_leave_no_silence() -> None:
    """The silence counts from the last answer, not from the beginning."""

    async def produce() -> AsyncIterator[int]:
        for number in range(6):
            await asyncio.sleep(0.1)
            yield number

    items = await _items(Pump(produce(), silence_seconds=0.5))

    assert items == [0, 1, 2, 3, 4, 5]


async def test_no_task_is_made() -> None:
    """Neither for items nor for silence."""
    found: set[int] = set()
    before = _tasks()

    async def produce() -> AsyncIterator[int]:
        for number in range(3):
            found.add(_tasks())
            await asyncio.sleep(0.02)
            yield number

    pump = Pump(produce(), silence_seconds=0.01)
    pump.begin()
    for _ in range(5):
        await _next(pump)
        found.add(_tasks())
    await pump.aclose()

    assert found == {before}
    assert _tasks() == before


async def test_errors_of_the_producer_are_raised() -> None:
    """Those that come after waiting, too."""

    async def produce() -> AsyncIterator[int]:
        yield 1
        await asyncio.sleep(0.001)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await _items(Pump(produce(), silence_seconds=1))


async def test_errors_of_what_is_awaited_reach_the_producer() -> None:
    """A failed future raises in the producer, nowhere else."""

    async def fail() -> None:
        await asyncio.sleep(0)
        raise ZeroDivisionError

    async def produce() -> AsyncIterator[str]:
        task = asyncio.create_task(fail())
        try:
            await task
        except ZeroDivisionError:
            yield 'caught'

    items = await _items(Pump(produce(), silence_seconds=1))

    assert items == ['caught']


async def test_cancellation_reaches_the_producer() -> None:
    """It is raised where the producer waits, and again outside."""
    producer = _Producer(_for_ever)
    task = await _waiting_task(Pump(producer.items(), silence_seconds=15))

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert producer.log == ['cancelled', 'cleaned up']


async def test_cancellation_reaches_the_task_that_is_awaited() -> None:
    """As if the producer had been awaited directly."""
    inner: list[asyncio.Task[None]] = []

    async def wait() -> None:
        inner.append(asyncio.create_task(_for_ever()))
        await inner[0]

    producer = _Producer(wait)
    task = await _waiting_task(Pump(producer.items(), silence_seconds=15))

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert inner[0].cancelled()
    assert producer.log == ['cancelled', 'cleaned up']


@pytest.mark.parametrize('silence_seconds', [None, 15])
@pytest.mark.parametrize('error', [None, ZeroDivisionError()])
async def test_cancellation_is_not_lost_when_the_next_item_is_ready(
    silence_seconds: float | None,
    error: Exception | None,
) -> None:
    """Both happen in the same turn of the loop."""
    future = asyncio.get_running_loop().create_future()

    async def wait() -> None:
        await future
        await _for_ever()

    producer = _Producer(wait)
    pump = Pump(producer.items(), silence_seconds=silence_seconds)
    task = await _waiting_task(pump)

    if error is None:
        future.set_result(None)
    else:
        future.set_exception(error)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, _LIMIT)
    assert producer.log == ['cancelled', 'cleaned up']


@pytest.mark.parametrize('silence_seconds', [None, 15])
async def test_cancellation_reaches_a_producer_that_waits_for_nothing(
    silence_seconds: float | None,
) -> None:
    """It only lets others go first, but for ever."""

    async def wait() -> None:
        while True:
            await asyncio.sleep(0)

    producer = _Producer(wait)
    task = await _waiting_task(
        Pump(producer.items(), silence_seconds=silence_seconds),
    )

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, _LIMIT)
    assert producer.log == ['cancelled', 'cleaned up']


async def test_cancellation_is_not_lost_after_an_interruption() -> None:
    """Silence was noticed, and somebody cancels before it is told."""
    producer = _Producer(_for_ever)
    pump = Pump(producer.items(), silence_seconds=15)
    task = await _waiting_task(pump)

    pump._waiter.interrupt()
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(task, _LIMIT)
    assert producer.log == ['cancelled', 'cleaned up']


async def test_timeout_of_the_producer_is_its_own() -> None:
    """It cancels our task, and takes that back."""

    async def produce() -> AsyncIterator[str]:
        try:
            async with asyncio.timeout(0.01):
                await _for_ever()
        except TimeoutError:
            yield 'late'
        await asyncio.sleep(0)
        yield 'alive'

    items = await _items(Pump(produce(), silence_seconds=15))

    assert items == ['late', 'alive']


async def test_timeout_around_the_consumer_ends_the_producer() -> None:
    """Who sets a limit to the stream gets `TimeoutError`."""
    producer = _Producer(_for_ever)
    pump = Pump(producer.items(), silence_seconds=15)
    pump.begin()
    await _next(pump)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(_next(pump), 0.01)

    assert producer.log == ['cancelled', 'cleaned up']


async def test_close_after_silence_ends_the_suspended_step() -> None:
    """A client may go away while a ping is sent."""
    producer = _Producer(_for_ever)
    pump = Pump(producer.items(), silence_seconds=0.01)
    pump.begin()
    assert [await _next(pump), await _next(pump)] == [1, Answer.silence]

    await pump.aclose()

    assert producer.log == ['cancelled', 'cleaned up']


async def test_close_between_items_closes_the_producer() -> None:
    """It is told so where it yields."""
    producer = _Producer(_for_ever)
    pump = Pump(producer.items(), silence_seconds=1)
    pump.begin()
    await _next(pump)

    await pump.aclose()

    assert producer.log == ['closed', 'cleaned up']


async def test_close_waits_for_the_cleanup() -> None:
    """A cleanup that awaits something is finished."""
    producer = _Producer(_for_ever, lambda: asyncio.sleep(0.05))
    pump = Pump(producer.items(), silence_seconds=0.01)
    pump.begin()
    await _next(pump)
    await _next(pump)

    await pump.aclose()

    assert producer.log == ['cancelled', 'cleaned up']


@pytest.mark.parametrize('silences', [0, 1])
async def test_long_cleanup_is_cancelled(silences: int) -> None:
    """Within a second everything is over."""
    producer = _Producer(_for_ever, _for_ever)
    pump = Pump(producer.items(), silence_seconds=0.01)
    pump.begin()
    for _ in range(1 + silences):
        await _next(pump)
    begun = time.monotonic()

    try:
        await pump.aclose()
    except asyncio.CancelledError:
        producer.log.append('raised')

    assert time.monotonic() - begun < _LIMIT
    assert 'cleaned up' not in producer.log
    assert _tasks() == 1


async def test_long_cleanup_after_cancellation_is_cancelled() -> None:
    """A disconnect cancels: even then it takes no longer than a second."""
    producer = _Producer(_for_ever, _for_ever)
    task = await _waiting_task(Pump(producer.items(), silence_seconds=15))
    begun = time.monotonic()

    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - begun < _LIMIT


async def test_stubborn_producer_is_given_up(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Somebody who ignores every cancellation does not block the server."""
    released = asyncio.Event()

    async def produce() -> AsyncIterator[int]:
        while not released.is_set():
            try:
                await released.wait()
            except asyncio.CancelledError:
                continue
        yield 1

    pump = Pump(produce(), silence_seconds=0.01)
    pump.begin()
    assert await _next(pump) is Answer.silence
    begun = time.monotonic()

    with caplog.at_level(logging.WARNING, 'dmr.streaming'):
        await pump.aclose()

    assert time.monotonic() - begun < _LIMIT
    assert 'suppresses its cancellation' in caplog.text


async def test_item_after_cancellation_is_lost() -> None:
    """A producer that answers a cancellation with an item is closed."""
    log: list[str] = []

    async def produce() -> AsyncIterator[int]:
        try:
            await _for_ever()
        except asyncio.CancelledError:
            try:
                yield 1
            finally:
                log.append('closed')

    pump = Pump(produce(), silence_seconds=0.01)
    pump.begin()
    assert await _next(pump) is Answer.silence

    await pump.aclose()

    assert log == ['closed']


async def test_iterator_without_close_can_be_closed() -> None:
    """Only iterators with resources need the method."""

    class _Numbers(AsyncIterator[int]):
        async def __anext__(self) -> int:
            return 1

    pump = Pump(_Numbers(), silence_seconds=1)
    pump.begin()
    assert await _next(pump) == 1

    await pump.aclose()


async def test_timer_of_a_forgotten_pump_ends() -> None:
    """Nothing in the loop keeps it alive."""

    async def produce() -> AsyncIterator[int]:
        await asyncio.sleep(0)
        yield 1

    pump = Pump(produce(), silence_seconds=0.2)
    pump.begin()
    await _next(pump)

    timer = pump._timer

    assert timer is not None
    await _eventually(lambda: pump._timer is None)
