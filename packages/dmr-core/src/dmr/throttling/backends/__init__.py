"""Where throttles keep their state.

The backends for Redis are in `dmr.throttling.backends.redis`, they need
``pip install 'dmr-core[redis]'``.
"""

from dmr.throttling.algorithms import CachedRateLimit as CachedRateLimit
from dmr.throttling.backends.base import (
    BackendUnavailableError as BackendUnavailableError,
)
from dmr.throttling.backends.base import (
    BaseThrottleAsyncBackend as BaseThrottleAsyncBackend,
)
from dmr.throttling.backends.base import (
    BaseThrottleSyncBackend as BaseThrottleSyncBackend,
)
from dmr.throttling.backends.django_cache import (
    AsyncDjangoCache as AsyncDjangoCache,
)
from dmr.throttling.backends.django_cache import (
    SyncDjangoCache as SyncDjangoCache,
)
