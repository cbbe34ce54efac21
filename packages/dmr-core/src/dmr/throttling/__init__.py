"""How often a client may ask: the base classes of all throttles."""

from dmr.throttling.base import AsyncThrottle as AsyncThrottle
from dmr.throttling.base import SyncThrottle as SyncThrottle
