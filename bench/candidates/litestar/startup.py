"""Import Litestar, define handlers."""

from typing import Any

from bench.candidates.startup import clock, report

begun = clock()

from litestar import Litestar, get, post  # noqa: E402

from bench.candidates.models_msgspec import User  # noqa: E402


def build(count: int) -> Litestar:
    handlers = [one for number in range(count) for one in pair(number)]
    return Litestar(handlers, openapi_config=None)


def pair(number: int) -> list[Any]:
    @get(f'/users{number}/')
    async def read() -> list[User]:
        raise NotImplementedError

    @post(f'/users{number}/')
    async def write(data: User) -> User:
        raise NotImplementedError

    return [read, write]


report(begun, build)
