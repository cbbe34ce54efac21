"""Revoked tokens are refused."""

from typing import Any

import pytest
from asgiref.sync import async_to_sync

from dmr.exceptions import NotAuthenticatedError
from dmr.security import request_auth
from dmr.security.jwt import request_jwt
from dmr.security.jwt.blocklist.models import BlocklistedJWToken
from dmr.test import DMRRequestFactory
from tests.core.security.asking import ask, denied, make_user, outcome
from tests.core.security.jwt.making import bearer, encoded_token
from tests.core.security.jwt.views.controllers import (
    AsyncBlocklistAuth,
    AsyncGuarded,
    SyncBlocklistAuth,
    SyncGuarded,
)

pytestmark = pytest.mark.django_db

_INVALID = denied('Bearer error="invalid_token"')


class _SyncSide:
    controller = SyncGuarded

    def revoke(self, encoded: str) -> tuple[Any, bool]:
        auth = SyncBlocklistAuth()
        return auth.blocklist(auth.decode_token(encoded))


class _AsyncSide:
    controller = AsyncGuarded

    def revoke(self, encoded: str) -> tuple[Any, bool]:
        auth = AsyncBlocklistAuth()
        return async_to_sync(auth.blocklist)(auth.decode_token(encoded))


both = pytest.mark.parametrize('side', [_SyncSide(), _AsyncSide()])


@both
def test_revoked_token_is_refused(side: Any) -> None:
    """Others of the same user go on working."""
    user = make_user()
    headers, others = bearer(user), bearer(user, jti='other')

    before = ask(side.controller, **headers)
    side.revoke(encoded_token(user))
    after = ask(side.controller, **headers)
    other = ask(side.controller, **others)

    assert [200, 200] == [before.status_code, other.status_code]
    assert _INVALID == outcome(after)


@both
def test_revoking_twice_keeps_one_row(side: Any) -> None:
    """The row says whose token it was, and until when it matters."""
    user = make_user()
    encoded = encoded_token(user)

    first, is_first_new = side.revoke(encoded)
    second, is_second_new = side.revoke(encoded)

    assert (True, False) == (is_first_new, is_second_new)
    assert first.pk == second.pk
    assert (user.pk, 'an-id') == (first.user_id, first.jti)
    assert SyncBlocklistAuth().decode_token(encoded).exp == first.expires_at


@both
@pytest.mark.parametrize('jti', [None, '', 'a' * 256, 'a\nb'])
def test_tokens_without_usable_id_are_refused(
    side: Any,
    jti: str | None,
) -> None:
    """They could not be revoked: neither now nor later."""
    user = make_user()

    with pytest.raises(NotAuthenticatedError):
        side.revoke(encoded_token(user, jti=jti))

    assert _INVALID == outcome(ask(side.controller, **bearer(user, jti=jti)))


@both
def test_token_of_deleted_user_can_be_revoked(side: Any) -> None:
    """The row has no user then."""
    row, _is_new = side.revoke(encoded_token('4711'))

    assert row.user is None


@both
@pytest.mark.parametrize('family', ['', 1, ['a'], {'a': 1}, 'a' * 300])
def test_odd_families_are_refused(side: Any, family: Any) -> None:
    """They are claims, so they can be anything."""
    headers = bearer(make_user(), extras={'family': family})

    assert _INVALID == outcome(ask(side.controller, **headers))


def test_revoked_token_leaves_nothing_behind() -> None:
    """Neither auth nor token are on the request."""
    user = make_user()
    _SyncSide().revoke(encoded_token(user))
    request = DMRRequestFactory().get('/', headers=bearer(user))

    SyncGuarded.as_view()(request)

    assert request_auth(request) is None
    assert request_jwt(request) is None


def test_row_reads_well() -> None:
    """Administrators see what it is about."""
    row = BlocklistedJWToken(user=make_user(), jti='one')

    assert 'Blocklisted token one of user ada' == str(row)
