"""The API of django-ninja, async operations."""

from typing import Any

from django.http import HttpRequest
from django.urls import path
from ninja import Header, NinjaAPI, Query

from bench.candidates.django_project import fillers
from bench.candidates.models_pydantic import (
    LINES,
    Line,
    Order,
    Search,
    Tiny,
    User,
    tiny,
)

api = NinjaAPI(docs_url=None, openapi_url=None)

for number in fillers():

    @api.get(
        f'/filler{number}/{{pk}}/',
        response=Tiny,
        operation_id=f'filler{number}',
    )
    async def filler_operation(request: HttpRequest, pk: int) -> Any:
        return tiny()


@api.get('/tiny/', response=Tiny)
async def tiny_operation(request: HttpRequest) -> Any:
    return tiny()


@api.post('/small/', response={201: User})
async def small_operation(request: HttpRequest, user: User) -> Any:
    return 201, user


@api.post('/large/', response={201: Order})
async def large_operation(
    request: HttpRequest,
    order: Order,
    search: Query[Search],
    request_id: str = Header(alias='X-Request-Id'),
    tenant: str = Header(alias='X-Tenant'),
) -> Any:
    return 201, order


@api.post('/echo/', response={201: list[Line]})
async def echo_operation(request: HttpRequest, lines: list[Line]) -> Any:
    return 201, lines


@api.get('/list/', response=list[Line])
async def list_operation(request: HttpRequest) -> Any:
    return LINES


urlpatterns = [path('', api.urls)]
