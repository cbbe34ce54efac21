"""Make a sync iterator async: each item is fetched in a thread."""

import threading
from collections.abc import AsyncIterator, Iterator
from typing import Any, Final, Self, final

from asgiref.sync import sync_to_async
from typing_extensions import override

_END: Final = object()


@final
class ThreadedIterator(AsyncIterator[Any]):
    """Fetch the items of *source* one by one, never two at the same time.

    A thread cannot be interrupted: when this is closed while *source* works,
    the thread closes it as soon as the item is there.
    """

    __slots__ = ('_closed', '_lock', '_source')

    def __init__(self, source: Iterator[Any]) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._closed = False

    @override
    def __aiter__(self) -> Self:
        return self

    @override
    async def __anext__(self) -> Any:
        item = await sync_to_async(self._fetch)()
        if item is _END:
            raise StopAsyncIteration
        return item

    async def aclose(self) -> None:
        """Close *source*, in a thread because it may do anything."""
        self._closed = True
        await sync_to_async(self._close)()

    def _fetch(self) -> Any:
        with self._lock:
            if self._closed:
                return _END
            try:
                return next(self._source, _END)
            finally:
                self._close_late()

    def _close(self) -> None:
        # Whoever holds the lock sees `_closed` when it is done.
        if self._lock.acquire(blocking=False):
            try:
                close_iterator(self._source)
            finally:
                self._lock.release()

    def _close_late(self) -> None:
        # While we were working, `_close` came and went.
        if self._closed:
            close_iterator(self._source)


def close_iterator(source: Iterator[Any]) -> None:
    """Close *source* if it can be closed, as generators can."""
    close = getattr(source, 'close', None)
    if close is not None:
        close()
