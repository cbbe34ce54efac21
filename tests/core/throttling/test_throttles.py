"""Throttles on endpoints, with Django's cache in this process."""

import copy
import pickle
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.test import override_settings
from django.urls import path
from typing_extensions import override

from dmr import Controller, modify
from dmr.exceptions import (
    EndpointMetadataError,
    NotAuthenticatedError,
    TooManyRequestsError,
)
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.http import HttpBasicSyncAuth, basic_auth
from dmr.test import DMRClient, DMRRequestFactory
from dmr.throttling import (
    AsyncThrottle,
    Rate,
    SyncOrAsyncThrottle,
    SyncThrottle,
)
from dmr.throttling.algorithms import LeakyBucket, SimpleRate
from dmr.throttling.backends.django_cache import (
    AsyncDjangoCache,
    SyncDjangoCache,
    UnsafeCacheBackendWarning,
)
from dmr.throttling.cache_keys import RemoteAddr, RequestHeader, UserPk
from dmr.throttling.headers import RateLimitIETFDraft, RetryAfter, XRateLimit
from tests.core.serving import serving
from tests.core.throttling.asking import (
    async_controller,
    statuses,
    sync_controller,
)
from tests.core.throttling.conftest import Clock

both = pytest.mark.parametrize('make', [sync_controller, async_controller])
algorithms = pytest.mark.parametrize('algorithm', [SimpleRate(), LeakyBucket()])

_BODY = {'detail': [{'msg': 'Too many requests', 'type': 'ratelimit'}]}


@both
@algorithms
@pytest.mark.parametrize('limit', [1, 3])
def test_limit_lets_exactly_that_many_through(
    make: Any,
    algorithm: Any,
    limit: int,
    clock: Clock,
) -> None:
    """Not one more, not one less."""
    controller = make(limit, Rate.minute, algorithm=algorithm)

    found = statuses(controller, limit + 3)

    assert [200] * limit + [429] * 3 == found


@both
def test_refusal_says_why_and_for_how_long(make: Any, clock: Clock) -> None:
    """The whole response is as documented."""
    with serving(it=make(1, Rate.minute)) as client:
        client.get('/it/')
        clock.pass_by(15)
        response = client.get('/it/')

    assert (429, _BODY) == (response.status_code, response.json())
    assert {
        'X-RateLimit-Limit': '1',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': '45',
        'Retry-After': '45',
    }.items() <= dict(response.headers).items()


@both
def test_window_ends(make: Any, clock: Clock) -> None:
    """The next one opens with the next request, not by the clock."""
    controller = make(2, 10)

    first = statuses(controller, 3)
    clock.pass_by(9)
    last_second = statuses(controller, 1)
    clock.pass_by(1)
    second = statuses(controller, 3)

    assert [200, 200, 429] == first
    assert [429] == last_second
    assert [200, 200, 429] == second


@both
def test_bucket_drains_evenly(make: Any, clock: Clock) -> None:
    """Two in ten seconds is one in five, once the bucket was full."""
    controller = make(2, 10, algorithm=LeakyBucket())
    found = []

    for seconds in (0, 0, 0, 1, 3, 1, 0, 10):
        clock.pass_by(seconds)
        found += statuses(controller, 1)

    # 0s: two pass; 1s and 4s: not yet; 5s: one; 15s: one of two again.
    assert [200, 200, 429, 429, 429, 200, 429, 200] == found


@both
@algorithms
def test_clock_that_goes_back_lets_nobody_in_and_locks_nobody_out(
    make: Any,
    algorithm: Any,
    clock: Clock,
) -> None:
    """Nobody waits for longer than a window."""
    controller = make(1, 10, algorithm=algorithm)

    statuses(controller, 1)
    clock.pass_by(-3600)
    with serving(it=controller) as client:
        response = client.get('/it/')
    clock.pass_by(3600 + 10)
    after = statuses(controller, 1)

    assert 429 == response.status_code
    assert int(response.headers['Retry-After']) <= 10
    assert [200] == after


