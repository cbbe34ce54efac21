"""Server-Sent Events, from the controller to the bytes."""

import asyncio
import json
import types
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest

from dmr.streaming import StreamingCloseError
from dmr.streaming.sse import SSE, SSEController, SSEvent
from dmr.test import DMRAsyncRequestFactory

_RF: Final = DMRAsyncRequestFactory()


@dataclass
class _Price:
    amount: int


@dataclass
class _Own:
    data: str
    event: str | None = None
    id: int | str | None = None
    retry: int | None = None
    comment: str | None = None

    @property
    def should_serialize_data(self) -> bool:
        return True


def _view(
    serializer: Any,
    model: Any,
    produce: Callable[[], AsyncIterator[Any]],
    **options: Any,
) -> Any:
    async def get(self: Any) -> Any:
        return produce()

    get.__annotations__['return'] = AsyncIterator[model]
    made: Any = types.new_class(
        '_View',
        (SSEController[serializer],),
        exec_body=lambda body: body.update(get=get, **options),
    )
    return made.as_view()


async def _streamed(view: Any, **kwargs: Any) -> list[bytes]:
    response = await view(_RF.get('/', **kwargs))
    assert response.status_code == 200
    return [part async for part in response]


async def test_response_has_the_headers_of_streams(serializer: Any) -> None:
    """Nobody on the way may keep events back."""

    async def produce() -> AsyncIterator[SSEvent[int]]:
        yield SSEvent(1)

    response = await _view(serializer, SSEvent[int], produce)(_RF.get('/'))

    assert dict(response.headers) == {
        'Content-Type': 'text/event-stream',
        'Cache-Control': 'no-cache',
        'X-Accel-Buffering': 'no',
        'Connection': 'keep-alive',
        'Vary': 'Accept',
    }


async def test_data_that_do_not_fit_become_an_error_event(
    serializer: Any,
) -> None:
    """The stream goes on after it."""

    async def produce() -> AsyncIterator[SSEvent[Any]]:
        yield SSEvent(_Price(1), id=1)
        yield SSEvent('x', id=3)
        yield SSEvent(_Price(4), id=4)

    first, *rest = await _streamed(
        _view(serializer, SSEvent[_Price], produce),
    )

    assert first == b'id: 1\r\ndata: {"amount":1}\r\n\r\n'
    assert rest[-1] == b'id: 4\r\ndata: {"amount":4}\r\n\r\n'
    error = rest[-2].decode().splitlines()
    assert error[0] == 'event: error'
    (detail,) = json.loads(error[1].removeprefix('data: '))['detail']
    assert detail['type'] == 'value_error'


async def test_events_of_another_type_become_an_error_event(
    serializer: Any,
) -> None:
    """The type of the event itself is checked, too."""

    async def produce() -> AsyncIterator[Any]:
        yield _Own('x')

    assert await _streamed(_view(serializer, SSEvent[str], produce)) == [
        (
            b'event: error\r\n'
            b'data: {"detail":[{"msg":"Event of type _Own is not '
            b'dmr.streaming.sse.metadata.SSEvent[str]",'
            b'"type":"value_error"}]}\r\n\r\n'
        ),
    ]


@pytest.mark.parametrize('model', [Any, SSE, _Own, _Own | SSEvent[int]])
async def test_own_events_can_be_sent(serializer: Any, model: Any) -> None:
    """Any object with the fields of an event is one."""

    async def produce() -> AsyncIterator[Any]:
        yield _Own('x', id='i')

    assert await _streamed(_view(serializer, model, produce)) == [
        b'id: i\r\ndata: "x"\r\n\r\n',
    ]


async def test_validation_of_events_can_be_switched_off(
    serializer: Any,
) -> None:
    """Then everything that can be rendered is sent."""

    async def produce() -> AsyncIterator[Any]:
        yield SSEvent('x')

    view = _view(serializer, SSEvent[int], produce, validate_events=False)

    assert await _streamed(view) == [b'data: "x"\r\n\r\n']


async def test_silence_is_filled_with_comments(serializer: Any) -> None:
    """So that nobody on the way thinks that the connection is dead."""

    async def produce() -> AsyncIterator[SSEvent[int]]:
        yield SSEvent(1)
        await asyncio.sleep(0.05)
        yield SSEvent(2)

    view = _view(
        serializer,
        SSEvent[int],
        produce,
        streaming_ping_seconds=0.02,
    )

    parts = await _streamed(view)
    assert parts[0] == b'data: 1\r\n\r\n'
    assert {*parts[1:-1]} == {b': ping\r\n\r\n'}
    assert parts[-1] == b'data: 2\r\n\r\n'


async def test_controller_without_ping_event_stays_silent(
    serializer: Any,
) -> None:
    """``None`` sends nothing, and the stream goes on."""

    async def produce() -> AsyncIterator[SSEvent[int]]:
        await asyncio.sleep(0.03)
        yield SSEvent(2)

    view = _view(
        serializer,
        SSEvent[int],
        produce,
        streaming_ping_seconds=0.01,
        ping_event=lambda self: None,
    )

    assert await _streamed(view) == [b'data: 2\r\n\r\n']


@pytest.mark.parametrize('error', [StreamingCloseError, asyncio.CancelledError])
async def test_producer_can_end_the_stream(
    serializer: Any,
    error: type[BaseException],
) -> None:
    """The client sees a complete stream."""

    async def produce() -> AsyncIterator[SSEvent[int]]:
        yield SSEvent(1)
        await asyncio.sleep(0)
        raise error

    assert await _streamed(_view(serializer, SSEvent[int], produce)) == [
        b'data: 1\r\n\r\n',
    ]


async def test_other_errors_end_the_stream_as_incomplete(
    serializer: Any,
) -> None:
    """The server gets to know them."""

    async def produce() -> AsyncIterator[SSEvent[int]]:
        yield SSEvent(1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await _streamed(_view(serializer, SSEvent[int], produce))


async def test_controller_can_replace_an_error(serializer: Any) -> None:
    """The last event says what happened."""

    async def produce() -> AsyncIterator[SSEvent[int]]:
        yield SSEvent(1)
        raise ZeroDivisionError

    async def handle_event_error(self: Any, exc: Exception) -> Any:
        return SSEvent(type(exc).__name__, event='gone')

    view = _view(
        serializer,
        SSEvent[int],
        produce,
        handle_event_error=handle_event_error,
    )

    assert await _streamed(view) == [
        b'data: 1\r\n\r\n',
        b'event: gone\r\ndata: "ZeroDivisionError"\r\n\r\n',
    ]


@pytest.mark.parametrize(
    ('accept', 'status'),
    [
        ('text/event-stream', 200),
        ('text/*', 200),
        ('*/*', 200),
        ('application/json, text/event-stream;q=0.5', 200),
        ('application/json', 406),
        ('application/json, text/event-stream;q=0', 406),
        ('image/png', 406),
    ],
)
async def test_clients_that_accept_no_stream_get_none(
    serializer: Any,
    accept: str,
    status: int,
) -> None:
    """They get an error that they can read."""
    begun = False

    async def produce() -> AsyncIterator[SSEvent[int]]:
        nonlocal begun
        begun = True
        yield SSEvent(1)

    view = _view(serializer, SSEvent[int], produce)

    response = await view(_RF.get('/', headers={'Accept': accept}))

    assert response.status_code == status
    assert response.headers['Content-Type'] == (
        'text/event-stream' if status == 200 else 'application/json'
    )
    assert not begun
