"""Send requests with JSON web tokens. Needs ``dmr-core[jwt]``.

Tokens are made for an auth, so that it accepts them: its key, algorithm,
audience, issuer and type are those of the token, unless a test wants others.
"""

import datetime as dt
import uuid
from typing import Any, Final, TypeAlias

from django.conf import settings

from dmr.security.jwt import (
    CookieJWTAsyncAuth,
    CookieJWTSyncAuth,
    JWTAsyncAuth,
    JWTSyncAuth,
)

#: Auths with a token in a header.
HeaderAuth: TypeAlias = JWTSyncAuth | JWTAsyncAuth
#: Auths with a token in a cookie.
CookieAuth: TypeAlias = CookieJWTSyncAuth | CookieJWTAsyncAuth

_LIFETIME: Final = dt.timedelta(minutes=5)


def make_jwt(
    user: Any,
    *,
    auth: HeaderAuth | CookieAuth | None = None,
    expires_in: dt.timedelta = _LIFETIME,
    token_type: str | None = 'access',
    secret: Any = None,
    **claims: Any,
) -> str:
    """Return a signed token for *user* that *auth* accepts.

    What *claims* say wins: ``iss``, ``aud``, ``jti`` and the other fields of
    `JWToken`. A negative *expires_in* makes a token that has ended. Where the
    key of *auth* is a public one, *secret* is the private one.
    """
    accepting = auth or JWTSyncAuth()
    now = dt.datetime.now(dt.UTC)
    fields: dict[str, Any] = {
        'sub': str(getattr(user, accepting.user_id_field)),
        'exp': now + expires_in,
        # No token is made after its end, not even one that has ended.
        'iat': min(now, now + expires_in),
        'iss': _first(accepting.accepted_issuers),
        'aud': _first(accepting.accepted_audiences),
        'jti': uuid.uuid4().hex,
        'extras': {} if token_type is None else {'type': token_type},
        # Tests need tokens that are not valid.
        'verified': True,
    }
    return accepting.token_cls(**{**fields, **claims}).encode(
        secret or accepting.secret or settings.SECRET_KEY,
        accepting.algorithm,
    )


def jwt_headers(
    user: Any,
    *,
    auth: HeaderAuth | None = None,
    **options: Any,
) -> dict[str, str]:
    """Return the header with a token for *user*, see `make_jwt`."""
    accepting = auth or JWTSyncAuth()
    token = make_jwt(user, auth=accepting, **options)
    return {accepting.auth_header: f'{accepting.auth_scheme} {token}'}


def jwt_cookies(
    user: Any,
    *,
    auth: CookieAuth | None = None,
    **options: Any,
) -> dict[str, str]:
    """Return the cookie with a token for *user*, see `make_jwt`.

    Give it to a client with ``client.cookies.load(jwt_cookies(user))``.
    """
    accepting = auth or CookieJWTSyncAuth()
    return {accepting.cookie_name: make_jwt(user, auth=accepting, **options)}


def _first(accepted: Any) -> Any:
    """Return one of the accepted values, which may be one already."""
    if accepted is None or isinstance(accepted, str):
        return accepted
    return next(iter(accepted), None)
