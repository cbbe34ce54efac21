"""Tokens for users in tests."""

import datetime as dt
from typing import Any

from django.conf import settings

from dmr.security.jwt import JWToken


def encoded_token(
    user: Any, *, secret: str | None = None, **claims: Any
) -> str:
    """Return a signed token for *user*, valid for an hour."""
    now = dt.datetime.now(dt.UTC)
    return JWToken(
        **{
            'sub': str(getattr(user, 'pk', user)),
            'exp': now + dt.timedelta(hours=1),
            'iat': now,
            'jti': 'an-id',
            **claims,
        },
    ).encode(secret or settings.SECRET_KEY, 'HS256')


def bearer(user: Any, **claims: Any) -> dict[str, str]:
    """Return the header with a token for *user*."""
    return {'Authorization': f'Bearer {encoded_token(user, **claims)}'}
