"""Tell everybody who listens what happens, in this process.

Several processes would need a broker between them, such as Redis.
"""

import asyncio
import itertools
import threading
import time
from collections import deque
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Final

from django.utils import timezone

from library.schemas.live import Kind, News

#: As many are kept for listeners who come back, and for slow ones.
_KEPT: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One piece of news; numbers grow, also over a restart."""

    number: int
    kind: Kind
    news: News


class Feed:
    """Hand news on: from any thread, to any number of event loops."""

    def __init__(self) -> None:
        self._numbers = itertools.count(time.time_ns() // 1_000_000)
        self._recent: deque[Item] = deque(maxlen=_KEPT)
        self._listeners: set[_Listener] = set()
        self._is_closed = False
        # Held for as long as it takes to append to a list.
        self._lock = threading.Lock()

    def publish(self, kind: Kind, title: str) -> None:
        """Tell all listeners."""
        news = News(title=title, at=timezone.now())
        with self._lock:
            item = Item(number=next(self._numbers), kind=kind, news=news)
            self._recent.append(item)
            for listener in self._listeners:
                listener.put(item)

    async def follow(self, seen: int | None) -> AsyncGenerator[Item]:
        """Iterate over the news, with those after *seen* that are kept.

        Ends when the feed is closed, or when the listener is too slow.
        """
        listener = _Listener()
        with self._lock:
            missed = [
                item
                for item in self._recent
                if seen is not None and item.number > seen
            ]
            if self._is_closed:
                listener.end()
            self._listeners.add(listener)
        try:
            for item in missed:
                yield item
            while (news := await listener.get()) is not None:
                yield news
        finally:
            with self._lock:
                self._listeners.discard(listener)

    def close(self) -> None:
        """End all iterations, those of the future too."""
        with self._lock:
            self._is_closed = True
            for listener in self._listeners:
                listener.end()


@dataclass(frozen=True, slots=True, eq=False)
class _Listener:
    """A queue of one event loop; ``None`` in it is the end."""

    _queue: asyncio.Queue[Item | None] = field(
        default_factory=lambda: asyncio.Queue(_KEPT),
    )
    _loop: asyncio.AbstractEventLoop = field(
        default_factory=asyncio.get_running_loop,
    )

    async def get(self) -> Item | None:
        return await self._queue.get()

    def put(self, item: Item) -> None:
        self._loop.call_soon_threadsafe(self._append, item)

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._append, None)

    def _append(self, item: Item | None) -> None:
        if item is None or self._queue.full():
            # Browsers come back and ask for what they have missed.
            while not self._queue.empty():
                self._queue.get_nowait()
            item = None
        self._queue.put_nowait(item)


FEED: Final = Feed()
