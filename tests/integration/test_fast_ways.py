"""The fast way through an endpoint answers like the plain way, always.

Two controllers differ by overridden hooks that change nothing. Overriding
them makes the framework take its plain way.
"""

import json
from http import HTTPStatus
from typing import Any

import msgspec
import pydantic
import pytest
from django.http import HttpRequest, HttpResponse
from hypothesis import example, given
from hypothesis import strategies as st
from typing_extensions import override

from dmr import (
    APIError,
    Body,
    Controller,
    Cookies,
    Headers,
    NewCookie,
    NewHeader,
    Query,
    ResponseSpec,
    modify,
)
from dmr.endpoint import Endpoint, SerializerContext
from dmr.errors import ErrorModel
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


class _MCookies(msgspec.Struct):
    seen: int = 0


class _PCookies(pydantic.BaseModel):
    seen: int = 0


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
    cookies: Any = _MCookies if is_msgspec else _PCookies

    class Fast(Controller[serializer]):
        renderers = (MsgspecJsonRenderer(), MsgpackRenderer())

        @modify(
            headers={'X-New': NewHeader(value='1')},
            cookies={'seen': NewCookie(value='2')},
            extra_responses=[
                ResponseSpec(ErrorModel, status_code=HTTPStatus.CONFLICT),
            ],
        )
        def post(
            self,
            parsed_body: Body[body],
            parsed_query: Query[query],
            parsed_headers: Headers[headers],
            parsed_cookies: Cookies[cookies],
        ) -> list[int | str | None]:
            if parsed_body.number == 11:
                raise APIError(
                    self.format_error('Too many'),
                    status_code=HTTPStatus.CONFLICT,
                )
            if parsed_body.number == 12:
                raise ZeroDivisionError('12')
            if parsed_body.number == 13:
                return [b'not what was promised']  # type: ignore[list-item]  # on purpose
            return [
                parsed_body.number,
                parsed_body.text,
                parsed_query.page,
                parsed_query.name,
                parsed_headers.token,
                parsed_cookies.seen,
            ]

        def put(self, parsed_body: Body[body]) -> body:
            return parsed_body

        def patch(self, parsed_body: Body[list[body]]) -> list[body]:
            return parsed_body

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
        {
            'number': st.one_of(
                st.integers(),
                st.text(max_size=3),
                st.sampled_from([11, 12, 13]),
            ),
        },
        optional={'text': st.one_of(st.none(), st.text(max_size=5))},
    ).map(lambda one: json.dumps(one).encode()),
    st.sampled_from(
        [b'[]', b'[{"number":1}]', b'[{"number":1,"text":null},{"number":"x"}]']
    ),
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
    try:
        response: HttpResponse = controller.as_view()(request)
    except ZeroDivisionError as exc:
        return (type(exc), exc.args)
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
    seen=st.sampled_from([None, 'seen=1', 'a=b; seen=2', 'seen', 'seen="3"']),
    method=st.sampled_from(['POST', 'GET', 'PUT', 'PATCH', 'DELETE']),
)
@example(
    body=b'{"number":13}',
    query='',
    accepted=None,
    token=None,
    seen=None,
    method='POST',
)
@example(
    body=b'[{"number":1},{"number":2,"text":"b"}]',
    query='',
    accepted='application/json, text/*;q=0.5',
    token=None,
    seen=None,
    method='PATCH',
)
@example(
    body=b'',
    query='page=x',
    accepted='*/*',
    token='a',
    seen='seen=x',
    method='POST',
)
def test_both_ways_answer_the_same(
    serializer: Any,
    body: bytes,
    query: str,
    accepted: str | None,
    token: str | None,
    seen: str | None,
    method: str,
) -> None:
    """Status, headers, body, cookies and exceptions are equal."""
    headers = {
        **({} if accepted is None else {'Accept': accepted}),
        **({} if token is None else {'X-Token': token}),
        **({} if seen is None else {'Cookie': seen}),
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
