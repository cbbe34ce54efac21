"""What streaming controllers are, whatever their format is."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
from http import HTTPStatus
from typing import Any, Final

import pytest
from django.http import HttpResponse
from typing_extensions import TypedDict

from dmr import Body, Controller, NewHeader, ResponseSpec, modify, validate
from dmr.endpoint import Endpoint
from dmr.errors import ErrorModel
from dmr.exceptions import (
    EndpointMetadataError,
    UnsolvableAnnotationsError,
)
from dmr.negotiation import request_renderer
from dmr.renderers import JsonRenderer
from dmr.response import APIError
from dmr.streaming import (
    StreamingController,
    StreamingResponse,
    streaming_response_spec,
)
from dmr.streaming.jsonl import JsonLinesController
from dmr.streaming.sse import SSEController, SSEvent
from dmr.streaming.sse.renderer import SSERenderer
from dmr.streaming.sse.validation import SSEStreamingValidator
from dmr.test import DMRAsyncRequestFactory, DMRRequestFactory

_RF: Final = DMRAsyncRequestFactory()

#: The headers that every stream has, beside its own.
_STREAM_HEADERS: Final = {'Cache-Control', 'Connection', 'X-Accel-Buffering'}


class _Question(TypedDict):
    number: int


async def _numbers() -> AsyncIterator[SSEvent[int]]:
    yield SSEvent(1)
    await asyncio.sleep(0)
    yield SSEvent(2)


@pytest.mark.parametrize(
    'annotation',
    [
        AsyncIterator[SSEvent[int]],
        AsyncGenerator[SSEvent[int], None],
        Iterator[SSEvent[int]],
        Generator[SSEvent[int], None, None],
    ],
)
def test_item_of_the_iterator_is_the_event(
    serializer: Any,
    annotation: Any,
) -> None:
    """That is what the response spec has."""

    class _Numbers(SSEController[serializer]):
        async def get(self) -> annotation:
            return _numbers()

    spec = _Numbers.api_endpoints['GET'].metadata.responses[HTTPStatus.OK]
    assert spec.return_type == SSEvent[int]
    assert spec.streaming
    assert spec.limit_to_content_types == {'text/event-stream'}
    assert spec.headers is not None
    assert {*spec.headers} == _STREAM_HEADERS


@pytest.mark.parametrize(
    'annotation', [list[int], int, AsyncIterator, Iterator]
)
def test_endpoint_without_items_is_refused(
    serializer: Any,
    annotation: Any,
) -> None:
    """Nobody could say what its events are."""
    with pytest.raises(
        UnsolvableAnnotationsError,
        match='Cannot infer streaming item',
    ):

        class _Numbers(SSEController[serializer]):
            async def get(self) -> annotation:
                return _numbers()


def test_endpoint_must_not_yield(serializer: Any) -> None:
    """It returns an iterator, so that errors come before the stream."""
    with pytest.raises(EndpointMetadataError, match='is a generator'):

        class _Numbers(SSEController[serializer]):
            async def get(self) -> AsyncIterator[SSEvent[int]]:
                yield SSEvent(1)


def test_controller_with_streams_only_is_refused(serializer: Any) -> None:
    """Its errors could not be rendered."""
    renderer = SSERenderer(serializer, JsonRenderer(), SSEStreamingValidator)

    with pytest.raises(EndpointMetadataError, match='non-stream renderer'):

        class _Numbers(SSEController[serializer]):
            renderers = [renderer]

            async def get(self) -> AsyncIterator[SSEvent[int]]:
                return _numbers()


def test_endpoint_class_must_stream(serializer: Any) -> None:
    """Another one would render the iterator itself."""
    with pytest.raises(EndpointMetadataError, match='StreamingEndpoint'):

        class _Numbers(SSEController[serializer]):
            endpoint_cls = Endpoint


def test_errors_are_no_streams(serializer: Any) -> None:
    """Their specs are limited to what renders errors."""

    class _Numbers(SSEController[serializer]):
        async def post(
            self,
            parsed_body: Body[_Question],
        ) -> AsyncIterator[SSEvent[int]]:
            return _numbers()

    metadata = _Numbers.api_endpoints['POST'].metadata
    limits = {
        int(status): spec.limit_to_content_types
        for status, spec in metadata.responses.items()
    }
    plain = {'application/json'}
    assert limits == {
        200: {'text/event-stream'},
        400: plain,
        406: plain,
        422: plain,
    }


@pytest.mark.parametrize('accept', ['*/*', 'text/event-stream'])
async def test_error_before_the_stream_is_plain(
    serializer: Any,
    accept: str,
) -> None:
    """Browsers accept nothing but streams, and get it nevertheless."""

    class _Numbers(SSEController[serializer]):
        responses = [ResponseSpec(ErrorModel, status_code=HTTPStatus.GONE)]

        async def get(self) -> AsyncIterator[SSEvent[int]]:
            renderer = request_renderer(
                self.request,
                use_nonstreaming_renderer=True,
            )
            assert renderer is not None
            assert not renderer.streaming
            raise APIError(
                self.format_error('Sold out'),
                status_code=HTTPStatus.GONE,
            )

    response = await _Numbers.as_view()(
        _RF.get('/', headers={'Accept': accept}),
    )

    assert isinstance(response, HttpResponse)
    assert response.status_code == HTTPStatus.GONE
    assert response.headers['Content-Type'] == 'application/json'
    assert response.content == b'{"detail":[{"msg":"Sold out"}]}'


@pytest.mark.parametrize('accept', ['application/json', 'text/event-stream'])
@pytest.mark.parametrize(
    ('body', 'status'),
    [('{"number":"x"}', 400), ('{', 400)],
)
async def test_bad_input_is_told_before_a_bad_accept(
    serializer: Any,
    accept: str,
    body: str,
    status: int,
) -> None:
    """A client that reads JSON learns what is wrong with its question."""

    class _Numbers(SSEController[serializer]):
        async def post(
            self,
            parsed_body: Body[_Question],
        ) -> AsyncIterator[SSEvent[int]]:
            return _numbers()

    response = await _Numbers.as_view()(
        _RF.post('/', data=body, headers={'Accept': accept}),
    )

    assert response.status_code == status
    assert response.headers['Content-Type'] == 'application/json'


async def test_modified_stream_has_its_headers(serializer: Any) -> None:
    """Status and headers of `modify` are those of the stream."""

    class _Numbers(SSEController[serializer]):
        @modify(
            status_code=HTTPStatus.ACCEPTED,
            headers={'X-Source': NewHeader(value='stock')},
        )
        async def post(self) -> AsyncIterator[SSEvent[int]]:
            return _numbers()

    response = await _Numbers.as_view()(_RF.post('/', {}))

    assert response.status_code == HTTPStatus.ACCEPTED
    assert response.headers['X-Source'] == 'stock'
    metadata = _Numbers.api_endpoints['POST'].metadata
    headers = metadata.responses[HTTPStatus.ACCEPTED].headers
    assert headers is not None
    assert {*headers} == {*_STREAM_HEADERS, 'X-Source'}


async def test_stream_can_be_made_by_the_endpoint(serializer: Any) -> None:
    """The response is validated like any other."""

    class _Numbers(SSEController[serializer]):
        @validate(
            streaming_response_spec(
                SSEvent[int],
                content_type='text/event-stream',
            ),
        )
        async def get(self) -> StreamingResponse:
            return self.to_stream(_numbers())

    response = await _Numbers.as_view()(_RF.get('/'))

    assert response.status_code == HTTPStatus.OK
    assert [part async for part in response] == [
        b'data: 1\r\n\r\n',
        b'data: 2\r\n\r\n',
    ]


async def test_stream_made_by_the_endpoint_can_be_unacceptable(
    serializer: Any,
) -> None:
    """Also then the answer is 406."""

    class _Numbers(SSEController[serializer]):
        @validate(
            streaming_response_spec(
                SSEvent[int],
                content_type='text/event-stream',
            ),
        )
        async def get(self) -> StreamingResponse:
            return self.to_stream(_numbers())

    response = await _Numbers.as_view()(
        _RF.get('/', headers={'Accept': 'application/json'}),
    )

    assert response.status_code == HTTPStatus.NOT_ACCEPTABLE


async def test_undescribed_header_is_refused(serializer: Any) -> None:
    """There is an error instead of the stream."""

    class _Numbers(SSEController[serializer]):
        @validate(
            streaming_response_spec(
                SSEvent[int],
                content_type='text/event-stream',
            ),
        )
        async def get(self) -> StreamingResponse:
            return self.to_stream(_numbers(), headers={'X-Odd': '1'})

    response = await _Numbers.as_view()(_RF.get('/'))

    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert b'X-Odd' in response.content or b'x-odd' in response.content


async def test_data_instead_of_an_iterator_are_an_error(
    serializer: Any,
) -> None:
    """The endpoint has promised a stream."""

    class _Numbers(SSEController[serializer]):
        async def get(self) -> AsyncIterator[SSEvent[int]]:
            return [1, 2]  # type: ignore[return-value]

    response = await _Numbers.as_view()(_RF.get('/'))

    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert response.content == b'{"detail":[{"msg":"Internal server error"}]}'


def test_wrong_method_is_answered_plainly(serializer: Any) -> None:
    """There is no endpoint that could stream."""

    class _Numbers(JsonLinesController[serializer]):
        def get(self) -> Iterator[int]:
            return iter([1])

    response: Any = _Numbers.as_view()(DMRRequestFactory().post('/', {}))

    assert response.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert response.headers['Content-Type'] == 'application/json'


def test_controllers_of_a_format_can_be_abstract() -> None:
    """The serializer comes later."""
    assert SSEController.is_abstract
    assert issubclass(SSEController, StreamingController)
    assert issubclass(StreamingController, Controller)
