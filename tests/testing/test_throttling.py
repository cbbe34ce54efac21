"""Limits that tests can reach, and assertions about them."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.urls import path

from dmr import Controller, modify
from dmr.plugins.pydantic import PydanticSerializer
from dmr.test import (
    DMRAsyncClient,
    DMRClient,
    assert_async_throttling,
    assert_throttled,
    assert_throttling,
    disabled_throttling,
    reduced_throttling,
)
from dmr.throttling import AsyncThrottle, Rate, SyncThrottle
from dmr.throttling.algorithms import LeakyBucket
from dmr.throttling.cache_keys import RemoteAddr


class _Sync(Controller[PydanticSerializer]):
    throttling = [SyncThrottle(1000, Rate.day)]
    throttling_allow_unsafe_cache = None

    def get(self) -> str:
        return 'ok'

    @modify(
        throttling=[
            SyncThrottle(
                1000,
                Rate.day,
                cache_key=RemoteAddr(name='later', runs_before_auth=False),
                algorithm=LeakyBucket(),
            ),
        ],
    )
    def put(self) -> str:
        return 'ok'

    @modify(throttling=None)
    def post(self) -> str:
        return 'ok'


class _Async(Controller[PydanticSerializer]):
    throttling = [AsyncThrottle(1000, Rate.day)]
    throttling_allow_unsafe_cache = None

    async def get(self) -> str:
        return 'ok'


class _Few(Controller[PydanticSerializer]):
    throttling = [SyncThrottle(1, Rate.day, response_headers=())]
    throttling_allow_unsafe_cache = None

    def get(self) -> str:
        return 'ok'


urlpatterns = [
    path('sync/', _Sync.as_view()),
    path('async/', _Async.as_view()),
    path('few/', _Few.as_view()),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def _get(url: str = '/sync/', method: str = 'get') -> Any:
    return getattr(DMRClient(), method)(url)


def test_limit_can_be_reached() -> None:
    """As many requests pass as the test says, and not one more."""
    with reduced_throttling(_Sync, method='get', max_requests=3):
        refused = assert_throttling(_get, max_requests=3)

    assert ('3', '0') == (
        refused.headers['X-RateLimit-Limit'],
        refused.headers['X-RateLimit-Remaining'],
    )


async def test_async_limit_can_be_reached() -> None:
    """The same for asynchronous endpoints."""
    client = DMRAsyncClient()

    async with reduced_throttling(_Async, max_requests=2, rate=Rate.minute):
        refused = await assert_async_throttling(
            lambda: client.get('/async/'),
            max_requests=2,
        )

    assert_throttled(refused, retry_after=60)


def test_requests_are_counted_from_zero_each_time() -> None:
    """No test has to clear a cache, and none leaves anything behind."""
    for _ in range(2):
        with reduced_throttling(_Sync, method='get', max_requests=1):
            assert_throttling(_get, max_requests=1)

    assert 200 == _get().status_code


def test_requests_before_do_not_count() -> None:
    """What other tests have asked does not matter."""
    _get()

    with reduced_throttling(_Sync, method='get', max_requests=1):
        assert_throttling(_get, max_requests=1)


@pytest.mark.parametrize('when', ['any', 'before_auth', 'after_auth'])
def test_some_throttles_can_be_chosen(when: Any) -> None:
    """The controller's throttle runs before auth, the endpoint's after."""
    with reduced_throttling(_Sync, method='put', max_requests=1, when=when):
        statuses = [_get(method='put').status_code for _ in range(2)]
        throttles = _Sync.api_endpoints['PUT'].metadata.throttling or ()
        limits = [one.max_requests for one in throttles]

    expected = {
        'any': [1, 1],
        'before_auth': [1, 1000],
        'after_auth': [1000, 1],
    }
    assert [200, 429] == statuses
    assert expected[when] == limits


@pytest.mark.parametrize(
    ('options', 'message'),
    [
        ({'method': 'post'}, "for 'post'"),
        ({'method': 'get', 'when': 'after_auth'}, 'after_auth'),
        ({'method': 'patch'}, "no endpoint for 'patch'"),
    ],
)
@pytest.mark.parametrize('change', [reduced_throttling, disabled_throttling])
def test_nothing_to_change_is_an_error(
    change: Any,
    options: dict[str, Any],
    message: str,
) -> None:
    """A test that reduces nothing would never be refused."""
    with pytest.raises(ValueError, match=message):
        change(_Sync, **options)


def test_throttling_can_be_disabled() -> None:
    """For tests that are about something else."""
    _get('/few/')

    with disabled_throttling(_Few):
        inside = _get('/few/').status_code
    outside = _get('/few/').status_code

    assert [200, 429] == [inside, outside]


def test_reduced_throttling_is_a_decorator() -> None:
    """For a whole test."""

    @reduced_throttling(_Sync, method='get', max_requests=1)
    def ask() -> list[int]:
        return [_get().status_code for _ in range(2)]

    assert [[200, 429], [200, 429]] == [ask(), ask()]


def test_too_many_requests_that_pass_are_noticed() -> None:
    """The limit is higher than the test says."""
    with (
        reduced_throttling(_Sync, method='get', max_requests=3),
        pytest.raises(AssertionError, match=r'Expected 429.* not 200: "ok"'),
    ):
        assert_throttling(_get, max_requests=2)


def test_too_few_requests_that_pass_are_noticed() -> None:
    """The limit is lower than the test says."""
    with (
        reduced_throttling(_Sync, method='get', max_requests=1),
        pytest.raises(AssertionError, match='Request 2 was refused'),
    ):
        assert_throttling(_get, max_requests=2)


def test_failing_requests_are_noticed() -> None:
    """They show nothing about limits."""
    with pytest.raises(AssertionError, match='Request 1 failed with 405'):
        assert_throttling(lambda: _get(method='delete'), max_requests=2)


@pytest.mark.parametrize(
    ('headers', 'options', 'message'),
    [
        ({'Retry-After': 'soon'}, {}, "'soon', no whole seconds"),
        ({'Retry-After': '0'}, {}, '`Retry-After` is 0'),
        ({'Retry-After': '9'}, {'retry_after': 8}, 'expected 1 to 8'),
        ({}, {'retry_after': 8}, 'has no `Retry-After`'),
    ],
)
def test_waiting_time_is_checked(
    headers: dict[str, str],
    options: dict[str, Any],
    message: str,
) -> None:
    """A refusal that does not say how long is of no use."""
    response = HttpResponse(status=429, headers=headers)

    with pytest.raises(AssertionError, match=re.escape(message)):
        assert_throttled(response, **options)
