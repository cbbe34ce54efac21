"""Endpoints share parts of their plans, and answer each for itself."""

import dataclasses
import json
from http import HTTPStatus
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from dmr import Body, Controller, modify
from dmr.parsers import JsonParser
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import JsonRenderer

_factory = RequestFactory()


@dataclasses.dataclass
class _EqualParser(JsonParser):
    """Is equal to others of its class, and has no hash."""

    content_type: str = 'application/json'

    def __post_init__(self) -> None:
        super().__init__(self.content_type)


@dataclasses.dataclass
class _EqualRenderer(JsonRenderer):
    """Is equal to others of its class, and has no hash."""

    content_type: str = 'application/json'

    def __post_init__(self) -> None:
        super().__init__(self.content_type)


@pytest.fixture(params=[MsgspecSerializer, PydanticSerializer])
def serializer(request: pytest.FixtureRequest) -> Any:
    """Either serializer."""
    return request.param


def _ask(controller: Any, body: Any) -> tuple[int, Any]:
    response = controller.as_view()(
        _factory.post(
            '/',
            data=json.dumps(body),
            content_type='application/json',
        ),
    )
    return response.status_code, response.content


def _conflict(endpoint: Any, controller: Any, exc: Exception) -> HttpResponse:
    return HttpResponse(
        endpoint.metadata.endpoint_name,
        status=HTTPStatus.CONFLICT,
    )


def test_errors_go_to_the_handler_of_their_own_endpoint(
    serializer: Any,
) -> None:
    """Also when everything else is the same."""

    class _First(Controller[serializer]):
        validate_responses = False

        @modify(error_handler=_conflict)
        def post(self, parsed_body: Body[dict[str, int]]) -> dict[str, int]:
            return parsed_body

    class _Second(Controller[serializer]):
        validate_responses = False

        @modify(error_handler=_conflict)
        def post(self, parsed_body: Body[dict[str, int]]) -> dict[str, int]:
            return parsed_body

    answers = [
        [_ask(one, body) for body in ({'a': 1}, {'a': 'text'})]
        for one in (_First, _Second)
    ]

    assert [
        [(201, b'{"a":1}'), (409, one.__qualname__.encode() + b'.post')]
        for one in (_First, _Second)
    ] == answers


def test_responses_are_validated_where_they_should_be(serializer: Any) -> None:
    """The same model, checked or not, with another status or headers."""

    class _Checked(Controller[serializer]):
        def post(self, parsed_body: Body[list[int]]) -> list[int]:
            return ['text']  # type: ignore[list-item]  # this is the fault

    class _Unchecked(Controller[serializer]):
        validate_responses = False

        def post(self, parsed_body: Body[list[int]]) -> list[int]:
            return ['text']  # type: ignore[list-item]  # this is the fault

    class _Accepted(Controller[serializer]):
        validate_responses = False

        @modify(status_code=HTTPStatus.ACCEPTED)
        def post(self, parsed_body: Body[list[int]]) -> list[int]:
            return parsed_body

    answers = [_ask(one, [1]) for one in (_Checked, _Unchecked, _Accepted)]

    assert [422, 201, 202] == [status for status, _content in answers]
    assert [b'["text"]', b'[1]'] == [content for _, content in answers[1:]]


def test_parsers_and_renderers_need_no_hash(serializer: Any) -> None:
    """Those that are equal to others are not shared."""

    class _Custom(Controller[serializer]):
        parsers = (_EqualParser(),)
        renderers = (_EqualRenderer(),)

        def post(self, parsed_body: Body[list[int]]) -> list[int] | None:
            return parsed_body or None

    answers = [_ask(_Custom, body) for body in ([1], [], ['text'])]

    assert [(201, b'[1]'), (201, b'')] == answers[:2]
    assert HTTPStatus.BAD_REQUEST == answers[2][0]


def test_nothing_instead_of_a_body(serializer: Any) -> None:
    """`None` is right where it is declared, and a mistake elsewhere."""

    class _Nothing(Controller[serializer]):
        def post(self) -> None:
            return None

    class _Something(Controller[serializer]):
        def post(self) -> list[int]:
            return None  # type: ignore[return-value]  # this is the fault

    class _Anything(Controller[serializer]):
        def post(self) -> Any:
            return None

    answers = [_ask(one, 1) for one in (_Nothing, _Something, _Anything)]

    assert [(201, b''), (201, b'')] == [answers[0], answers[2]]
    assert HTTPStatus.UNPROCESSABLE_ENTITY == answers[1][0]
