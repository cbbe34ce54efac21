"""Code of a user that is right: type checkers have nothing to say."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Generic, TypeVar, assert_type

from django.http import HttpResponse
from typing_extensions import TypedDict

from dmr import (
    APIError,
    Body,
    Controller,
    Cookies,
    Headers,
    HeaderSpec,
    NewCookie,
    NewHeader,
    Path,
    Query,
    ResponseSpec,
    modify,
    validate,
)
from dmr.endpoint import Endpoint, request_endpoint
from dmr.errors import ErrorModel, ErrorType, wrap_handler
from dmr.negotiation import request_parser, request_renderer
from dmr.pagination import Page, Paginated
from dmr.parsers import Parser
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import Renderer
from dmr.routing import Router, path
from dmr.security import AsyncAuth, SyncAuth
from dmr.serializer import BaseSerializer

_SerializerT = TypeVar('_SerializerT', bound=BaseSerializer)
_ModelT = TypeVar('_ModelT')


class User(TypedDict):
    name: str


def on_error(
    endpoint: Endpoint,
    controller: Controller[BaseSerializer],
    exc: Exception,
) -> HttpResponse:
    raise exc


async def on_error_async(
    endpoint: Endpoint,
    controller: Controller[BaseSerializer],
    exc: Exception,
) -> HttpResponse:
    raise exc


class Users(Controller[PydanticSerializer]):
    responses = (ResponseSpec(ErrorModel, status_code=HTTPStatus.CONFLICT),)

    def get(self, parsed_query: Query[User]) -> list[User]:
        assert_type(parsed_query, User)
        return [parsed_query]

    @modify(
        status_code=HTTPStatus.ACCEPTED,
        headers={'X-A': NewHeader(value='1')},
        cookies={'a': NewCookie(value='1')},
        error_handler=on_error,
    )
    def post(self, parsed_body: Body[User], parsed_path: Path[User]) -> User:
        assert_type(parsed_body, User)
        assert_type(parsed_path, User)
        if parsed_body == parsed_path:
            raise APIError(
                self.format_error('same', error_type=ErrorType.user_msg),
                status_code=HTTPStatus.CONFLICT,
            )
        return parsed_body

    @validate(
        ResponseSpec(
            list[int],
            status_code=HTTPStatus.OK,
            headers={'X-A': HeaderSpec()},
        ),
        error_handler=on_error,
        tags=['numbers'],
    )
    def put(
        self,
        parsed_headers: Headers[User],
        parsed_cookies: Cookies[User],
    ) -> HttpResponse:
        assert_type(request_parser(self.request), Parser | None)
        assert_type(request_parser(self.request, strict=True), Parser)
        assert_type(request_renderer(self.request, strict=True), Renderer)
        assert_type(request_endpoint(self.request, strict=True), Endpoint)
        return self.to_response([1], headers={'X-A': '1'})

    def handle_error(
        self,
        endpoint: Endpoint,
        controller: Controller[BaseSerializer],
        exc: Exception,
    ) -> HttpResponse:
        return super().handle_error(endpoint, controller, exc)

    @modify(error_handler=wrap_handler(handle_error))
    def delete(self) -> None:
        return None


class AsyncUsers(Controller[MsgspecSerializer]):
    async def get(self) -> Paginated[User]:
        return Paginated(
            count=1,
            num_pages=1,
            per_page=1,
            page=Page(number=1, object_list=[User(name='Ada')]),
        )

    @modify(error_handler=on_error_async)
    async def post(self, parsed_body: Body[User]) -> User:
        return parsed_body

    @validate(
        ResponseSpec(list[int], status_code=HTTPStatus.OK),
        error_handler=on_error_async,
    )
    async def put(self) -> HttpResponse:
        return self.to_response([1])


class Reusable(
    Controller[_SerializerT],
    Generic[_SerializerT, _ModelT],
):
    def post(self, parsed_body: Body[_ModelT]) -> Sequence[_ModelT]:
        return [parsed_body]


class Concrete(Reusable[MsgspecSerializer, User]):
    """Has real types."""


def guarded(sync_auth: SyncAuth, async_auth: AsyncAuth) -> None:
    @modify(auth=[sync_auth])
    def get(self: Users) -> int:
        return 1

    @modify(auth=[async_auth])
    async def post(self: AsyncUsers) -> int:
        return 1

    @modify(auth=None)
    def put(self: Users) -> int:
        return 1

    Users.auth = (sync_auth,)
    AsyncUsers.auth = (async_auth,)
    assert_type(get(Users()), int)
    assert_type(put(Users()), int)
    del post


router = Router(
    'api/',
    [
        path('users/', Users.as_view(), name='users'),
        path('async/', AsyncUsers.as_view()),
    ],
    tags=['users'],
)
assert_type(router.prefix, str)


def custom(endpoint: Endpoint) -> dict[HTTPStatus, ResponseSpec]:
    metadata: Any = endpoint.metadata
    del metadata
    return endpoint.metadata.responses
