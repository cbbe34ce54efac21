"""What type checkers see of the core."""

from http import HTTPStatus
from typing import Any, assert_type

import pydantic
from django.http import HttpRequest, HttpResponse

from dmr import (
    APIError,
    Body,
    Controller,
    Cookies,
    Headers,
    NewHeader,
    Path,
    Query,
    ResponseSpec,
    modify,
    validate,
)
from dmr.endpoint import Endpoint, request_endpoint
from dmr.negotiation import request_parser, request_renderer
from dmr.parsers import Parser
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import Renderer


class User(pydantic.BaseModel):
    """A model of the user."""

    name: str


class Components(Controller[PydanticSerializer]):
    """Components are what they contain."""

    def post(
        self,
        parsed_body: Body[User],
        parsed_query: Query[dict[str, str]],
        parsed_headers: Headers[User],
        parsed_path: Path[User],
        parsed_cookies: Cookies[User],
    ) -> list[User]:
        """Take one of each."""
        assert_type(parsed_body, User)
        assert_type(parsed_query, dict[str, str])
        assert_type(parsed_headers, User)
        assert_type(parsed_path, User)
        assert_type(parsed_cookies, User)
        assert_type(self.request, HttpRequest)
        assert_type(
            self.to_response([], status_code=HTTPStatus.OK),
            HttpResponse,
        )
        return [parsed_body]


class Decorated(Controller[PydanticSerializer]):
    """Decorators keep the type of what they decorate."""

    @modify(headers={'X-A': NewHeader(value='1')})
    def get(self) -> int:
        """Return data."""
        return 1

    @validate(ResponseSpec(None, status_code=HTTPStatus.NO_CONTENT))
    def delete(self) -> HttpResponse:
        """Return a response."""
        return self.to_response(None)

    def handle_error(
        self,
        endpoint: Endpoint,
        controller: Controller[Any],
        exc: Exception,
    ) -> HttpResponse:
        """Override a documented hook with its documented types."""
        raise APIError('teapot', status_code=HTTPStatus.IM_A_TEAPOT)


def request_state(request: HttpRequest, decorated: Decorated) -> None:
    """What may be missing says so, unless it is asked for strictly."""
    assert_type(decorated.get(), int)
    assert_type(decorated.delete(), HttpResponse)
    assert_type(request_endpoint(request), Endpoint | None)
    assert_type(request_endpoint(request, strict=True), Endpoint)
    assert_type(request_parser(request), Parser | None)
    assert_type(request_renderer(request, strict=True), Renderer)
