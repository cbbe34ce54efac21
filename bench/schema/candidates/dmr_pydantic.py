"""dmr with pydantic."""

import time

import django
import pydantic
from django.conf import settings
from django.urls import path
from models import MODELS, count, report

settings.configure()
django.setup()

from dmr import Body, Controller, Query  # noqa: E402
from dmr.openapi import build_schema  # noqa: E402
from dmr.plugins.pydantic import PydanticSerializer  # noqa: E402
from dmr.routing import Router  # noqa: E402

IMPORTED = time.process_time()


class Filters(pydantic.BaseModel):
    page: int = 1
    search: str = ''


def item(number: int) -> type[pydantic.BaseModel]:
    inner = pydantic.create_model(
        f'Inner{number}',
        size=(int, ...),
        note=(str | None, None),
    )
    return pydantic.create_model(
        f'Item{number}',
        name=(str, ...),
        inner=(inner, ...),
        tags=(list[str], []),
    )


ITEMS = [item(number) for number in range(MODELS)]


def controller(number: int) -> type[Controller[PydanticSerializer]]:
    model = ITEMS[number % MODELS]

    class Items(Controller[PydanticSerializer]):
        def get(self, parsed_query: Query[Filters]) -> list[model]:
            raise NotImplementedError

        def post(self, parsed_body: Body[model]) -> model:
            raise NotImplementedError

    return Items


router = Router(
    'api/',
    [
        path(f'items{number}/<int:pk>/', controller(number).as_view())
        for number in range(count() // 2)
    ],
)
DEFINED = time.process_time()
report(IMPORTED, DEFINED, lambda: build_schema(router).convert())
