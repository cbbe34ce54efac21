"""Render Server-Sent Events, by section 9.2 of the HTML standard."""

import re
from collections.abc import Callable
from typing import Any, Final

from typing_extensions import override

from dmr.errors import quoted
from dmr.exceptions import DataRenderingError
from dmr.negotiation import ContentType
from dmr.renderers import Renderer
from dmr.serializer import BaseSerializer
from dmr.streaming.renderer import StreamingRenderer
from dmr.streaming.sse.metadata import SSE, SSEvent, has_line_end
from dmr.streaming.validation import StreamingValidator

_LINEBREAK: Final = re.compile(b'\r\n|\r|\n')

#: Ends an event: an empty line after the last one.
_BLANK: Final = (b'', b'')


class SSERenderer(StreamingRenderer):
    """Render events as ``text/event-stream``.

    Whatever an event contains, it stays one event: all of its fields are
    looked at when they are written, not only when it is made.
    """

    __slots__ = ('content_type', 'encoding', 'linebreak', 'sep')

    def __init__(
        self,
        serializer: type[BaseSerializer],
        regular_renderer: Renderer,
        streaming_validator_cls: type[StreamingValidator],
        *,
        sep: bytes = b'\r\n',
        encoding: str = 'utf-8',
        linebreak: re.Pattern[bytes] = _LINEBREAK,
    ) -> None:
        """Write lines that end with *sep*, split data at *linebreak*."""
        super().__init__(serializer, regular_renderer, streaming_validator_cls)
        self.content_type = str(ContentType.event_stream)
        self.sep = sep
        self.encoding = encoding
        self.linebreak = linebreak

    @override
    def render(
        self,
        to_serialize: Any,
        serializer_hook: Callable[[Any], Any],
    ) -> bytes:
        """Return the bytes of one event, the blank line included.

        Raises:
            DataRenderingError: it is no event, or has a field that cannot be
                written.
        """
        event: Any = to_serialize
        # 2 µs faster: looking at all the members of a protocol takes long.
        if type(event) is not SSEvent and not isinstance(event, SSE):
            raise DataRenderingError(
                f'{type(event)} is no Server-Sent Event. It needs what '
                '`dmr.streaming.sse.SSE` has.',
            )
        lines: list[bytes] = []
        comment, event_id, name = event.comment, event.id, event.event
        if comment is not None:
            text = self._encoded(comment, 'comment')
            lines += [b': ' + line for line in self._split(text)]
        if event_id is not None:
            # Most ids are numbers, for them nothing is called.
            if type(event_id) is int and event_id >= 0:
                lines.append(b'id: %d' % event_id)
            else:
                lines.append(b'id: ' + self._id(event_id))
        if name is not None:
            lines.append(b'event: ' + self._field(name, 'event'))
        if event.data is not None:
            text = self._data(event)
            if b'\n' in text or b'\r' in text:
                lines += [b'data: ' + line for line in self._split(text)]
            else:
                lines.append(b'data: ' + text)
        if event.retry is not None:
            lines.append(b'retry: %d' % _number(event.retry, 'retry'))
        lines += _BLANK
        return self.sep.join(lines)

    def _data(self, event: SSE) -> bytes:
        if event.should_serialize_data:
            return self.render_data(event.data)
        if not isinstance(event.data, bytes):
            raise DataRenderingError(
                f'Data of type {type(event.data)} must be bytes to be sent '
                'as they are.',
            )
        return event.data

    def _split(self, text: bytes) -> list[bytes]:
        return self.linebreak.split(text)

    def _id(self, found: object) -> bytes:
        if isinstance(found, int):
            return b'%d' % _number(found, 'id')
        return self._field(found, 'id')

    def _field(self, found: object, name: str) -> bytes:
        if has_line_end(found):
            raise DataRenderingError(
                f'Field {name!r} of an event must not contain NUL, CR or LF: '
                f'{quoted(repr(found))}',
            )
        return self._encoded(found, name)

    def _encoded(self, found: object, name: str) -> bytes:
        if not isinstance(found, str):
            raise DataRenderingError(
                f'Field {name!r} of an event must be a string, not '
                f'{type(found)}.',
            )
        try:
            # Not the method of a subclass: what was looked at is written.
            return str.encode(found, self.encoding)
        except UnicodeEncodeError as exc:
            raise DataRenderingError(
                f'Field {name!r} of an event cannot be encoded: {exc}',
            ) from exc


def _number(found: object, name: str) -> int:
    if not isinstance(found, int) or isinstance(found, bool) or found < 0:
        raise DataRenderingError(
            f'Field {name!r} of an event must be a number from 0 on, not '
            f'{quoted(repr(found))}',
        )
    return found
