"""One component is collected as several are."""

from http import HTTPStatus
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dmr.components.base import Reader
from dmr.endpoint.arguments import compile_collect
from dmr.exceptions import RequestSerializationError, ValidationError
from dmr.plugins.msgspec import MsgspecSerializer

_ENDLESS = ValidationError(
    [{'msg': 'Number is out of range', 'loc': ['parsed_query']}],
    status_code=HTTPStatus.BAD_REQUEST,
)
#: What a component gives, or raises.
_GIVEN = st.one_of(
    st.integers(),
    st.just('text'),
    st.sampled_from(
        [
            RequestSerializationError('unreadable'),
            _ENDLESS,
            ValidationError([{'msg': 'of a response'}]),
            ZeroDivisionError(),
        ]
    ),
)


def _reader(given: Any) -> Reader:
    def read(_endpoint: Any, _controller: Any) -> Any:
        if isinstance(given, Exception):
            raise given
        return MsgspecSerializer.from_python(given, int, strict=True)

    return read


def _outcome(*readers: tuple[str, Reader]) -> Any:
    endpoint: Any = None
    controller: Any = None
    try:
        return compile_collect(readers, MsgspecSerializer)(endpoint, controller)
    except Exception as exc:
        return (
            type(exc),
            exc.args,
            getattr(exc, 'status_code', None),
            exc.__cause__,
        )


@given(_GIVEN)
def test_one_component_is_collected_as_if_there_were_others(given: Any) -> None:
    """The same argument, or the same error."""
    own = ('parsed_query', _reader(given))
    other = ('parsed_path', _reader(1))

    expected = _outcome(own, other)

    if isinstance(expected, dict):
        del expected['parsed_path']
    assert expected == _outcome(own)


def test_errors_of_one_component_have_its_name() -> None:
    """The location starts with the name of the component."""
    own = ('parsed_query', _reader('text'))

    kind, (details,), status_code, cause = _outcome(own)

    assert (ValidationError, HTTPStatus.BAD_REQUEST, None) == (
        kind,
        status_code,
        cause,
    )
    assert [['parsed_query']] == [one['loc'] for one in details]
