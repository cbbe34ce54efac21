"""A Django project with every case as a raw view and as controllers.

The raw views are what a careful author writes by hand with the same models.
"""

import datetime as dt
import uuid
from typing import Any

import django
import msgspec
import pydantic
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path

if not settings.configured:
    settings.configure(
        ROOT_URLCONF=__name__,
        SECRET_KEY='only for benchmarks',
        ALLOWED_HOSTS=['*'],
        MIDDLEWARE=[],
        INSTALLED_APPS=[],
        LOGGING_CONFIG=None,
        DATABASES={},
    )
    django.setup()

from dmr import Body, Controller, Headers, Query
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer

JSON = 'application/json'


class MTiny(msgspec.Struct):
    id: int
    name: str


class MUser(msgspec.Struct):
    email: str
    age: int
    is_active: bool


class MAddress(msgspec.Struct):
    street: str
    city: str
    zip_code: str


class MLine(msgspec.Struct):
    sku: str
    title: str
    quantity: int
    price: float


class MOrder(msgspec.Struct):
    uid: uuid.UUID
    placed_at: dt.datetime
    customer: MUser
    address: MAddress
    lines: list[MLine]
    notes: str | None = None


class MQuery(msgspec.Struct):
    page: int
    size: int
    sort: str
    dry_run: bool = False


class MHeaders(msgspec.Struct):
    request_id: str = msgspec.field(name='X-Request-Id')
    tenant: str = msgspec.field(name='X-Tenant')


class MPage(msgspec.Struct):
    page: int = 1


class PPage(pydantic.BaseModel):
    page: int = 1


class PTiny(pydantic.BaseModel):
    id: int
    name: str


class PUser(pydantic.BaseModel):
    email: str
    age: int
    is_active: bool


class PAddress(pydantic.BaseModel):
    street: str
    city: str
    zip_code: str


class PLine(pydantic.BaseModel):
    sku: str
    title: str
    quantity: int
    price: float


class POrder(pydantic.BaseModel):
    uid: uuid.UUID
    placed_at: dt.datetime
    customer: PUser
    address: PAddress
    lines: list[PLine]
    notes: str | None = None


class PQuery(pydantic.BaseModel):
    page: int
    size: int
    sort: str
    dry_run: bool = False


class PHeaders(pydantic.BaseModel):
    request_id: str = pydantic.Field(alias='X-Request-Id')
    tenant: str = pydantic.Field(alias='X-Tenant')


M_LIST = [MLine(f'SKU-{n}', f'Title {n}', n, n * 1.5) for n in range(100)]
P_LIST = [
    PLine(sku=one.sku, title=one.title, quantity=one.quantity, price=one.price)
    for one in M_LIST
]
P_LINES: Any = pydantic.TypeAdapter(list[PLine])


def raw_m_tiny(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(MTiny(1, 'one')),
        content_type=JSON,
    )


def raw_m_small(request: HttpRequest) -> HttpResponse:
    user = msgspec.json.decode(request.body, type=MUser)
    return HttpResponse(
        msgspec.json.encode(user),
        content_type=JSON,
        status=201,
    )


def raw_m_large(request: HttpRequest) -> HttpResponse:
    order = msgspec.json.decode(request.body, type=MOrder)
    msgspec.convert(request.GET.dict(), MQuery, strict=False)
    msgspec.convert(dict(request.headers), MHeaders, strict=False)
    return HttpResponse(
        msgspec.json.encode(order),
        content_type=JSON,
        status=201,
    )


def raw_m_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(M_LIST), content_type=JSON)


def raw_p_tiny(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        PTiny(id=1, name='one').model_dump_json(),
        content_type=JSON,
    )


def raw_p_small(request: HttpRequest) -> HttpResponse:
    user = PUser.model_validate_json(request.body)
    return HttpResponse(
        user.model_dump_json(),
        content_type=JSON,
        status=201,
    )


def raw_p_large(request: HttpRequest) -> HttpResponse:
    order = POrder.model_validate_json(request.body)
    PQuery.model_validate(request.GET.dict())
    PHeaders.model_validate(dict(request.headers))
    return HttpResponse(
        order.model_dump_json(),
        content_type=JSON,
        status=201,
    )


def raw_p_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse(P_LINES.dump_json(P_LIST), content_type=JSON)


def controllers(kind: str, *, validate: bool) -> dict[str, Any]:
    """Return the cases for one serializer, by name."""
    serializer: Any = MsgspecSerializer if kind == 'm' else PydanticSerializer
    is_m = kind == 'm'
    tiny: Any = MTiny if is_m else PTiny
    user: Any = MUser if is_m else PUser
    order: Any = MOrder if is_m else POrder
    query: Any = MQuery if is_m else PQuery
    headers: Any = MHeaders if is_m else PHeaders
    line: Any = MLine if is_m else PLine
    lines: Any = M_LIST if is_m else P_LIST

    class Tiny(Controller[serializer]):
        validate_responses = validate

        def get(self) -> tiny:
            return tiny(id=1, name='one')

    class Small(Controller[serializer]):
        validate_responses = validate

        def post(self, parsed_body: Body[user]) -> user:
            return parsed_body

    class Large(Controller[serializer]):
        validate_responses = validate

        def post(
            self,
            parsed_body: Body[order],
            parsed_query: Query[query],
            parsed_headers: Headers[headers],
        ) -> order:
            return parsed_body

    class Lines(Controller[serializer]):
        validate_responses = validate

        def get(self) -> list[line]:
            return lines

    return {'tiny': Tiny, 'small': Small, 'large': Large, 'list': Lines}


urlpatterns: list[Any] = []


def urlconf(who: str, kind: str, case: str) -> tuple[Any, ...]:
    """Return URLs with one view, so that all are found equally fast."""
    if who == 'raw':
        view = globals()[f'raw_{kind}_{case}']
    else:
        found = controllers(kind, validate=who == 'val')
        view = found[case].as_view()
    return (path('bench/', view),)
