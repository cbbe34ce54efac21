"""URLs of a small project, for commands that look at projects."""

from types import ModuleType
from typing import Any, Final

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt

from dmr import Controller, Path, Query
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.routing import Router
from dmr.routing import path as fast_path
from dmr.security.django_session import DjangoSessionSyncAuth
from dmr.security.permissions import IsStaff
from dmr.throttling import SyncThrottle


class ItemsController(Controller[MsgspecSerializer]):
    def get(self, parsed_query: Query[dict[str, str]]) -> list[str]:
        return []

    def post(self) -> str:
        return ''


class ItemController(Controller[MsgspecSerializer]):
    auth = (DjangoSessionSyncAuth(),)
    permissions = (IsStaff(),)
    throttling = (SyncThrottle(5, 60),)
    throttling_allow_unsafe_cache = None

    def get(self, parsed_path: Path[dict[str, str]]) -> str:
        return ''


class AsyncController(Controller[MsgspecSerializer]):
    async def get(self) -> str:
        return ''


def foreign(request: HttpRequest, *args: Any) -> HttpResponse:
    return HttpResponse()


_router: Final = Router(
    'api/',
    [
        path('items/', csrf_exempt(ItemsController.as_view()), name='items'),
        fast_path('items/<int:pk>/', ItemController.as_view()),
    ],
)

urlpatterns: Final[list[Any]] = [
    path(_router.prefix, include((_router.urls, 'shop'), namespace='v1')),
    fast_path(
        'fast/',
        include([re_path(r'^(?P<code>[a-z]+)/x$', AsyncController.as_view())]),
    ),
    path('foreign/', foreign, name='foreign'),
    *i18n_patterns(path('news/', foreign)),
]


def urls(*patterns: Any) -> Any:
    """Return a URL module with only these patterns."""
    module = ModuleType('some_urls')
    vars(module)['urlpatterns'] = list(patterns)
    return module
