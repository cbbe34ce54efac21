"""What happens right now, and what to read next; all of it asynchronous."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Final

from dmr import modify
from dmr.plugins.pydantic import PydanticSerializer
from dmr.streaming.sse import SSEController, SSEvent, last_event_id
from dmr.throttling import AsyncThrottle, Rate
from dmr.throttling.headers import RateLimitIETFDraft, RetryAfter
from library.controllers.base import MISSING, LibraryController
from library.schemas.live import News, Suggestion
from library.services import suggestions
from library.services.live import FEED

#: After so many milliseconds a browser connects again.
_RETRY_AFTER: Final = 2000


class EventsController(SSEController[PydanticSerializer]):
    @modify(tags=['Live'])
    async def get(self) -> AsyncIterator[SSEvent[News]]:
        """Follow what happens: books are added, lent and returned."""
        last = last_event_id(self.request) or ''
        return _events(int(last) if _is_number(last) else None)


class SuggestionController(LibraryController[PydanticSerializer]):
    throttling = [
        AsyncThrottle(
            5,
            Rate.minute,
            response_headers=[RetryAfter(), RateLimitIETFDraft()],
        ),
    ]

    @modify(tags=['Live'], extra_responses=[MISSING])
    async def get(self) -> Suggestion:
        """Suggest a book, five times a minute."""
        return await suggestions.suggest()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20


async def _events(seen: int | None) -> AsyncIterator[SSEvent[News]]:
    # Sent at once, so that everybody sees that the connection works.
    yield SSEvent(comment='listening', retry=_RETRY_AFTER)
    async with aclosing(FEED.follow(seen)) as items:
        async for item in items:
            yield SSEvent(item.news, event=item.kind, id=item.number)
