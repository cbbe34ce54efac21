"""Ask throttled endpoints, and find out how many requests pass."""

from typing import Any

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.throttling import AsyncThrottle, SyncThrottle
from tests.core.serving import serving


def sync_controller(*args: Any, **options: Any) -> Any:
    """Return a sync controller with one throttle."""

    class _Sync(Controller[PydanticSerializer]):
        throttling = [SyncThrottle(*args, **options)]
        throttling_allow_unsafe_cache = None

        def get(self) -> str:
            return 'passed'

        def post(self) -> str:
            return 'passed'

    return _Sync


def async_controller(*args: Any, **options: Any) -> Any:
    """Return an async controller with one throttle."""

    class _Async(Controller[PydanticSerializer]):
        throttling = [AsyncThrottle(*args, **options)]
        throttling_allow_unsafe_cache = None

        async def get(self) -> str:
            return 'passed'

        async def post(self) -> str:
            return 'passed'

    return _Async


def statuses(controller: Any, count: int, **request: Any) -> list[int]:
    """Return the statuses of *count* equal requests."""
    with serving(it=controller) as client:
        return [client.get('/it/', **request).status_code for _ in range(count)]
