"""URLs of the raw views, async ones: they wait for nothing."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path

from bench.candidates.raw import urls


def _as_async(view: Callable[[HttpRequest], HttpResponse]) -> Any:
    async def serve(request: HttpRequest) -> HttpResponse:
        return view(request)

    return serve


urlpatterns = [
    path(str(one.pattern), _as_async(one.callback)) for one in urls.urlpatterns
]
