"""JSON web tokens (RFC 7519) as authentication.

Needs ``pip install 'dmr-core[jwt]'``. Views are in `.views`, revoked tokens
are kept by the app `.blocklist`.
"""

from dmr.security.jwt import checks
from dmr.security.jwt.auth import HeaderJWTAsyncAuth as HeaderJWTAsyncAuth
from dmr.security.jwt.auth import HeaderJWTSyncAuth as HeaderJWTSyncAuth
from dmr.security.jwt.auth import JWTAsyncAuth as JWTAsyncAuth
from dmr.security.jwt.auth import JWTSyncAuth as JWTSyncAuth
from dmr.security.jwt.auth import request_jwt as request_jwt
from dmr.security.jwt.cookies import CookieJWTAsyncAuth as CookieJWTAsyncAuth
from dmr.security.jwt.cookies import CookieJWTSyncAuth as CookieJWTSyncAuth
from dmr.security.jwt.token import JWToken as JWToken

# Using tokens is enough for `manage.py check --tag dmr`.
checks.register()
