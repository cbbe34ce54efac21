"""Documents of streams."""

from collections.abc import AsyncIterator
from typing import Any

import pydantic
import pytest

from dmr.plugins.pydantic import PydanticSerializer
from dmr.streaming.jsonl import JsonLinesController
from dmr.streaming.sse import SSEController, SSEvent
from tests.openapi.support import document_of, schemas_of

_REF = '#/components/schemas/'


class _Price(pydantic.BaseModel):
    amount: int


class Prices(SSEController[PydanticSerializer]):
    async def get(self) -> AsyncIterator[SSEvent[_Price]]:
        raise NotImplementedError


class Numbers(SSEController[PydanticSerializer]):
    async def get(self) -> AsyncIterator[SSEvent[int]]:
        raise NotImplementedError


class Lines(JsonLinesController[PydanticSerializer]):
    async def get(self) -> AsyncIterator[_Price]:
        raise NotImplementedError


def _content(document: Any, controller: type[Any], status: str = '200') -> Any:
    path_item = document['paths'][f'/{controller.__name__.lower()}/']
    return path_item['get']['responses'][status]['content']


@pytest.mark.parametrize(
    ('version', 'field'),
    [('3.0.0', 'schema'), ('3.1.0', 'schema'), ('3.2.0', 'itemSchema')],
)
def test_items_of_streams_are_described(version: str, field: str) -> None:
    """From 3.2 on there is a field for the schema of one item."""
    document = document_of(Prices, Lines, openapi_version=version)

    assert {
        'text/event-stream': {field: {'$ref': f'{_REF}SSEvent'}},
    } == _content(document, Prices)
    assert {
        'application/jsonl': {field: {'$ref': f'{_REF}_Price'}},
    } == _content(document, Lines)


def test_errors_of_streams_are_not_streamed() -> None:
    """Errors come before the stream begins, in another media type."""
    document = document_of(Prices)

    assert ['application/json'] == list(_content(document, Prices, '406'))


def test_events_with_different_data_have_different_names() -> None:
    """The name of the class alone is enough only if it is used once."""
    document = document_of(Prices, Numbers)

    assert {
        'SSEvent__Price_': 'SSEvent[_Price]',
        'SSEvent_int_': 'SSEvent[int]',
    } == {
        name: schema['title']
        for name, schema in schemas_of(document).items()
        if name.startswith('SSEvent')
    }
    assert {
        'text/event-stream': {'schema': {'$ref': f'{_REF}SSEvent_int_'}},
    } == _content(document, Numbers)
