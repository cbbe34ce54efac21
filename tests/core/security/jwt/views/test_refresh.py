"""Exchange a refresh token for new tokens."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.test import modify_settings

from dmr.security.jwt.blocklist.models import BlocklistedJWToken
from dmr.test import DMRRequestFactory
from tests.core.security.asking import (
    PASSWORD,
    denied,
    make_user,
    outcome,
)
from tests.core.security.jwt.making import encoded_token
from tests.core.security.jwt.views.controllers import (
    ASYNC,
    SYNC,
    SyncRefresh,
    SyncRotate,
)
from tests.core.serving import serving

pytestmark = pytest.mark.django_db

_INVALID = denied('Bearer error="invalid_token"')

both = pytest.mark.parametrize('controllers', [SYNC, ASYNC])


def _obtain(client: Any) -> Any:
    return client.post(
        '/obtain/',
        {'username': 'ada', 'password': PASSWORD},
    ).json()


def _exchange(client: Any, token: str, url: str = '/refresh/') -> Any:
    return client.post(url, {'refresh_token': token})


def _see(client: Any, token: str) -> int:
    headers = {'Authorization': f'Bearer {token}'}
    status_code: int = client.get('/it/', headers=headers).status_code
    return status_code


@both
def test_refresh_token_gives_new_tokens(controllers: Any) -> None:
    """It works until it ends, and nobody may store the answer."""
    make_user()

    with serving(**controllers) as client:
        old = _obtain(client)
        response = _exchange(client, old['refresh_token'])
        again = _exchange(client, old['refresh_token'])
        seen = _see(client, response.json()['access_token'])

    assert [200, 200, 200] == [response.status_code, again.status_code, seen]
    assert 'no-store' == response.headers['Cache-Control']


@both
@pytest.mark.parametrize(
    'extras',
    [{'type': 'access'}, {}, {'type': None}, {'type': 'Refresh'}],
)
def test_other_tokens_are_not_exchanged(
    controllers: Any,
    extras: dict[str, Any],
) -> None:
    """An access token that leaks must not live for ever."""
    user = make_user()

    with serving(**controllers) as client:
        response = _exchange(client, encoded_token(user, extras=extras))

    assert _INVALID == outcome(response)


@both
@pytest.mark.parametrize('token', ['', 'a.b.c', 'x' * 100_000])
def test_nonsense_is_not_exchanged(controllers: Any, token: str) -> None:
    """What is no token is not authenticated."""
    with serving(**controllers) as client:
        assert _INVALID == outcome(_exchange(client, token))


@both
def test_missing_or_inactive_users_get_nothing(controllers: Any) -> None:
    """A refresh token outlives its user."""
    gone = make_user('gone', is_active=False)
    refresh = {'extras': {'type': 'refresh'}}

    with serving(**controllers) as client:
        outcomes = [
            outcome(_exchange(client, encoded_token(user, **refresh)))
            for user in (gone, '4711', 'abc')
        ]

    assert [_INVALID] * 3 == outcomes


@both
def test_revoked_tokens_are_not_exchanged(controllers: Any) -> None:
    """The blocklist counts whenever its app is installed."""
    make_user()

    with serving(**controllers) as client:
        token = _obtain(client)['refresh_token']
        revoked = client.post('/revoke/', {'refresh_token': token})
        response = _exchange(client, token)

    assert 204 == revoked.status_code
    assert _INVALID == outcome(response)


@both
@pytest.mark.parametrize('jti', [None, '', 'a' * 256, 'a\x00b'])
def test_tokens_need_an_id_that_can_be_revoked(
    controllers: Any,
    jti: str | None,
) -> None:
    """Otherwise nobody could ever revoke them."""
    user = make_user()
    token = encoded_token(user, jti=jti, extras={'type': 'refresh'})

    with serving(**controllers) as client:
        assert _INVALID == outcome(_exchange(client, token))


@both
def test_rotated_token_works_once(controllers: Any) -> None:
    """Each answer has the next token, and the next one."""
    make_user()

    with serving(**controllers) as client:
        token = _obtain(client)['refresh_token']
        statuses = []
        for _step in range(3):
            response = _exchange(client, token, '/rotate/')
            statuses.append(response.status_code)
            token = response.json()['refresh_token']

    assert [200, 200, 200] == statuses


@both
def test_reuse_revokes_all_relatives(controllers: Any) -> None:
    """Somebody has stolen a token: neither of the two goes on."""
    make_user()

    with serving(**controllers) as client:
        first = _obtain(client)['refresh_token']
        second = _exchange(client, first, '/rotate/').json()['refresh_token']
        third = _exchange(client, second, '/rotate/').json()
        reused = _exchange(client, second, '/rotate/')
        after = _exchange(client, third['refresh_token'], '/rotate/')
        seen = _see(client, third['access_token'])
        other = _exchange(client, _obtain(client)['refresh_token'], '/rotate/')

    assert [_INVALID, _INVALID] == [outcome(reused), outcome(after)]
    assert [401, 200] == [seen, other.status_code]


def test_without_the_app_nothing_is_looked_up() -> None:
    """Projects without the app refresh all the same."""
    make_user()

    with serving(**SYNC) as client:
        token = _obtain(client)['refresh_token']
        with modify_settings(
            INSTALLED_APPS={'remove': 'dmr.security.jwt.blocklist'},
        ):
            response = _exchange(client, token)

    assert 200 == response.status_code


@both
def test_rotation_needs_a_blocklist(controllers: Any) -> None:
    """Without one the same token would work for ever, so none works."""
    make_user()

    with serving(**controllers) as client:
        token = _obtain(client)['refresh_token']
        with (
            modify_settings(
                INSTALLED_APPS={'remove': 'dmr.security.jwt.blocklist'},
            ),
            pytest.raises(ImproperlyConfigured, match='INSTALLED_APPS'),
        ):
            _exchange(client, token, '/rotate/')


def test_own_model_can_be_used() -> None:
    """``blocklist_model`` is the place, ``None`` looks nothing up."""

    class _Forgetful(SyncRefresh):
        def blocklist_model(self) -> None:
            return None

    make_user()
    with serving(**{**SYNC, 'refresh': _Forgetful}) as client:
        token = _obtain(client)['refresh_token']
        client.post('/revoke/', {'refresh_token': token})
        response = _exchange(client, token)

    assert 200 == response.status_code


@pytest.mark.django_db(transaction=True)
def test_simultaneous_exchanges_give_tokens_once() -> None:
    """Of two requests with one token at most one gets the next."""
    make_user()
    with serving(**SYNC) as client:
        token = _obtain(client)['refresh_token']
    view, requests = SyncRotate.as_view(), DMRRequestFactory()
    barrier = threading.Barrier(4)

    def exchange(_number: int) -> int:
        barrier.wait()
        while True:
            try:
                response = view(requests.post('/', {'refresh_token': token}))
            except OperationalError:
                # SQLite in memory does not wait for locked tables.
                time.sleep(0.001)
            else:
                return response.status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(exchange, range(4)))

    assert statuses.count(200) <= 1
    assert set(statuses) <= {200, 401}
    assert BlocklistedJWToken.objects.filter(jti__startswith='family:').exists()
