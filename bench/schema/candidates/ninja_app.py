"""django-ninja."""

import time

import django
from django.conf import settings
from models import MODELS, count, report

settings.configure(ROOT_URLCONF='ninja_app')
django.setup()

import pydantic  # noqa: E402
from django.urls import path  # noqa: E402
from ninja import NinjaAPI, Schema  # noqa: E402

IMPORTED = time.process_time()


def item(number: int) -> type[Schema]:
    inner = pydantic.create_model(
        f'Inner{number}',
        __base__=Schema,
        size=(int, ...),
        note=(str | None, None),
    )
    return pydantic.create_model(
        f'Item{number}',
        __base__=Schema,
        name=(str, ...),
        inner=(inner, ...),
        tags=(list[str], []),
    )


ITEMS = [item(number) for number in range(MODELS)]
api = NinjaAPI()


def add(number: int) -> None:
    model = ITEMS[number % MODELS]

    @api.get(
        f'/items{number}/{{pk}}/',
        response=list[model],
        operation_id=f'read{number}',
    )
    def read(request, pk: int, page: int = 1, search: str = ''):
        raise NotImplementedError

    @api.post(
        f'/items{number}/{{pk}}/',
        response=model,
        operation_id=f'write{number}',
    )
    def write(request, pk: int, body: model):
        raise NotImplementedError


for one in range(count() // 2):
    add(one)
urlpatterns = [path('api/', api.urls)]
DEFINED = time.process_time()
report(IMPORTED, DEFINED, lambda: api.get_openapi_schema(path_prefix='/api/'))
