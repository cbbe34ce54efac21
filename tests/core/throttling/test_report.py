"""Reports tell what is left, and count nothing."""

import pytest
from django.test import override_settings

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.throttling import (
    AsyncThrottle,
    Rate,
    SyncThrottle,
    ThrottlingReport,
)
from dmr.throttling.algorithms import LeakyBucket
from dmr.throttling.backends import AsyncDjangoCache, SyncDjangoCache
from dmr.throttling.cache_keys import RemoteAddr, UserPk
from dmr.throttling.headers import RateLimitIETFDraft, RetryAfter, XRateLimit
from tests.core.serving import serving
from tests.core.throttling.conftest import Clock

_DRAFT = {'response_headers': [RateLimitIETFDraft()]}


class _Sync(Controller[PydanticSerializer]):
    throttling = [
        SyncThrottle(3, Rate.minute, **_DRAFT),
        SyncThrottle(
            5,
            60,
            algorithm=LeakyBucket(),
            cache_key=RemoteAddr(name='burst'),
            **_DRAFT,
        ),
        SyncThrottle(1, Rate.hour, cache_key=UserPk(), **_DRAFT),
    ]
    throttling_allow_unsafe_cache = None

    def get(self) -> dict[str, str]:
        ThrottlingReport(self).report()
        return ThrottlingReport(self).report()


class _Async(Controller[PydanticSerializer]):
    throttling = [
        AsyncThrottle(3, Rate.minute, **_DRAFT),
        AsyncThrottle(
            5,
            60,
            algorithm=LeakyBucket(),
            cache_key=RemoteAddr(name='burst'),
            **_DRAFT,
        ),
        AsyncThrottle(1, Rate.hour, cache_key=UserPk(), **_DRAFT),
    ]
    throttling_allow_unsafe_cache = None

    async def get(self) -> dict[str, str]:
        await ThrottlingReport(self).areport()
        return await ThrottlingReport(self).areport()


both = pytest.mark.parametrize('controller', [_Sync, _Async])

_POLICIES = '3;w=60;name="RemoteAddr", 5;w=60;name="burst"'


@both
def test_report_joins_all_throttles(
    controller: type[Controller[PydanticSerializer]],
    clock: Clock,
) -> None:
    """Those that do not count this client say nothing."""
    with serving(it=controller) as client:
        first = client.get('/it/').json()
        clock.pass_by(12)
        second = client.get('/it/').json()

    assert {
        'RateLimit-Policy': _POLICIES,
        'RateLimit': '"RemoteAddr";r=2;t=60, "burst";r=4;t=12',
    } == first
    assert {
        'RateLimit-Policy': _POLICIES,
        'RateLimit': '"RemoteAddr";r=1;t=48, "burst";r=4;t=12',
    } == second


@both
def test_refusal_names_all_policies(
    controller: type[Controller[PydanticSerializer]],
    clock: Clock,
) -> None:
    """Clients see every limit that they could hit next."""
    with serving(it=controller) as client:
        for _request in range(3):
            client.get('/it/')
        response = client.get('/it/')

    assert {
        'RateLimit-Policy': f'{_POLICIES}, 1;w=3600;name="UserPk"',
        'RateLimit': '"RemoteAddr";r=0;t=60',
    }.items() <= dict(response.headers).items()


def test_unthrottled_endpoints_have_nothing_to_report() -> None:
    """An empty report is no error."""

    class _Free(Controller[PydanticSerializer]):
        def get(self) -> dict[str, str]:
            return ThrottlingReport(self).report()

    with serving(it=_Free) as client:
        assert {} == client.get('/it/').json()


@pytest.mark.parametrize('max_requests', [1, 3, 5])
@pytest.mark.parametrize(
    ('seconds', 'resets'),
    [(60, {1: 60, 3: 20, 5: 12}), (10, {1: 10, 3: 4, 5: 2})],
)
def test_bucket_tells_how_long_one_request_takes(
    max_requests: int,
    seconds: int,
    resets: dict[int, int],
) -> None:
    """Whole seconds, rounded up."""

    class _Bucket(Controller[PydanticSerializer]):
        throttling = [
            SyncThrottle(
                max_requests,
                seconds,
                algorithm=LeakyBucket(),
                response_headers=[XRateLimit(), RetryAfter()],
            ),
        ]
        throttling_allow_unsafe_cache = None

        def get(self) -> dict[str, str]:
            return ThrottlingReport(self).report()

    with serving(it=_Bucket) as client:
        report = client.get('/it/').json()

    assert {
        'X-RateLimit-Limit': str(max_requests),
        'X-RateLimit-Remaining': str(max_requests - 1),
        'X-RateLimit-Reset': str(resets[max_requests]),
        'Retry-After': str(resets[max_requests]),
    } == report


def test_backend_that_is_away_reports_nothing() -> None:
    """A report is no reason to fail."""
    broken = 'tests.core.throttling.test_throttles.BrokenCache'
    with override_settings(
        CACHES={'broken': {'BACKEND': broken, 'LOCATION': 'nowhere'}},
    ):

        class _SyncAway(Controller[PydanticSerializer]):
            throttling = [
                SyncThrottle(
                    1,
                    1,
                    backend=SyncDjangoCache('broken', failure='fail_open'),
                ),
            ]
            throttling_allow_unsafe_cache = None

            def get(self) -> dict[str, str]:
                return ThrottlingReport(self).report()

        class _AsyncAway(Controller[PydanticSerializer]):
            throttling = [
                AsyncThrottle(
                    1,
                    1,
                    backend=AsyncDjangoCache('broken', failure='fail_open'),
                ),
            ]
            throttling_allow_unsafe_cache = None

            async def get(self) -> dict[str, str]:
                return await ThrottlingReport(self).areport()

        with serving(sync=_SyncAway, other=_AsyncAway) as client:
            reports = [
                client.get(f'/{name}/').status_code
                for name in ('sync', 'other')
            ]

    assert [200, 200] == reports
