"""Decode streams part by part, wherever servers have cut them."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

#: Takes bytes, gives what is complete by then.
Feed: TypeAlias = Callable[[bytes], list[Any]]

#: Ends of lines are atomic: two of them are not the halves of one.
_BLANK_LINE: Final = re.compile(rb'(?>\r\n|\r|\n)(?>\r\n|\r|\n)')
_LINE_END: Final = re.compile('\r\n|\r|\n')


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedEvent:
    """One server-sent event, as a browser sees it.

    *comments* are for the eyes of people, a ping is nothing else.
    """

    data: str | None = None
    event: str | None = None
    id: str | None = None
    retry: int | None = None
    comments: tuple[str, ...] = ()

    @property
    def is_comment(self) -> bool:
        """Tell whether browsers ignore it."""
        return self == ReceivedEvent(comments=self.comments)

    def json(self) -> Any:
        """Return the data, which must be JSON.

        Raises:
            ValueError: they are something else, or there are none.
        """
        if self.data is None:
            raise ValueError(f'{self!r} has no data.')
        return json.loads(self.data)


def sse_feed(*, comments: bool) -> Feed:
    """Return a decoder of server-sent events, with or without comments."""
    buffer = bytearray()

    def feed(part: bytes) -> list[ReceivedEvent]:
        buffer.extend(part)
        events: list[ReceivedEvent] = []
        while (end := _BLANK_LINE.search(buffer)) is not None:
            event = _event(bytes(buffer[: end.start()]).decode())
            del buffer[: end.end()]
            if comments or not event.is_comment:
                events.append(event)
        return events

    return feed


def json_lines_feed() -> Feed:
    """Return a decoder of JSON Lines."""
    buffer = bytearray()

    def feed(part: bytes) -> list[Any]:
        buffer.extend(part)
        *lines, rest = bytes(buffer).split(b'\n')
        buffer[:] = rest
        return [json.loads(line) for line in lines if line.strip()]

    return feed


def _event(block: str) -> ReceivedEvent:
    data: list[str] = []
    comments: list[str] = []
    fields: dict[str, Any] = {}
    for name, text in _fields(block):
        if name == 'data':
            data.append(text)
        elif not name:
            comments.append(text)
        elif name == 'retry':
            fields['retry'] = int(text)
        elif name in {'event', 'id'}:
            fields[name] = text
    if data:
        fields['data'] = '\n'.join(data)
    return ReceivedEvent(comments=tuple(comments), **fields)


def _fields(block: str) -> Iterator[tuple[str, str]]:
    for line in _LINE_END.split(block):
        if line:
            name, _, text = line.partition(':')
            yield name, text.removeprefix(' ')
