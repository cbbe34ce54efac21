"""Who sends a request: the base classes of all authentication."""

from dmr.internal.request_state import request_auth as request_auth
from dmr.security.base import AsyncAuth as AsyncAuth
from dmr.security.base import (
    AuthenticatedHttpRequest as AuthenticatedHttpRequest,
)
from dmr.security.base import SyncAuth as SyncAuth
from dmr.security.base import SyncOrAsyncAuth as SyncOrAsyncAuth