@both
def test_endpoints_have_counters_of_their_own(make: Any) -> None:
    """By method, by route, by controller."""
    one, two = make(1, Rate.hour), make(1, Rate.hour)

    with serving(one=one, again=one, two=two) as client:
        found = [
            client.generic(method, url).status_code
            for method, url in (
                ('GET', '/one/'),
                ('POST', '/one/'),
                ('GET', '/again/'),
                ('GET', '/two/'),
                ('GET', '/one/'),
                ('POST', '/one/'),
                ('GET', '/again/'),
            )
        ]

    # Both classes have one name: the route tells them apart.
    assert [200, 201, 200, 200, 429, 429, 429] == found


def test_throttles_have_counters_of_their_own() -> None:
    """Two limits of one endpoint do not count for each other."""

    class _Two(Controller[PydanticSerializer]):
        throttling = [
            SyncThrottle(2, Rate.minute),
            SyncThrottle(3, Rate.hour),
        ]
        throttling_allow_unsafe_cache = None

        def get(self) -> str:
            return 'passed'

    assert [200, 200, 429] == statuses(_Two, 3)


@pytest.mark.parametrize(
    ('first', 'second'),
    [
        ('a', 'a\x00'),
        ('a:1', 'a'),
        ('1:a', 'a'),
        ('é', 'e'),
        ('\ud800', '?'),
        ('a' * 5000, 'a' * 5001),
    ],
)
def test_no_client_can_use_the_counter_of_another(
    first: str,
    second: str,
) -> None:
    """Keys are hashes, and short enough for every cache."""
    throttle = SyncThrottle(1, Rate.second)
    controller: Any = sync_controller(1, Rate.second)()
    controller.request = DMRRequestFactory().get('/')

    keys = {
        throttle.full_cache_key(Any, controller, one)  # type: ignore[arg-type]
        for one in (first, second)
    }

    assert 2 == len(keys)
    assert {77} == {len(key) for key in keys}


def test_parts_of_a_key_do_not_run_together() -> None:
    """The boundary between two parts is hashed as well."""

    class A(Controller[PydanticSerializer]):
        """Its name could continue in the next part."""

    controller = A()
    controller.request = DMRRequestFactory().get('/')
    keys = {
        SyncThrottle(
            max_requests,
            seconds,
            cache_key=RemoteAddr(name=name),
        ).full_cache_key(None, controller, client)  # type: ignore[arg-type]
        for max_requests, seconds, name, client in (
            (1, 11, 'a', '1'),
            (11, 1, 'a', '1'),
            (1, 1, 'a', '11'),
            (1, 1, 'a1', '1'),
        )
    }

    assert 4 == len(keys)


@both
def test_cache_key_none_counts_nobody(make: Any) -> None:
    """Such requests pass."""
    controller = make(1, Rate.hour, cache_key=UserPk())

    assert [200, 200, 200] == statuses(controller, 3)


class _Auth(HttpBasicSyncAuth):
    @override
    def authenticate(
        self,
        endpoint: Any,
        controller: Any,
        username: str,
        password: str,
    ) -> Any:
        if password != 'right':
            raise NotAuthenticatedError
        return self


@pytest.mark.parametrize(
    ('before', 'expected'),
    [(True, [401, 429, 429]), (False, [401, 401, 200])],
)
def test_throttles_run_before_or_after_auth(
    before: bool,
    expected: list[int],
) -> None:
    """Before, failed attempts to log in are counted."""
    cache_key = RemoteAddr(runs_before_auth=before)

    class _Guarded(Controller[PydanticSerializer]):
        auth = [_Auth()]
        throttling = [SyncThrottle(1, Rate.hour, cache_key=cache_key)]
        throttling_allow_unsafe_cache = None

        def get(self) -> str:
            return 'passed'

    found = [
        statuses(
            _Guarded,
            1,
            headers={'Authorization': basic_auth('ada', password)},
        )[0]
        for password in ('wrong', 'wrong', 'right')
    ]

    assert expected == found


