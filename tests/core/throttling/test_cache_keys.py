"""Clients are told apart by what they cannot choose."""

from types import SimpleNamespace
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import AnonymousUser, User

from dmr.internal.request_state import set_jwt
from dmr.security.users import set_request_user
from dmr.test import DMRRequestFactory
from dmr.throttling.cache_keys import (
    BaseThrottleCacheKey,
    JwtToken,
    RemoteAddr,
    RequestHeader,
    UserPk,
)


def _key(cache_key: BaseThrottleCacheKey, request: Any) -> str | None:
    """Return the key; async endpoints get the same."""
    endpoint: Any = None
    controller: Any = SimpleNamespace(request=request)
    found = cache_key(endpoint, controller)
    assert found == async_to_sync(cache_key.key_async)(endpoint, controller)
    return found


def _request(**meta: str) -> Any:
    return DMRRequestFactory().get('/', **meta)


@pytest.mark.parametrize(
    ('proxies', 'forwarded', 'expected'),
    [
        (0, '1.1.1.1', '9.9.9.9'),
        (1, None, '9.9.9.9'),
        (1, '', '9.9.9.9'),
        (1, '1.1.1.1', '1.1.1.1'),
        (1, 'forged, 1.1.1.1', '1.1.1.1'),
        (1, '6.6.6.6,1.1.1.1', '1.1.1.1'),
        (2, '6.6.6.6, 1.1.1.1, 2.2.2.2', '1.1.1.1'),
        (2, '1.1.1.1, 2.2.2.2', '1.1.1.1'),
        (2, '2.2.2.2', '9.9.9.9'),
        (1, '1.1.1.1:8080', '1.1.1.1'),
        (1, '[2001:db8::1]:8080', '2001:db8::1'),
        (1, '2001:DB8::1', '2001:db8::1'),
        (1, 'unknown', '9.9.9.9'),
        (1, '1.1.1.1,', '9.9.9.9'),
        (1, ',' * 100_000, '9.9.9.9'),
        (3, 'a,' * 100_000 + '1.1.1.1, b, c', '1.1.1.1'),
    ],
)
def test_address_behind_proxies(
    proxies: int,
    forwarded: str | None,
    expected: str,
) -> None:
    """What our outermost proxy wrote counts, never what clients wrote."""
    meta = {} if forwarded is None else {'HTTP_X_FORWARDED_FOR': forwarded}

    key = _key(
        RemoteAddr(proxies=proxies),
        _request(REMOTE_ADDR='9.9.9.9', **meta),
    )

    assert expected == key


@pytest.mark.parametrize('address', ['', None])
def test_unknown_addresses_share_a_counter(address: str | None) -> None:
    """Behind a socket there is no address, which must not mean no limit."""
    request = _request()
    request.META['REMOTE_ADDR'] = address

    shared = _key(RemoteAddr(), request)
    skipped = _key(RemoteAddr(when_missing='skip'), request)

    assert shared is not None
    assert skipped is None


def test_missing_headers_share_a_counter() -> None:
    """Leaving the header out is no way around the limit."""
    key = RequestHeader(header='X-Key')

    shared = {_key(key, _request()), _key(key, _request(HTTP_X_KEY=''))}

    assert 1 == len(shared)
    assert None not in shared
    assert 'a' == _key(key, _request(HTTP_X_KEY='a'))
    skipping = RequestHeader(header='X-Key', when_missing='skip')
    assert _key(skipping, _request()) is None


@pytest.mark.parametrize(
    ('user', 'options', 'expected'),
    [
        (User(pk=7), {}, '7'),
        (User(pk=7, is_staff=True), {}, None),
        (User(pk=7, is_superuser=True), {}, None),
        (User(pk=7, is_staff=True), {'exclude_stuff': False}, '7'),
        (User(pk=7, is_superuser=True), {'exclude_superuser': False}, '7'),
        (AnonymousUser(), {}, None),
        (User(), {}, None),
    ],
)
def test_users_are_counted_unless_excluded(
    user: Any,
    options: dict[str, bool],
    expected: str | None,
) -> None:
    """Staff and superusers are trusted by default."""
    request = _request()
    set_request_user(request, user)

    assert expected == _key(UserPk(**options), request)


def test_requests_without_user_are_not_counted_by_user() -> None:
    """Nothing is there to tell them apart."""
    assert _key(UserPk(), _request()) is None


def test_tokens_are_counted_by_id_or_subject() -> None:
    """PyJWT is not needed for that, and tokens are not kept."""
    keys = []
    for jti, sub in (('id', 'a'), ('id', 'b'), (None, 'a'), (None, 'b')):
        request = _request()
        set_jwt(request, SimpleNamespace(jti=jti, sub=sub))
        keys.append(_key(JwtToken(), request))

    assert keys[0] == keys[1]
    assert 3 == len(set(keys))
    assert {64} == {len(key or '') for key in keys}
    assert _key(JwtToken(), _request()) is None


@pytest.mark.parametrize(
    ('key_cls', 'before'),
    [(RemoteAddr, True), (UserPk, False), (JwtToken, False)],
)
def test_when_keys_are_known(key_cls: Any, before: bool) -> None:
    """Addresses are known before auth, users are not."""
    key = key_cls()

    assert (before, key_cls.__name__) == (key.runs_before_auth, key.name)


@pytest.mark.parametrize('name', ['a"b', 'a\\b', 'a\r\nb', 'é', '\x00'])
def test_names_must_fit_into_headers(name: str) -> None:
    """They are written between quotes."""
    with pytest.raises(ValueError, match='must'):
        RemoteAddr(name=name)
