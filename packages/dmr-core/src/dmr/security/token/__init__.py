"""Opaque tokens that are kept in the database, as hashes only.

Add ``'dmr.security.token.app'`` to ``INSTALLED_APPS`` and migrate. Views are
in `.views`.
"""

from dmr.security.token.auth import (
    CookieTokenAsyncAuth as CookieTokenAsyncAuth,
)
from dmr.security.token.auth import CookieTokenSyncAuth as CookieTokenSyncAuth
from dmr.security.token.auth import (
    HeaderTokenAsyncAuth as HeaderTokenAsyncAuth,
)
from dmr.security.token.auth import HeaderTokenSyncAuth as HeaderTokenSyncAuth
from dmr.security.token.auth import request_token as request_token
