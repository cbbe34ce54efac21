"""Revoke a refresh token."""

from typing import Any

import pytest

from dmr.security.jwt.blocklist.models import BlocklistedJWToken
from tests.core.security.asking import (
    denied,
    make_user,
    outcome,
)
from tests.core.security.jwt.making import encoded_token
from tests.core.security.jwt.views.controllers import ASYNC, SYNC
from tests.core.serving import serving

pytestmark = pytest.mark.django_db

_INVALID = denied('Bearer error="invalid_token"')

both = pytest.mark.parametrize('controllers', [SYNC, ASYNC])


def _revoke(controllers: Any, token: str) -> Any:
    with serving(**controllers) as client:
        return client.post('/revoke/', {'refresh_token': token})


@both
def test_token_and_family_are_kept(controllers: Any) -> None:
    """Doing so twice does no harm."""
    user = make_user()
    token = encoded_token(user, jti='one', extras={'type': 'refresh'})

    outcomes = [outcome(_revoke(controllers, token)) for _ in range(2)]

    assert [(204, None, None)] * 2 == outcomes
    assert ['family:one', 'one'] == [
        *BlocklistedJWToken.objects.order_by('jti').values_list(
            'jti',
            flat=True,
        ),
    ]


@both
@pytest.mark.parametrize('extras', [{'type': 'access'}, {}])
def test_other_tokens_are_refused(
    controllers: Any,
    extras: dict[str, Any],
) -> None:
    """Whoever has an access token cannot log the user out."""
    token = encoded_token(make_user(), extras=extras)

    assert _INVALID == outcome(_revoke(controllers, token))
    assert not BlocklistedJWToken.objects.exists()
