"""The fast way through an endpoint answers like the plain way, always.

Two controllers differ by overridden hooks that change nothing. Overriding
them makes the framework take its plain way.
"""

import json
from typing import Any

import msgspec
import pydantic
import pytest
from django.http import HttpRequest, HttpResponse
from hypothesis import example, given
from hypothesis import strategies as st
from typing_extensions import override

from dmr import Body, Controller, Headers, NewCookie, NewHeader, Query, modify
from dmr.endpoint import Endpoint, SerializerContext
from dmr.negotiation import RequestNegotiator, ResponseNegotiator
from dmr.plugins.msgspec import (
    MsgpackRenderer,
    MsgspecJsonRenderer,
    MsgspecSerializer,
)
from dmr.plugins.pydantic import PydanticSerializer
from dmr.test import DMRRequestFactory
from dmr.validation import ResponseValidator


class _MBody(msgspec.Struct):
    number: int
    text: str | None = None


class _MQuery(msgspec.Struct):
    page: int = 1
    name: str = ''


class _MHeaders(msgspec.Struct):
    token: str = msgspec.field(name='X-Token', default='')


class _PBody(pydantic.BaseModel):
    number: int
    text: str | None = None


class _PQuery(pydantic.BaseModel):
    page: int = 1
    name: str = ''


class _PHeaders(pydantic.BaseModel):
    token: str = pydantic.Field(alias='X-Token', default='')


class _PlainContext(SerializerContext):
    @override
    def __call__(self, endpoint: Any, controller: Any) -> dict[str, Any]:
        return super().__call__(endpoint, controller)


class _PlainRequestNegotiator(RequestNegotiator):
    """Not the class that the fast way knows."""


class _PlainResponseNegotiator(ResponseNegotiator):
    """Not the class that the fast way knows."""


class _PlainValidator(ResponseValidator):
    """Not the class that the fast way knows."""


class _PlainEndpoint(Endpoint):
    serializer_context_cls = _PlainContext
    request_negotiator_cls = _PlainRequestNegotiator
    response_negotiator_cls = _PlainResponseNegotiator
    response_validator_cls = _PlainValidator

    @override
    def __call__(self, controller: Any, *args: Any, **kwargs: Any) -> Any:
        return super().__call__(controller, *args, **kwargs)


class _PlainMixin:
    """Override every hook that the fast way skips."""

    endpoint_cls = _PlainEndpoint

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # a mixin

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a mixin

    def to_response(self, raw_data: Any, **options: Any) -> Any:
        return super().to_response(raw_data, **options)  # type: ignore[misc]  # a mixin


def _controllers(serializer: Any) -> tuple[Any, Any]:
    """Return a controller for the fast and one for the plain way."""
    is_msgspec = serializer is MsgspecSerializer
    body: Any = _MBody if is_msgspec else _PBody
    query: Any = _MQuery if is_msgspec else _PQuery
    headers: Any = _MHeaders if is_msgspec else _PHeaders

    class Fast(Controller[serializer]):
        renderers = (MsgspecJsonRenderer(), MsgpackRenderer())

        @modify(
            headers={'X-New': NewHeader(value='1')},
            cookies={'seen': NewCookie(value='2')},
        )
        def post(
            self,
            parsed_body: Body[body],
            parsed_query: Query[query],
            parsed_headers: Headers[headers],
        ) -> list[int | str | None]:
            if parsed_body.number == 13:
                return [b'not what was promised']  # type: ignore[list-item]  # on purpose
            return [
                parsed_body.number,
                parsed_body.text,
                parsed_query.page,
                parsed_query.name,
                parsed_headers.token,
            ]

        def get(self) -> None:
            return None

    class Plain(_PlainMixin, Fast):
        """The same with every hook overridden."""

    return Fast, Plain


_CONTROLLERS = {
    serializer: _controllers(serializer)
    for serializer in (MsgspecSerializer, PydanticSerializer)
}

_BODIES = st.one_of(
    st.fixed_dictionaries(
        {'number': st.one_of(st.integers(), st.text(max_size=3), st.just(13))},
        optional={'text': st.one_of(st.none(), st.text(max_size=5))},
    ).map(lambda one: json.dumps(one).encode()),
    st.binary(max_size=12),
)
_ACCEPTED = st.sampled_from(
    [
        None,
        '*/*',
        'application/json',
        'application/msgpack',
        'application/msgpack;q=0.5, application/json;q=0.1',
        'text/html',
        'application/*;q=0',
        'nonsense',
    ]
)


def _answer(controller: Any, request: HttpRequest) -> tuple[Any, ...]:
    response: HttpResponse = controller.as_view()(request)
    return (
        response.status_code,
        sorted(response.headers.items()),
        response.content,
        response.cookies.output(),
    )


@pytest.mark.parametrize('serializer', _CONTROLLERS)
@given(
    body=_BODIES,
    query=st.text(alphabet='page=name&%+1x', max_size=16),
    accepted=_ACCEPTED,
    token=st.one_of(st.none(), st.sampled_from(['a', 'b,c', ''])),
    method=st.sampled_from(['POST', 'GET', 'PUT']),
)
@example(
    body=b'{"number":13}', query='', accepted=None, token=None, method='POST'
)
@example(body=b'', query='page=x', accepted='*/*', token='a', method='POST')
def test_both_ways_answer_the_same(
    serializer: Any,
    body: bytes,
    query: str,
    accepted: str | None,
    token: str | None,
    method: str,
) -> None:
    """Status, headers, body and cookies are equal, good or bad."""
    headers = {
        **({} if accepted is None else {'Accept': accepted}),
        **({} if token is None else {'X-Token': token}),
    }
    fast, plain = _CONTROLLERS[serializer]

    answers = [
        _answer(
            controller,
            DMRRequestFactory().generic(
                method,
                '/',
                body,
                headers=headers,
                QUERY_STRING=query,
            ),
        )
        for controller in (fast, plain)
    ]

    assert answers[1] == answers[0]


def test_hooks_of_the_plain_controller_are_called() -> None:
    """The comparison above compares two ways."""

    class Counting(_CONTROLLERS[PydanticSerializer][1]):  # type: ignore[misc]  # made at run time
        called: list[str] = []

        @override
        def setup(
            self, request: HttpRequest, *args: Any, **kwargs: Any
        ) -> None:
            self.called.append('setup')
            super().setup(request, *args, **kwargs)

        @override
        def to_response(self, raw_data: Any, **options: Any) -> Any:
            self.called.append('to_response')
            return super().to_response(raw_data, **options)

    Counting.as_view()(DMRRequestFactory().get('/'))

    assert ['setup', 'to_response'] == Counting.called
