"""Show that limits are kept, without sending hundreds of requests."""

import dataclasses
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Literal, TypeAlias, TypeVar

from django.http import HttpResponseBase

from dmr.endpoint import Endpoint
from dmr.metadata import EndpointMetadata
from dmr.test._counting import AsyncCounters, SyncCounters
from dmr.test._endpoints import AnyController, EndpointChange, chosen_endpoints
from dmr.test._showing import shown
from dmr.throttling import AsyncThrottle, Rate, SyncThrottle

_ResponseT = TypeVar('_ResponseT', bound=HttpResponseBase)

#: Throttles that run before authentication, after it, or both.
When: TypeAlias = Literal['any', 'before_auth', 'after_auth']

_Throttles: TypeAlias = tuple[SyncThrottle | AsyncThrottle, ...]


def assert_throttling(
    send: Callable[[], _ResponseT],
    *,
    max_requests: int,
) -> _ResponseT:
    """Assert that *send* succeeds *max_requests* times, and not once more.

    Returns the response that is refused:

    .. code-block:: python

        assert_throttling(lambda: client.get('/books/'), max_requests=2)

    Raises:
        AssertionError: fewer or more requests may pass.
    """
    __tracebackhide__ = True
    for number in range(1, max_requests + 1):
        _assert_passed(send(), number, max_requests)
    refused = send()
    assert_throttled(refused)
    return refused


async def assert_async_throttling(
    send: Callable[[], Awaitable[_ResponseT]],
    *,
    max_requests: int,
) -> _ResponseT:
    """Assert that *send* succeeds *max_requests* times, and not once more.

    Returns the response that is refused.

    Raises:
        AssertionError: fewer or more requests may pass.
    """
    __tracebackhide__ = True
    for number in range(1, max_requests + 1):
        _assert_passed(await send(), number, max_requests)
    refused = await send()
    assert_throttled(refused)
    return refused


def assert_throttled(
    response: HttpResponseBase,
    *,
    retry_after: int | None = None,
) -> None:
    """Assert that *response* refuses a request because of a limit.

    Where there is ``Retry-After``, it tells to wait for some seconds, at most
    *retry_after* if that is given.

    Raises:
        AssertionError: it does something else.
    """
    __tracebackhide__ = True
    status_code = response.status_code
    assert status_code == HTTPStatus.TOO_MANY_REQUESTS, (
        f'Expected 429, because of a limit, not {status_code}: '
        f'{shown(response)}'
    )
    wait = response.headers.get('Retry-After')
    if wait is None:
        assert retry_after is None, 'Response 429 has no `Retry-After`.'
        return
    assert wait.isdecimal(), f'`Retry-After` is {wait!r}, no whole seconds.'
    assert 1 <= int(wait) <= (retry_after or int(wait)), (
        f'`Retry-After` is {wait}, expected 1 to {retry_after or "any"}.'
    )


class reduced_throttling(EndpointChange):  # noqa: N801
    """Let fewer requests pass, so that a test can reach the limit.

    All throttles of the endpoints with some of *controller_cls*, or of the
    one for *method*, allow *max_requests* per *rate*. They count from zero,
    in memory, and leave nothing behind. *when* chooses among them: those that
    run before authentication, after it, or any.

    Use it as context manager or as decorator:

    .. code-block:: python

        with reduced_throttling(BookController, max_requests=1):
            client.get('/books/')
            assert_throttled(client.get('/books/'))
    """

    def __init__(
        self,
        controller_cls: AnyController,
        *,
        method: str | None = None,
        max_requests: int = 2,
        rate: Rate | int = Rate.hour,
        when: When = 'any',
    ) -> None:
        """Prepare it, nothing is changed yet.

        Raises:
            ValueError: there is no such throttle.
        """
        endpoints = _throttled(controller_cls, method, when)

        def change(endpoint: Endpoint) -> EndpointMetadata:
            def reduced(throttles: _Throttles | None) -> _Throttles | None:
                return throttles and tuple(
                    one.replace(
                        max_requests=max_requests,
                        duration_in_seconds=rate,
                        backend=_counters(endpoint),
                    )
                    for one in throttles
                )

            return _changed(endpoint.metadata, when, reduced)

        super().__init__(endpoints, change)


class disabled_throttling(EndpointChange):  # noqa: N801
    """Let all requests pass, for tests that are about something else.

    Use it as context manager or as decorator. *method* and *when* choose
    among the throttles, as in `reduced_throttling`.
    """

    def __init__(
        self,
        controller_cls: AnyController,
        *,
        method: str | None = None,
        when: When = 'any',
    ) -> None:
        """Prepare it, nothing is changed yet.

        Raises:
            ValueError: there is no such throttle.
        """

        def change(endpoint: Endpoint) -> EndpointMetadata:
            return _changed(endpoint.metadata, when, lambda _throttles: None)

        super().__init__(_throttled(controller_cls, method, when), change)


def _throttled(
    controller_cls: AnyController,
    method: str | None,
    when: When,
) -> list[Endpoint]:
    """Return the endpoints that have such throttles.

    Raises:
        ValueError: there are none.
    """
    found = [
        endpoint
        for endpoint in chosen_endpoints(controller_cls, method)
        if any(getattr(endpoint.metadata, name) for name in _FIELDS[when])
    ]
    if not found:
        raise ValueError(
            f'{controller_cls.__qualname__} has no endpoint with throttling'
            f'{f" for {method!r}" if method else ""} ({when}): there is '
            'nothing to change.',
        )
    return found


#: What `when` means → fields of the metadata.
_FIELDS: dict[When, tuple[str, ...]] = {
    'any': ('throttling_before_auth', 'throttling_after_auth'),
    'before_auth': ('throttling_before_auth',),
    'after_auth': ('throttling_after_auth',),
}


def _changed(
    metadata: EndpointMetadata,
    when: When,
    change: Callable[[_Throttles | None], _Throttles | None],
) -> EndpointMetadata:
    changes: dict[str, Any] = {
        name: change(getattr(metadata, name)) for name in _FIELDS[when]
    }
    return dataclasses.replace(metadata, **changes)


def _counters(endpoint: Endpoint) -> SyncCounters | AsyncCounters:
    return AsyncCounters() if endpoint.is_async else SyncCounters()


def _assert_passed(
    response: HttpResponseBase,
    number: int,
    max_requests: int,
) -> None:
    __tracebackhide__ = True
    assert response.status_code != HTTPStatus.TOO_MANY_REQUESTS, (
        f'Request {number} was refused, the first {max_requests} should pass.'
    )
    assert response.status_code < HTTPStatus.BAD_REQUEST, (
        f'Request {number} failed with {response.status_code}: '
        f'{shown(response)}'
    )
