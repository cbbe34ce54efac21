"""Tell whether an access token would be accepted."""

from typing import Any

import pytest

from tests.core.security.asking import (
    denied,
    make_user,
    outcome,
)
from tests.core.security.jwt.making import encoded_token
from tests.core.security.jwt.views.controllers import (
    ASYNC,
    SYNC,
    SyncBlocklistAuth,
)
from tests.core.serving import serving

pytestmark = pytest.mark.django_db

_INVALID = denied('Bearer error="invalid_token"')

both = pytest.mark.parametrize('controllers', [SYNC, ASYNC])


def _verify(controllers: Any, token: str) -> Any:
    with serving(**controllers) as client:
        return client.post('/verify/', {'access_token': token})


@both
@pytest.mark.parametrize('extras', [{'type': 'access'}, {}])
def test_valid_token_is_204(controllers: Any, extras: dict[str, Any]) -> None:
    """There is nothing more to say."""
    token = encoded_token(make_user(), extras=extras)

    assert (204, None, None) == outcome(_verify(controllers, token))


@both
def test_refresh_token_is_401(controllers: Any) -> None:
    """It would not be accepted by an endpoint."""
    token = encoded_token(make_user(), extras={'type': 'refresh'})

    assert _INVALID == outcome(_verify(controllers, token))


@both
@pytest.mark.parametrize('token', ['', 'a.b.c'])
def test_nonsense_is_401(controllers: Any, token: str) -> None:
    """Nor would what is no token."""
    assert _INVALID == outcome(_verify(controllers, token))


@both
def test_token_of_nobody_is_401(controllers: Any) -> None:
    """The user is asked for, too."""
    gone = make_user(is_active=False)

    outcomes = [
        outcome(_verify(controllers, encoded_token(user)))
        for user in (gone, '4711')
    ]

    assert [_INVALID, _INVALID] == outcomes


@both
def test_revoked_token_is_401(controllers: Any) -> None:
    """The blocklist counts whenever its app is installed."""
    encoded = encoded_token(make_user())
    auth = SyncBlocklistAuth()
    auth.blocklist(auth.decode_token(encoded))

    assert _INVALID == outcome(_verify(controllers, encoded))
