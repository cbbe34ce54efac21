"""Tokens that were revoked before their end: an app with one model.

Add ``'dmr.security.jwt.blocklist'`` to ``INSTALLED_APPS`` and migrate.
"""

from dmr.security.jwt.blocklist.auth import (
    JWTokenBlocklistAsyncMixin as JWTokenBlocklistAsyncMixin,
)
from dmr.security.jwt.blocklist.auth import (
    JWTokenBlocklistSyncMixin as JWTokenBlocklistSyncMixin,
)
