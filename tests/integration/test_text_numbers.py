"""Numbers in text that no format can send back are refused."""

import dataclasses
import json
from typing import Any

import msgspec
import pydantic
import pytest

from dmr import Body, Controller, Query
from dmr.parsers import FormUrlEncodedParser
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticFastSerializer, PydanticSerializer
from dmr.test import DMRRequestFactory


class _MNumbers(msgspec.Struct):
    number: float = 0
    text: str = ''


class _PNumbers(pydantic.BaseModel):
    number: float = 0
    text: str = ''


@dataclasses.dataclass
class _Numbers:
    number: float = 0
    text: str = ''


def _controller(serializer: Any, model: Any = None) -> Any:
    if model is None:
        model = _MNumbers if serializer is MsgspecSerializer else _PNumbers

    class Echo(Controller[serializer]):
        parsers = (FormUrlEncodedParser(),)

        def get(self, parsed_query: Query[model]) -> model:
            return parsed_query

        def post(self, parsed_body: Body[model]) -> model:
            return parsed_body

    return Echo


both = pytest.mark.parametrize(
    'serializer',
    [MsgspecSerializer, PydanticSerializer],
)


@both
@pytest.mark.parametrize(
    'number',
    ['nan', 'NaN', 'inf', '-Infinity', ' nan', '1e999', '1.5E+400', '9' * 400],
)
@pytest.mark.parametrize('method', ['GET', 'POST'])
def test_number_without_end_is_refused(
    serializer: Any,
    number: str,
    method: str,
) -> None:
    """It is a fault of the client, so it is never a 500."""
    factory = DMRRequestFactory()
    request = (
        factory.get('/', query_params={'number': number})
        if method == 'GET'
        else factory.post(
            '/',
            data=f'number={number.replace("+", "%2B")}',
            content_type='application/x-www-form-urlencoded',
        )
    )

    response = _controller(serializer).as_view()(request)

    assert 400 == response.status_code


@both
def test_dataclasses_are_looked_into(serializer: Any) -> None:
    """Pydantic makes ``None`` of such a number in a dataclass."""
    request = DMRRequestFactory().get('/?number=nan')

    response = _controller(serializer, _Numbers).as_view()(request)

    assert 400 == response.status_code


@both
def test_error_says_which_component(serializer: Any) -> None:
    """The body has the error model."""
    request = DMRRequestFactory().get('/?number=nan')

    response = _controller(serializer).as_view()(request)

    assert (
        b'{"detail":[{"msg":"Number is out of range",'
        b'"loc":["parsed_query"],"type":"value_error"}]}'
    ) == response.content


@both
def test_other_components_are_looked_at_as_well(serializer: Any) -> None:
    """All that is wrong with a request is in one answer."""
    model = _MNumbers if serializer is MsgspecSerializer else _PNumbers

    class NumbersController(Controller[serializer]):
        def post(
            self,
            parsed_query: Query[model],
            parsed_body: Body[model],
        ) -> None:
            """Never called."""

    request = DMRRequestFactory().post('/?number=nan', {'number': 'a'})

    response = NumbersController.as_view()(request)

    assert 400 == response.status_code
    assert [['parsed_query'], ['parsed_body', 'number']] == [
        detail['loc'] for detail in json.loads(response.content)['detail']
    ]


@both
@pytest.mark.parametrize('text', ['nan', 'Infinity', '1e999', '9' * 400])
def test_text_may_say_so(serializer: Any, text: str) -> None:
    """Somebody may be called Nan."""
    request = DMRRequestFactory().get('/', query_params={'text': text})

    response = _controller(serializer).as_view()(request)

    assert 200 == response.status_code
    assert text.encode() in response.content


@both
@pytest.mark.parametrize('number', ['1e308', '-0.5', '1e-999', '12345678'])
def test_other_numbers_are_taken(serializer: Any, number: str) -> None:
    """Large and small numbers are fine."""
    request = DMRRequestFactory().get('/', query_params={'number': number})

    response = _controller(serializer).as_view()(request)

    assert 200 == response.status_code


@pytest.mark.parametrize(
    'serializer',
    [MsgspecSerializer, PydanticSerializer, PydanticFastSerializer],
)
@pytest.mark.parametrize('number', ['nan', 'Infinity', '-inf', '1e999'])
def test_json_is_looked_into(serializer: Any, number: str) -> None:
    """Text in JSON becomes a number as well, if the model wants one."""
    model = _MNumbers if serializer is MsgspecSerializer else _PNumbers

    class EchoController(Controller[serializer]):
        def post(self, parsed_body: Body[list[model]]) -> list[model]:
            return parsed_body

    echo = EchoController.as_view()
    factory = DMRRequestFactory()

    refused = echo(factory.post('/', [{'number': 1.5}, {'number': number}]))
    coerced = echo(factory.post('/', [{'number': '1.5', 'text': number}]))

    assert 400 == refused.status_code
    assert b'out of range' in refused.content
    assert 201 == coerced.status_code
    assert [{'number': 1.5, 'text': number}] == json.loads(coerced.content)
