"""Controllers of both libraries that are imported as ``dmr``.

They have one documented API, so one text serves both.
"""

from os import environ
from typing import Any

from bench.candidates.django_project import models, wants
from dmr import Body, Controller, Headers, Query

_models: Any = models()


def _serializer() -> Any:
    if environ['BENCH_MODELS'] == 'msgspec':
        from dmr.plugins.msgspec import MsgspecSerializer  # noqa: PLC0415

        return MsgspecSerializer
    from dmr.plugins import pydantic  # noqa: PLC0415

    if wants('BENCH_FAST_SERIALIZER'):
        return pydantic.PydanticFastSerializer
    return pydantic.PydanticSerializer


class _Base(Controller[_serializer()]):
    validate_responses = wants('BENCH_VALIDATE')


class Tiny(_Base):
    def get(self) -> _models.Tiny:
        return _models.tiny()


class Small(_Base):
    def post(self, parsed_body: Body[_models.User]) -> _models.User:
        return parsed_body


class Large(_Base):
    def post(
        self,
        parsed_body: Body[_models.Order],
        parsed_query: Query[_models.Search],
        parsed_headers: Headers[_models.Tenant],
    ) -> _models.Order:
        return parsed_body


class Echo(_Base):
    def post(
        self,
        parsed_body: Body[list[_models.Line]],
    ) -> list[_models.Line]:
        return parsed_body


class Lines(_Base):
    def get(self) -> list[_models.Line]:
        return _models.LINES


class AsyncTiny(_Base):
    async def get(self) -> _models.Tiny:
        return _models.tiny()


class AsyncSmall(_Base):
    async def post(self, parsed_body: Body[_models.User]) -> _models.User:
        return parsed_body


class AsyncLarge(_Base):
    async def post(
        self,
        parsed_body: Body[_models.Order],
        parsed_query: Query[_models.Search],
        parsed_headers: Headers[_models.Tenant],
    ) -> _models.Order:
        return parsed_body


class AsyncEcho(_Base):
    async def post(
        self,
        parsed_body: Body[list[_models.Line]],
    ) -> list[_models.Line]:
        return parsed_body


class AsyncLines(_Base):
    async def get(self) -> list[_models.Line]:
        return _models.LINES
