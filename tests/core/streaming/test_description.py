"""Streams are described event by event."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import path

from dmr.openapi import OpenAPIConfig, build_schema
from dmr.routing import Router
from dmr.streaming.jsonl import JsonLinesController
from dmr.streaming.sse import SSEController, SSEvent


@dataclass
class _Price:
    amount: int


def _responses(serializer: Any, base: Any, event: Any, version: Any) -> Any:
    class _Prices(base[serializer]):  # type: ignore[misc]
        async def get(self) -> AsyncIterator[event]:
            raise NotImplementedError

    router = Router('', [path('prices/', _Prices.as_view())])
    config = OpenAPIConfig(title='t', version='1', openapi_version=version)
    document: Any = build_schema(router, config=config).convert()
    return document['paths']['/prices/']['get']['responses']


@pytest.mark.parametrize(
    ('version', 'key'),
    [('3.0.0', 'schema'), ('3.1.0', 'schema'), ('3.2.0', 'itemSchema')],
)
@pytest.mark.parametrize(
    ('base', 'event', 'media_type'),
    [
        (SSEController, SSEvent[_Price], 'text/event-stream'),
        (JsonLinesController, _Price, 'application/jsonl'),
    ],
)
def test_schema_is_that_of_one_event(
    serializer: Any,
    base: Any,
    event: Any,
    media_type: str,
    version: Any,
    key: str,
) -> None:
    """Newer versions have a place of their own for it."""
    responses = _responses(serializer, base, event, version)

    content = responses['200']['content']
    assert {*content} == {media_type}
    assert {*content[media_type]} == {key}
    assert {*responses['200']['headers']} == {
        'Cache-Control',
        'Connection',
        'X-Accel-Buffering',
    }
    assert {*responses['406']['content']} == {'application/json'}