def test_bad_accept_uses_quota() -> None:
    """Negotiation comes behind the throttles that run before auth."""
    controller = sync_controller(1, Rate.hour)

    found = [
        *statuses(controller, 1, headers={'Accept': 'image/png'}),
        *statuses(controller, 1),
    ]

    assert [406, 429] == found


def test_levels_are_joined_and_none_switches_off() -> None:
    """Endpoint, controller and settings all count."""
    in_settings = SyncThrottle(1, Rate.hour)
    with override_settings(
        DMR_SETTINGS={
            'throttling': [in_settings],
            'throttling_allow_unsafe_cache': None,
        },
    ):
        of_controller = SyncThrottle(2, Rate.hour)
        of_endpoint = SyncThrottle(3, Rate.hour, cache_key=UserPk())

        class _Levels(Controller[PydanticSerializer]):
            throttling = [of_controller]

            @modify(throttling=[of_endpoint])
            def get(self) -> str:
                return 'passed'

            @modify(throttling=None)
            def post(self) -> str:
                return 'passed'

        get, post = (
            _Levels.api_endpoints[name].metadata for name in ('GET', 'POST')
        )

    assert (of_controller, in_settings) == get.throttling_before_auth
    assert (of_endpoint,) == get.throttling_after_auth
    assert post.throttling is None


def test_twins_in_settings_serve_endpoints_of_both_kinds() -> None:
    """Each endpoint gets the one that it can call."""
    twins = SyncOrAsyncThrottle(
        SyncThrottle(1, Rate.hour),
        AsyncThrottle(2, Rate.hour),
    )
    with override_settings(
        DMR_SETTINGS={
            'throttling': [twins],
            'throttling_allow_unsafe_cache': None,
        },
    ):

        class _Sync(Controller[PydanticSerializer]):
            def get(self) -> str:
                return 'passed'

        class _Async(Controller[PydanticSerializer]):
            async def get(self) -> str:
                return 'passed'

        found = [statuses(_Sync, 3), statuses(_Async, 3)]

    assert [[200, 429, 429], [200, 200, 429]] == found


@pytest.mark.parametrize('cls', [SyncThrottle, AsyncThrottle])
@pytest.mark.parametrize(
    ('max_requests', 'seconds'),
    [(0, 1), (-1, 1), (1, 0), (1, -1), (1.5, 1), (True, 1), ('1', 1)],
)
def test_numbers_must_be_positive(
    cls: Any,
    max_requests: Any,
    seconds: Any,
) -> None:
    """A limit that lets nobody through is a mistake."""
    with pytest.raises(ValueError, match='must be a positive int'):
        cls(max_requests, seconds)


@pytest.mark.parametrize('cls', [SyncThrottle, AsyncThrottle])
def test_throttles_can_be_changed_copied_and_pickled(cls: Any) -> None:
    """``replace`` leaves the original alone."""
    throttle = cls(1, Rate.minute, algorithm=LeakyBucket())

    changed = throttle.replace(max_requests=2)
    copies = [
        copy.copy(throttle),
        copy.deepcopy(throttle),
        pickle.loads(pickle.dumps(throttle)),
    ]

    assert (1, 2, LeakyBucket()) == (
        throttle.max_requests,
        changed.max_requests,
        changed.algorithm,
    )
    assert [(1, 60)] * 3 == [
        (one.max_requests, one.duration_in_seconds) for one in copies
    ]


def test_exception_can_be_copied_and_pickled() -> None:
    """Its headers come along."""
    exc = TooManyRequestsError('Slow down', headers={'Retry-After': '1'})

    copies = [
        copy.copy(exc),
        copy.deepcopy(exc),
        pickle.loads(pickle.dumps(exc)),
    ]

    assert [(('Slow down',), {'Retry-After': '1'})] * 3 == [
        (one.args, one.headers) for one in copies
    ]


