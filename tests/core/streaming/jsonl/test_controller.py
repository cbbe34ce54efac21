"""JSON Lines, from the controller to the bytes."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest

from dmr.renderers import JsonRenderer
from dmr.streaming.jsonl import Json, JsonLinesController
from dmr.streaming.jsonl.renderer import JsonLinesRenderer
from dmr.streaming.jsonl.validation import JsonLinesStreamingValidator
from dmr.test import DMRAsyncRequestFactory, DMRRequestFactory


class _Indented:
    @classmethod
    def dumps(cls, obj: Any, *, default: Any) -> bytes:
        return json.dumps(obj, default=default, indent=1).encode()

    @classmethod
    def loads(cls, raw: Any) -> Any:
        return json.loads(raw)


async def test_each_event_is_a_line(serializer: Any) -> None:
    """``None`` is one, too; what does not fit is replaced by an error."""

    class _Lines(JsonLinesController[serializer]):
        async def get(self) -> AsyncIterator[list[int] | None]:
            return self.lines()

        async def lines(self) -> AsyncIterator[Any]:
            yield [1, 2]
            yield None
            yield 'x'
            yield []

    response = await _Lines.as_view()(DMRAsyncRequestFactory().get('/'))

    parts = [part async for part in response]
    assert response.headers['Content-Type'] == 'application/jsonl'
    assert [*parts[:2], parts[3]] == [b'[1,2]\n', b'null\n', b'[]\n']
    assert [*json.loads(parts[2])] == ['detail']


def test_sync_iterators_are_lines_as_well(serializer: Any) -> None:
    """A thread asks for one after the other."""

    class _Lines(JsonLinesController[serializer]):
        def post(self) -> Iterator[Json]:
            return iter([1, 'a', {'b': None}])

    response: Any = _Lines.as_view()(DMRRequestFactory().post('/', {}))

    assert response.status_code == 200
    assert [*response] == [b'1\n', b'"a"\n', b'{"b":null}\n']


def test_documents_stay_on_one_line(serializer: Any) -> None:
    """Even with a renderer that indents."""
    renderer = JsonLinesRenderer(
        serializer,
        JsonRenderer(json_module=_Indented),
        JsonLinesStreamingValidator,
    )

    line = renderer.render({'a': 'x\ny'}, serializer.serialize_hook)

    assert line.count(b'\n') == 1
    assert json.loads(line) == {'a': 'x\ny'}


@pytest.mark.parametrize('sep', [b'\n', b'\r\n'])
def test_lines_end_as_configured(serializer: Any, sep: bytes) -> None:
    """A line feed unless said otherwise."""
    renderer = JsonLinesRenderer(
        serializer,
        JsonRenderer(),
        JsonLinesStreamingValidator,
        sep=sep,
    )

    assert renderer.render(1, serializer.serialize_hook) == b'1' + sep
