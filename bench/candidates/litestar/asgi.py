"""The application of Litestar."""

from os import environ
from typing import Annotated, Any

from litestar import Litestar, get, post
from litestar.params import Parameter

from bench.candidates.models_msgspec import (
    LINES,
    Line,
    Order,
    Tiny,
    User,
    tiny,
)


@get('/tiny/')
async def tiny_operation() -> Tiny:
    return tiny()


@post('/small/')
async def small_operation(data: User) -> User:
    return data


@post('/large/')
async def large_operation(
    data: Order,
    *,
    page: int,
    size: int,
    sort: str,
    request_id: Annotated[str, Parameter(header='X-Request-Id')],
    tenant: Annotated[str, Parameter(header='X-Tenant')],
    dry_run: bool = False,
) -> Order:
    return data


@post('/echo/')
async def echo_operation(data: list[Line]) -> list[Line]:
    return data


def filler(number: int) -> Any:
    @get(f'/filler{number}/{{pk:int}}/')
    async def filler_operation(pk: int) -> Tiny:
        return tiny()

    return filler_operation


@get('/list/')
async def list_operation() -> list[Line]:
    return LINES


application = Litestar(
    [
        *map(filler, range(int(environ.get('BENCH_ROUTES', '0')))),
        tiny_operation,
        small_operation,
        large_operation,
        echo_operation,
        list_operation,
    ],
    openapi_config=None,
)
