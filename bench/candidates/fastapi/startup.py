"""Import FastAPI, define operations."""

from bench.candidates.startup import clock, report

begun = clock()

from fastapi import FastAPI  # noqa: E402

from bench.candidates.models_pydantic import User  # noqa: E402


def build(count: int) -> FastAPI:
    application = FastAPI()
    for number in range(count):
        add(application, number)
    return application


def add(application: FastAPI, number: int) -> None:
    @application.get(f'/users{number}/')
    async def read() -> list[User]:
        raise NotImplementedError

    @application.post(f'/users{number}/')
    async def write(user: User) -> User:
        raise NotImplementedError


report(begun, build)
