"""The application of FastAPI."""

from os import environ
from typing import Annotated, Any

from fastapi import FastAPI, Header, Query

from bench.candidates.models_pydantic import (
    LINES,
    Line,
    Order,
    Search,
    Tiny,
    User,
    tiny,
)

application = FastAPI(openapi_url=None)

for number in range(int(environ.get('BENCH_ROUTES', '0'))):

    @application.get(f'/filler{number}/{{pk}}/')
    async def filler_operation(pk: int) -> Tiny:
        return tiny()


@application.get('/tiny/')
async def tiny_operation() -> Tiny:
    return tiny()


@application.post('/small/', status_code=201)
async def small_operation(user: User) -> User:
    return user


@application.post('/large/', status_code=201)
async def large_operation(
    order: Order,
    search: Annotated[Search, Query()],
    request_id: Annotated[str, Header(alias='X-Request-Id')],
    tenant: Annotated[str, Header(alias='X-Tenant')],
) -> Order:
    return order


@application.post('/echo/', status_code=201)
async def echo_operation(lines: list[Line]) -> list[Line]:
    return lines


@application.get('/list/', response_model=list[Line])
async def list_operation() -> Any:
    return LINES
