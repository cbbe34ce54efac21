"""Ask throttled endpoints, and find out how many requests pass."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import override_settings
from django.urls import path

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.test import DMRClient
from dmr.throttling import AsyncThrottle, SyncThrottle


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


class _Urls:
    def __init__(self, controllers: dict[str, Any]) -> None:
        self.urlpatterns = [
            path(f'{name}/', controller.as_view())
            for name, controller in controllers.items()
        ]


@contextmanager
def serving(**controllers: Any) -> Iterator[DMRClient]:
    """Serve each controller at the path that is its name."""
    with override_settings(ROOT_URLCONF=_Urls(controllers)):
        yield DMRClient()


def statuses(controller: Any, count: int, **request: Any) -> list[int]:
    """Return the statuses of *count* equal requests."""
    with serving(it=controller) as client:
        return [client.get('/it/', **request).status_code for _ in range(count)]