def test_429_and_503_are_described() -> None:
    """With the headers of all throttles, what not all write is optional."""
    limited = SyncThrottle(1, Rate.hour, response_headers=[XRateLimit()])
    drafted = SyncThrottle(
        1,
        Rate.hour,
        response_headers=[XRateLimit(), RateLimitIETFDraft()],
    )

    class _Two(Controller[PydanticSerializer]):
        throttling = [limited, drafted]
        throttling_allow_unsafe_cache = None

        def get(self) -> str:
            return 'passed'

    responses = _Two.api_endpoints['GET'].metadata.responses
    headers = responses[HTTPStatus.TOO_MANY_REQUESTS].headers
    assert headers is not None
    assert {
        'X-RateLimit-Limit': True,
        'X-RateLimit-Remaining': True,
        'X-RateLimit-Reset': True,
        'RateLimit-Policy': False,
        'RateLimit': False,
    } == {name: spec.required for name, spec in headers.items()}
    assert HTTPStatus.SERVICE_UNAVAILABLE in responses


def test_backend_that_fails_open_needs_no_503() -> None:
    """What cannot happen is not described."""
    controller = sync_controller(
        1,
        Rate.hour,
        backend=SyncDjangoCache(failure='fail_open'),
    )

    responses = controller.api_endpoints['GET'].metadata.responses

    assert HTTPStatus.SERVICE_UNAVAILABLE not in responses


def test_no_headers_at_all() -> None:
    """An empty tuple writes none, and describes none."""
    controller = sync_controller(1, Rate.hour, response_headers=())

    with serving(it=controller) as client:
        client.get('/it/')
        response = client.get('/it/')

    assert (429, _BODY) == (response.status_code, response.json())
    assert 'Retry-After' not in response.headers


@pytest.mark.parametrize(
    ('cache', 'is_safe'),
    [
        ('locmem.LocMemCache', False),
        ('dummy.DummyCache', False),
        ('filebased.FileBasedCache', False),
        ('db.DatabaseCache', True),
    ],
)
@pytest.mark.parametrize('backend', [SyncDjangoCache, AsyncDjangoCache])
def test_caches_that_do_not_count_all_processes_are_told(
    cache: str,
    is_safe: bool,
    backend: Any,
    tmp_path: Path,
) -> None:
    """They are fine for development, in production limits multiply."""
    with override_settings(
        CACHES={
            'default': {
                'BACKEND': f'django.core.cache.backends.{cache}',
                'LOCATION': str(tmp_path),
            },
        },
    ):
        reason = backend().unsafe_reason()

    assert is_safe == (reason is None)


def test_unsafe_cache_warns_by_default() -> None:
    """The warning names the endpoint and the ways out."""
    with pytest.warns(
        UnsafeCacheBackendWarning, match=r'_Risky\.get'
    ) as caught:

        class _Risky(Controller[PydanticSerializer]):
            throttling = [SyncThrottle(1, Rate.hour)]

            def get(self) -> str:
                return 'passed'

    assert 'not safe for production' in str(caught[0].message)
    assert _Risky.api_endpoints


def test_unsafe_cache_can_be_forbidden() -> None:
    """An endpoint can be stricter than its project."""
    with pytest.raises(EndpointMetadataError, match='not safe for production'):

        class _Risky(Controller[PydanticSerializer]):
            throttling = [SyncThrottle(1, Rate.hour)]
            throttling_allow_unsafe_cache = True

            @modify(throttling_allow_unsafe_cache=False)
            def get(self) -> str:
                return 'passed'


@both
def test_forwarded_address_is_not_believed_by_default(make: Any) -> None:
    """Clients could write a new one into each request."""
    controller = make(1, Rate.hour)

    found = [
        statuses(controller, 1, headers={'X-Forwarded-For': f'1.2.3.{one}'})
        for one in range(3)
    ]

    assert [[200], [429], [429]] == found


