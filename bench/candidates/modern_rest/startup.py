"""Import the library, define controllers."""

from os import environ
from typing import Any

from django.conf import settings

from bench.candidates.startup import clock, report

settings.configure()
begun = clock()

from dmr import Body, Controller  # noqa: E402

if environ.get('BENCH_MODELS') == 'msgspec':
    from bench.candidates import models_msgspec as models
    from dmr.plugins.msgspec import MsgspecSerializer as Serializer
elif environ.get('BENCH_MODELS') == 'pydantic':
    from bench.candidates import models_pydantic as models
    from dmr.plugins.pydantic import PydanticSerializer as Serializer


def build(count: int) -> list[Any]:
    return [controller() for _ in range(count)]


def controller() -> Any:
    class Users(Controller[Serializer]):
        def get(self) -> list[models.User]:
            raise NotImplementedError

        def post(self, parsed_body: Body[models.User]) -> models.User:
            raise NotImplementedError

    return Users.as_view()


report(begun, build)
