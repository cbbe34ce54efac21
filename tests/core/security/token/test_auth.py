"""Opaque tokens: in headers and cookies, kept as hashes."""

import datetime as dt
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.test import override_settings
from django.utils import timezone

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.token import (
    CookieTokenAsyncAuth,
    CookieTokenSyncAuth,
    HeaderTokenAsyncAuth,
    HeaderTokenSyncAuth,
    request_token,
)
from dmr.security.token.app.models import Token
from dmr.security.token.hashing import TokenHasher
from dmr.test import DMRRequestFactory
from tests.core.security.asking import (
    ask,
    denied,
    make_user,
    outcome,
)
from tests.core.serving import serving

pytestmark = pytest.mark.django_db

_CHALLENGE = 'Token header="X-API-Token"'


def _sync(auth_cls: Any = HeaderTokenSyncAuth, **options: Any) -> Any:
    class _Sync(Controller[PydanticSerializer]):
        auth = [auth_cls(**options)]

        def get(self) -> list[str]:
            token = request_token(self.request, strict=True)
            return [str(self.request.user), token.name]

        def post(self) -> str:
            return str(self.request.user)

    return _Sync


def _async(auth_cls: Any = HeaderTokenAsyncAuth, **options: Any) -> Any:
    class _Async(Controller[PydanticSerializer]):
        auth = [auth_cls(**options)]

        async def get(self) -> list[str]:
            token = request_token(self.request, strict=True)
            return [str(await self.request.auser()), token.name]

        async def post(self) -> str:
            return str(self.request.user)

    return _Async


both = pytest.mark.parametrize('make', [_sync, _async])
in_cookies = pytest.mark.parametrize(
    'controller',
    [_sync(CookieTokenSyncAuth), _async(CookieTokenAsyncAuth)],
)


@both
def test_token_opens(make: Any) -> None:
    """The owner is the user of the request."""
    _row, raw = Token.issue(make_user(), name='laptop')

    response = ask(make(), X_API_Token=raw)

    assert (200, ['ada', 'laptop'], None) == outcome(response)


@both
def test_dead_tokens_do_not_open(make: Any) -> None:
    """Revoked, expired, changed, or of somebody who is gone."""
    user, gone = make_user(), make_user('gone', is_active=False)
    revoked, raw_revoked = Token.issue(user)
    revoked.revoke()
    _row, raw_expired = Token.issue(user, expires_at=timezone.now())
    _row, raw_gone = Token.issue(gone)
    row, raw = Token.issue(user)
    raws = (raw_revoked, raw_expired, raw_gone, raw[:-1], row.token_hash, 'é')

    outcomes = [outcome(ask(make(), X_API_Token=one)) for one in raws]

    assert [denied(_CHALLENGE)] * len(raws) == outcomes


@both
def test_without_a_token_others_may_try(make: Any) -> None:
    """An empty header is none."""
    outcomes = [
        outcome(ask(make(), **headers)) for headers in ({}, {'X_API_Token': ''})
    ]

    assert [denied(_CHALLENGE)] * 2 == outcomes


@both
@pytest.mark.parametrize(
    ('header', 'status_code'),
    [('Key {}', 200), ('KEY {}', 200), ('{}', 401), ('Token {}', 401)],
)
def test_prefix_is_like_a_scheme(
    make: Any,
    header: str,
    status_code: int,
) -> None:
    """Its case does not matter, its presence does."""
    _row, raw = Token.issue(make_user())

    response = ask(
        make(header_name='Authorization', prefix='Key'),
        Authorization=header.format(raw),
    )

    assert status_code == response.status_code


@both
def test_secret_of_the_auth_must_be_that_of_the_token(make: Any) -> None:
    """A token for one purpose does not serve another."""
    own = {'token_secret': 'own', 'token_salt': 'salt'}
    _row, raw = Token.issue(make_user(), hasher=TokenHasher('own', 'salt'))

    statuses = [
        ask(make(**options), X_API_Token=raw).status_code
        for options in ({}, own, {**own, 'token_algorithm': 'sha512'})
    ]

    assert [401, 200, 401] == statuses