@both
def test_clients_have_counters_of_their_own(make: Any) -> None:
    """Told apart by address, or by what they send."""
    by_address = make(1, Rate.hour)
    by_key = make(1, Rate.hour, cache_key=RequestHeader(header='X-Key'))

    found = [
        statuses(by_address, 2, REMOTE_ADDR='10.0.0.1'),
        statuses(by_address, 2, REMOTE_ADDR='10.0.0.2'),
        statuses(by_key, 2, headers={'X-Key': 'a'}),
        statuses(by_key, 2, headers={'X-Key': 'b'}),
    ]

    assert [[200, 429]] * 4 == found


def test_custom_handlers_see_refusals() -> None:
    """A refusal is an exception like others, with its headers."""

    class _Handled(Controller[PydanticSerializer]):
        throttling = [SyncThrottle(1, Rate.hour)]
        throttling_allow_unsafe_cache = None

        def get(self) -> str:
            return 'passed'

        @override
        def handle_error(
            self,
            endpoint: Any,
            controller: Any,
            exc: Exception,
        ) -> Any:
            assert isinstance(exc, TooManyRequestsError)
            return self.to_error(
                self.format_error('Slow down'),
                status_code=HTTPStatus.TOO_MANY_REQUESTS,
                headers=exc.headers,
            )

    with serving(it=_Handled) as client:
        client.get('/it/')
        response = client.get('/it/')

    assert (429, {'detail': [{'msg': 'Slow down'}]}) == (
        response.status_code,
        response.json(),
    )


def test_broken_cache_refuses_or_lets_pass() -> None:
    """A cache that cannot be asked is a 503, unless told otherwise."""
    broken = {'BACKEND': f'{__name__}.BrokenCache', 'LOCATION': 'nowhere'}
    with override_settings(CACHES={**_CACHES, 'broken': broken}):
        closed = sync_controller(
            1,
            Rate.hour,
            backend=SyncDjangoCache('broken'),
        )
        open_ = async_controller(
            1,
            Rate.hour,
            backend=AsyncDjangoCache('broken', failure='fail_open'),
        )
        with serving(closed=closed, open=open_) as client:
            refused, passed = client.get('/closed/'), client.get('/open/')

    assert (503, '5') == (refused.status_code, refused.headers['Retry-After'])
    assert {
        'detail': [{'msg': 'Service unavailable', 'type': 'ratelimit'}],
    } == refused.json()
    assert 200 == passed.status_code


_CACHES = {
    'default': {'BACKEND': 'django.core.cache.backends.locmem.LocMemCache'},
}


class BrokenCache(type(caches['default'])):  # type: ignore[misc]
    """A cache that is away."""

    @override
    def incr(self, *_args: Any, **_options: Any) -> int:
        raise OSError('cache is away')

    @override
    def get(self, *_args: Any, **_options: Any) -> Any:
        raise OSError('cache is away')


def test_nested_routes_are_told_apart() -> None:
    """Parameters of a route do not make new counters."""
    controller = sync_controller(1, Rate.hour)

    class _Urls:
        urlpatterns = [path('items/<int:pk>/', controller.as_view())]

    with override_settings(ROOT_URLCONF=_Urls):
        found = [
            DMRClient().get(f'/items/{pk}/').status_code for pk in range(3)
        ]

    assert [200, 429, 429] == found


def test_default_parts() -> None:
    """What a throttle is made of when nothing else is said."""
    throttle = SyncThrottle(5, Rate.minute)

    assert (RemoteAddr(), SimpleRate(), SyncDjangoCache()) == (
        throttle.cache_key,
        throttle.algorithm,
        throttle.backend,
    )
    assert (XRateLimit(), RetryAfter()) == throttle.response_headers
    assert 60 == throttle.duration_in_seconds
