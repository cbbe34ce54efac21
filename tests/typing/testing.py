"""What type checkers see of `dmr.test`."""

from collections.abc import Awaitable, Callable
from typing import Any, assert_type

from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse
from typing_extensions import TypedDict

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.test import (
    DMRAsyncClient,
    DMRAsyncRequestFactory,
    DMRClient,
    DMRRequestFactory,
    ReceivedEvent,
    assert_async_throttling,
    assert_response,
    assert_throttling,
    authenticate_request,
    disabled_auth,
    max_queries,
    open_sse,
    override_dmr_settings,
    read_sse,
    reduced_throttling,
)
from dmr.test.payloads import EndpointFactory, RequestParts, endpoint_factory
from dmr.test.queries import Query


class _Book(TypedDict):
    title: str


class _Books(Controller[PydanticSerializer]):
    def get(self) -> _Book:
        return {'title': 'Emma'}


def factories(response: HttpResponse) -> None:
    """Each factory makes requests of its interface."""
    assert_type(DMRRequestFactory().get('/'), WSGIRequest)
    assert_type(DMRRequestFactory().post('/', {'a': 1}), WSGIRequest)
    assert_type(
        DMRRequestFactory().put('/', b'', 'text/plain', secure=True),
        WSGIRequest,
    )
    assert_type(DMRAsyncRequestFactory().patch('/', [1]), ASGIRequest)
    assert_type(
        DMRAsyncRequestFactory().wrap(response),
        Awaitable[HttpResponse],
    )


async def clients() -> None:
    """Responses know their status and text."""
    response = DMRClient().post('/', {'a': 1}, headers={'X-A': '1'})
    assert_type(response.status_code, int)
    assert_type(response.text, str)

    awaited = await DMRAsyncClient().post('/', {'a': 1}, follow=True)
    assert_type(awaited.status_code, int)
    assert_type(awaited.content, bytes)


def responses(response: HttpResponse) -> None:
    """Data are of the model that is asked for."""
    assert_type(assert_response(response, 200, _Book), _Book)
    assert_type(assert_response(response, 200, int, headers={'A': None}), int)
    assert_type(assert_response(response, 200), Any)


def requests() -> None:
    """A request stays what it is."""
    factory = DMRRequestFactory()
    assert_type(authenticate_request(factory.get('/'), 'ada'), WSGIRequest)


def surroundings() -> None:
    """Decorated functions keep their signatures."""

    @disabled_auth(_Books, user='ada')
    def sync(number: int) -> str:
        return str(number)

    @reduced_throttling(_Books, max_requests=1, when='before_auth')
    async def asynchronous(number: int) -> str:
        return str(number)

    assert_type(sync(1), str)
    _kept: Callable[[int], Awaitable[str]] = asynchronous
    with max_queries(1) as made:
        assert_type(made.queries, list[Query])


def settings() -> None:
    """Names and types of settings are known."""
    override_dmr_settings(validate_responses=False)
    override_dmr_settings(validate_response=False)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]  # wrong on purpose
    override_dmr_settings(validate_responses='no')  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # wrong on purpose


def throttling(response: HttpResponse) -> None:
    """The refused response is of the type that is sent for."""
    assert_type(
        assert_throttling(lambda: response, max_requests=1),
        HttpResponse,
    )


async def throttling_async(client: DMRAsyncClient) -> None:
    """The refused response is of the type that is awaited."""
    refused = await assert_async_throttling(
        lambda: client.get('/'),
        max_requests=1,
    )
    assert_type(refused.status_code, int)


async def streams(response: HttpResponse) -> None:
    """Events have fields."""
    assert_type(read_sse(response), list[ReceivedEvent])
    async with open_sse(response) as events:
        assert_type(await anext(events), ReceivedEvent)


def payloads() -> None:
    """Parts are known, what is sent is up to the client."""
    factory = endpoint_factory(_Books, 'get')
    assert_type(factory, EndpointFactory)
    assert_type(factory.build(), RequestParts)
    assert_type(factory.batch(2), list[RequestParts])
