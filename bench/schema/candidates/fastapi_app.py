"""FastAPI."""

import time

import pydantic
from fastapi import FastAPI
from models import MODELS, count, report

IMPORTED = time.process_time()


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
app = FastAPI()


def add(number: int) -> None:
    model = ITEMS[number % MODELS]

    @app.get(f'/api/items{number}/{{pk}}/')
    def read(pk: int, page: int = 1, search: str = '') -> list[model]:
        raise NotImplementedError

    @app.post(f'/api/items{number}/{{pk}}/')
    def write(pk: int, body: model) -> model:
        raise NotImplementedError


for one in range(count() // 2):
    add(one)
DEFINED = time.process_time()
report(IMPORTED, DEFINED, app.openapi)
