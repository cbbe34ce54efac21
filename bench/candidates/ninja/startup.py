"""Import django-ninja, define operations."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from bench.candidates.startup import clock, report

settings.configure()
begun = clock()

from ninja import NinjaAPI  # noqa: E402

from bench.candidates.models_pydantic import User  # noqa: E402


def build(count: int) -> Any:
    api = NinjaAPI()
    for number in range(count):
        add(api, number)
    return api.urls


def add(api: NinjaAPI, number: int) -> None:
    @api.get(f'/users{number}/', response=list[User])
    def read(request: HttpRequest) -> Any:
        raise NotImplementedError

    @api.post(f'/users{number}/', response=User)
    def write(request: HttpRequest, user: User) -> Any:
        raise NotImplementedError


report(begun, build)
