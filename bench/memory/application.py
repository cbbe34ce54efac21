"""A project with everything that could remember what clients send."""

import json
from types import ModuleType
from typing import Any

import pydantic

from bench.candidates import models_msgspec, models_pydantic
from bench.candidates.django_project import configure

# Pydantic keeps up to 16,384 short strings of JSON. With all places taken from
# the beginning, what else grows can be seen.
pydantic.TypeAdapter(list[str]).validate_json(
    json.dumps([f'string {number}' for number in range(150_000)]),
)
configure('bench.memory.application', 'dmr')

from django.urls import include  # noqa: E402

from dmr import Body, Controller, Cookies, Headers, Path, Query  # noqa: E402
from dmr.asgi import get_asgi_application  # noqa: E402
from dmr.plugins.msgspec import (  # noqa: E402
    MsgpackParser,
    MsgpackRenderer,
    MsgspecJsonParser,
    MsgspecJsonRenderer,
    MsgspecSerializer,
)
from dmr.plugins.pydantic import PydanticSerializer  # noqa: E402
from dmr.routing import Router, build_404_handler, path  # noqa: E402
from dmr.security.http import HttpBasicSyncAuth  # noqa: E402
from dmr.wsgi import get_wsgi_application  # noqa: E402


class _Auth(HttpBasicSyncAuth):
    def authenticate(
        self,
        endpoint: Any,
        controller: Any,
        username: str,
        password: str,
    ) -> None:
        return None


def _routes(serializer: Any, models: ModuleType | Any) -> list[Any]:
    class Base(Controller[serializer]):
        parsers = [MsgspecJsonParser(), MsgpackParser()]
        renderers = [MsgspecJsonRenderer(), MsgpackRenderer()]

    class Tiny(Base):
        def get(self) -> models.Tiny:
            return models.tiny()

    class Small(Base):
        def post(self, parsed_body: Body[models.User]) -> models.User:
            return parsed_body

    class Large(Base):
        def post(
            self,
            parsed_body: Body[models.Order],
            parsed_query: Query[models.Search],
            parsed_headers: Headers[models.Tenant],
        ) -> models.Order:
            return parsed_body

    class Open(Base):
        """Takes whatever comes."""

        def put(
            self,
            parsed_body: Body[dict[str, Any]],
            parsed_query: Query[dict[str, str]],
            parsed_headers: Headers[dict[str, str]],
            parsed_cookies: Cookies[dict[str, str]],
        ) -> dict[str, Any]:
            return parsed_body

    class Secret(Base):
        auth = [_Auth()]

        def get(self) -> str:
            raise AssertionError('nobody gets here')

    class Named(Base):
        def get(self, parsed_path: Path[dict[str, str]]) -> dict[str, str]:
            return parsed_path

    return [
        path('tiny/', Tiny.as_view()),
        path('small/', Small.as_view()),
        path('large/', Large.as_view()),
        path('open/', Open.as_view()),
        path('secret/', Secret.as_view()),
        path('named/<str:name>/', Named.as_view()),
    ]


_BOTH = [
    ('api/', _routes(MsgspecSerializer, models_msgspec)),
    ('pydantic/', _routes(PydanticSerializer, models_pydantic)),
]
urlpatterns = [
    path(prefix, include((Router(prefix, routes).urls, prefix)))
    for prefix, routes in _BOTH
]
handler404 = build_404_handler('api/', serializer=MsgspecSerializer)
wsgi = get_wsgi_application()
asgi = get_asgi_application()
