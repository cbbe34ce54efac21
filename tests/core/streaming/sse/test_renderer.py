"""Whatever an event contains, it stays one event on the wire."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmr.exceptions import DataRenderingError
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.renderers import JsonRenderer
from dmr.streaming.sse import SSEvent
from dmr.streaming.sse.renderer import SSERenderer
from dmr.streaming.sse.validation import SSEStreamingValidator


@dataclass
class _Event:
    """An event of somebody else, which nobody has checked."""

    data: Any = None
    event: Any = None
    id: Any = None
    retry: Any = None
    comment: Any = None
    should_serialize_data: Any = True


class _Text(str):
    """Claims to be encoded as something else."""

    __slots__ = ()

    def encode(self, *args: Any, **kwargs: Any) -> bytes:
        return b'x\ndata: injected'


_RENDERER = SSERenderer(
    MsgspecSerializer,
    JsonRenderer(),
    SSEStreamingValidator,
)


def _rendered(event: Any) -> bytes:
    return _RENDERER.render(event, MsgspecSerializer.serialize_hook)


@pytest.mark.parametrize(
    ('event', 'expected'),
    [
        (SSEvent(1), b'data: 1\r\n\r\n'),
        (SSEvent({'a': 'b\nc'}), b'data: {"a":"b\\nc"}\r\n\r\n'),
        (SSEvent(comment='ping'), b': ping\r\n\r\n'),
        (SSEvent(comment='a\nb\rc'), b': a\r\n: b\r\n: c\r\n\r\n'),
        (SSEvent(id=0), b'id: 0\r\n\r\n'),
        (SSEvent(id=''), b'id: \r\n\r\n'),
        (SSEvent(retry=250), b'retry: 250\r\n\r\n'),
        (
            SSEvent(b'a\nb\r\nc\rd', serialize=False),
            b'data: a\r\ndata: b\r\ndata: c\r\ndata: d\r\n\r\n',
        ),
        (
            SSEvent(1, event='e', id='i', retry=2, comment='c'),
            b': c\r\nid: i\r\nevent: e\r\ndata: 1\r\nretry: 2\r\n\r\n',
        ),
        (_Event(data=[1], id=3), b'id: 3\r\ndata: [1]\r\n\r\n'),
        (SSEvent('ü', event='ü'), 'event: ü\r\ndata: "ü"\r\n\r\n'.encode()),
    ],
)
def test_fields_are_written_in_order(event: Any, expected: bytes) -> None:
    """Fields that are ``None`` are left out."""
    assert _rendered(event) == expected


@pytest.mark.parametrize(
    'event',
    [
        _Event(data=1, event='a\ndata: injected'),
        _Event(data=1, id='a\rid: injected'),
        _Event(data=1, id='a\0'),
        _Event(data=1, retry='1\ndata: injected'),
        _Event(data=1, retry=-1),
        _Event(data=1, retry=True),
        _Event(data=1, event=7),
        _Event(data=1, comment=b'injected'),
        _Event(data=1, event='\ud800'),
        _Event(data='x\n\n', should_serialize_data=False),
    ],
)
def test_fields_of_foreign_events_are_checked(event: _Event) -> None:
    """They have not seen the constructor of ours."""
    with pytest.raises(DataRenderingError):
        _rendered(event)


def test_fields_of_changed_events_are_checked() -> None:
    """The constructor saw something else."""
    event = SSEvent(1, event='harmless')
    event.event = 'x\ndata: injected'

    with pytest.raises(DataRenderingError):
        _rendered(event)


def test_what_is_looked_at_is_written() -> None:
    """A subclass of text cannot say one thing and send another."""
    assert _rendered(SSEvent(1, event=_Text('x'))) == (
        b'event: x\r\ndata: 1\r\n\r\n'
    )


@pytest.mark.parametrize('event', [1, None, {'data': 1}, 'data: x'])
def test_other_objects_are_refused(event: object) -> None:
    """They have not got the fields of an event."""
    with pytest.raises(DataRenderingError, match='no Server-Sent Event'):
        _rendered(event)


@given(
    data=st.text() | st.binary(),
    event=st.text(min_size=1),
    event_id=st.text() | st.integers(),
    comment=st.text(),
)
def test_no_text_ends_an_event(
    data: str | bytes,
    event: str,
    event_id: str | int,
    comment: str,
) -> None:
    """Exactly one empty line, at the end, and no field twice but data."""
    try:
        rendered = _rendered(
            _Event(
                data=data,
                event=event,
                id=event_id,
                comment=comment,
                should_serialize_data=isinstance(data, str),
            ),
        )
    except DataRenderingError:
        return
    lines = rendered.replace(b'\r\n', b'\n').replace(b'\r', b'\n').split(b'\n')
    names = [line.partition(b':')[0] for line in lines]
    assert lines[-2:] == [b'', b'']
    assert b'' not in [*map(bytes.strip, lines[:-2])]
    assert names.count(b'event') == names.count(b'id') == 1
    assert {*names} <= {b'', b'id', b'event', b'data'}


def test_streams_are_not_parsed() -> None:
    """Their events were validated before."""
    with pytest.raises(NotImplementedError):
        _RENDERER.validation_parser  # noqa: B018