@both
def test_tokens_survive_a_new_secret_key(make: Any) -> None:
    """``SECRET_KEY_FALLBACKS`` count, as elsewhere in Django."""
    with override_settings(SECRET_KEY='old'):
        _row, raw = Token.issue(make_user())

    with override_settings(SECRET_KEY='new', SECRET_KEY_FALLBACKS=['old']):
        found = ask(make(), X_API_Token=raw)
    with override_settings(SECRET_KEY='new'):
        lost = ask(make(), X_API_Token=raw)

    assert [200, 401] == [found.status_code, lost.status_code]


@both
def test_last_use_is_kept_when_asked_for(make: Any) -> None:
    """It costs a query that writes, so it is off by default."""
    row, raw = Token.issue(make_user())

    ask(make(), X_API_Token=raw)
    row.refresh_from_db()
    unused = row.last_used_at
    ask(make(update_last_used=True), X_API_Token=raw)
    row.refresh_from_db()

    assert unused is None
    assert row.last_used_at is not None


@in_cookies
def test_cookie_opens_with_csrf_token(controller: Any) -> None:
    """Browsers send cookies for other sites, too."""
    _row, raw = Token.issue(make_user())

    with serving(it=controller) as client:
        empty = client.post('/it/')
        client.cookies['api_token'] = raw
        read = client.get('/it/')
        forged = client.post('/it/')
        client.cookies['csrftoken'] = 'a' * 32
        own = client.post('/it/', headers={'X-CSRFToken': 'a' * 32})

    assert denied('Cookie cookie="api_token"') == outcome(empty)
    assert [200, 403, 201] == [
        read.status_code,
        forged.status_code,
        own.status_code,
    ]


def test_places_are_described() -> None:
    """Descriptions know headers and cookies."""
    in_header = HeaderTokenSyncAuth(prefix='Key')
    in_cookie = CookieTokenSyncAuth()

    assert {
        'token': {
            'type': 'apiKey',
            'in': 'header',
            'name': 'X-API-Token',
            'description': '`Key <token>`',
        },
    } == in_header.security_schemes
    assert {'token': []} == in_header.security_requirement
    assert {'type': 'apiKey', 'in': 'cookie', 'name': 'api_token'} == (
        in_cookie.security_schemes['token_cookie']
    )
    assert {'token_cookie': [], 'csrf': []} == in_cookie.security_requirement


def test_strict_look_up_needs_a_token() -> None:
    """The name of the attribute is in the error."""
    request = DMRRequestFactory().get('/')

    assert request_token(request) is None
    with pytest.raises(AttributeError, match='__dmr_token__'):
        request_token(request, strict=True)


def _async_issue(*args: Any, **options: Any) -> Any:
    return async_to_sync(Token.aissue)(*args, **options)


@pytest.mark.parametrize('issue', [Token.issue, _async_issue])
def test_only_the_hash_is_kept(issue: Any) -> None:
    """Whoever reads the table cannot use what is there."""
    row, raw = issue(make_user(), name='laptop')

    kept = Token.objects.values().get(pk=row.pk)

    assert 43 == len(raw)
    assert not any(raw in str(column) for column in kept.values())
    assert TokenHasher().new_hash(raw) == kept['token_hash']
    lifetime = kept['expires_at'] - timezone.now()
    assert dt.timedelta(days=29) < lifetime <= dt.timedelta(days=30)


@pytest.mark.parametrize('issue', [Token.issue, _async_issue])
def test_tokens_may_live_for_ever(issue: Any) -> None:
    """``None`` is no end."""
    row, _raw = issue(make_user(), expires_at=None)

    assert (True, False) == (row.is_active, row.is_expired)


def test_revoked_twice_is_revoked_once() -> None:
    """The first moment stays."""
    row, raw = Token.issue(make_user())

    row.revoke()
    first = row.revoked_at
    row.revoke()
    async_to_sync(row.arevoke)()

    found = Token.find_raw(raw)
    assert found is not None
    assert (first, False) == (found.revoked_at, found.is_active)


def test_row_reads_well() -> None:
    """Administrators see whose it is."""
    row, _raw = Token.issue(make_user(), name='laptop')

    assert 'Token laptop of user ada' == str(row)
