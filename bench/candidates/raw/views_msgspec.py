"""Views that decode and encode with msgspec."""

import msgspec
from django.http import HttpRequest, HttpResponse

from bench.candidates.models_msgspec import (
    LINES,
    Line,
    Order,
    Search,
    Tenant,
    User,
    tiny,
)

JSON = 'application/json'


def _answer(model: object, status: int = 200) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(model),
        content_type=JSON,
        status=status,
    )


def _refusal(error: msgspec.MsgspecError) -> HttpResponse:
    return _answer({'detail': str(error)}, 400)


def tiny_view(request: HttpRequest) -> HttpResponse:
    return _answer(tiny())


def small_view(request: HttpRequest) -> HttpResponse:
    try:
        user = msgspec.json.decode(request.body, type=User)
    except msgspec.MsgspecError as error:
        return _refusal(error)
    return _answer(user, 201)


def large_view(request: HttpRequest) -> HttpResponse:
    try:
        order = msgspec.json.decode(request.body, type=Order)
        msgspec.convert(request.GET.dict(), Search, strict=False)
        msgspec.convert(dict(request.headers), Tenant, strict=False)
    except msgspec.MsgspecError as error:
        return _refusal(error)
    return _answer(order, 201)


def echo_view(request: HttpRequest) -> HttpResponse:
    try:
        lines = msgspec.json.decode(request.body, type=list[Line])
    except msgspec.MsgspecError as error:
        return _refusal(error)
    return _answer(lines, 201)


def list_view(request: HttpRequest) -> HttpResponse:
    return _answer(LINES)
