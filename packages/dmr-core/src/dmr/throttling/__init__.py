"""How often a client may ask: throttles, and reports of what is left."""

from dmr.throttling.base import Rate as Rate
from dmr.throttling.report import ThrottlingReport as ThrottlingReport
from dmr.throttling.throttles import AsyncThrottle as AsyncThrottle
from dmr.throttling.throttles import SyncOrAsyncThrottle as SyncOrAsyncThrottle
from dmr.throttling.throttles import SyncThrottle as SyncThrottle
