"""Events cannot be made with fields that would end others."""

import pytest

from dmr.streaming.sse import SSE, SSEvent
from dmr.streaming.sse.validation import check_event_field


def test_event_has_what_the_protocol_asks_for() -> None:
    """The event of the framework is one that any code may replace."""
    assert isinstance(SSEvent(1), SSE)


def test_events_are_equal_by_their_fields() -> None:
    """And have no hash, because they can be changed."""
    assert SSEvent(1, id=2) == SSEvent(1, id=2)
    assert SSEvent(1, id=2) != SSEvent(1, id=3)
    assert SSEvent.__hash__ is None


def test_repr_shows_what_is_set() -> None:
    """Defaults would only make it longer."""
    assert repr(SSEvent([1], event='x')) == "SSEvent(data=[1], event='x')"


def test_empty_event_is_refused() -> None:
    """There would be nothing to send."""
    with pytest.raises(ValueError, match='at least one'):
        SSEvent()


@pytest.mark.parametrize('name', ['event', 'id'])
@pytest.mark.parametrize('text', ['a\nb', 'a\rb', 'a\0b', '\n'])
def test_fields_that_end_a_line_are_refused(name: str, text: str) -> None:
    """They would begin another field."""
    with pytest.raises(ValueError, match=f'{name!r} of an event'):
        SSEvent(1, **{name: text})  # type: ignore[arg-type]


def test_unserialized_data_are_bytes() -> None:
    """Nothing else can be sent as it is."""
    with pytest.raises(ValueError, match='must be bytes'):
        SSEvent('text', serialize=False)


@pytest.mark.parametrize('found', ['text', '', 7, None])
def test_harmless_fields_pass(found: object) -> None:
    """Only text can end a field."""
    check_event_field(found, 'id')
