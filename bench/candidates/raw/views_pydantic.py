"""Views that decode and encode with pydantic."""

from typing import Any

import pydantic
from django.http import HttpRequest, HttpResponse

from bench.candidates.models_pydantic import (
    LINES,
    Line,
    Order,
    Search,
    Tenant,
    User,
    tiny,
)

JSON = 'application/json'
_LINES: Any = pydantic.TypeAdapter(list[Line])


def _answer(content: str | bytes, status: int = 200) -> HttpResponse:
    return HttpResponse(content, content_type=JSON, status=status)


def _refusal(error: pydantic.ValidationError) -> HttpResponse:
    return _answer(error.json(include_url=False), 400)


def tiny_view(request: HttpRequest) -> HttpResponse:
    return _answer(tiny().model_dump_json())


def small_view(request: HttpRequest) -> HttpResponse:
    try:
        user = User.model_validate_json(request.body)
    except pydantic.ValidationError as error:
        return _refusal(error)
    return _answer(user.model_dump_json(), 201)


def large_view(request: HttpRequest) -> HttpResponse:
    try:
        order = Order.model_validate_json(request.body)
        Search.model_validate(request.GET.dict())
        Tenant.model_validate(dict(request.headers))
    except pydantic.ValidationError as error:
        return _refusal(error)
    return _answer(order.model_dump_json(), 201)


def echo_view(request: HttpRequest) -> HttpResponse:
    try:
        lines = _LINES.validate_json(request.body)
    except pydantic.ValidationError as error:
        return _refusal(error)
    return _answer(_LINES.dump_json(lines), 201)


def list_view(request: HttpRequest) -> HttpResponse:
    return _answer(_LINES.dump_json(LINES))
