"""Code of a user that is wrong: each marked line is an error."""

from http import HTTPStatus

from django.http import HttpResponse

from dmr import (
    APIError,
    Body,
    Controller,
    HeaderSpec,
    NewHeader,
    Query,
    ResponseSpec,
    modify,
    validate,
)
from dmr.endpoint import Endpoint
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security import AsyncAuth, SyncAuth
from dmr.serializer import BaseSerializer

OK = ResponseSpec(int, status_code=HTTPStatus.OK)


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


class WrongReturns(Controller[PydanticSerializer]):
    @modify(status_code=HTTPStatus.OK)  # wrong for mypy: a response
    def get(self) -> HttpResponse:
        return self.to_response(1)

    @validate(OK)  # wrong: raw data
    def put(self) -> int:
        return 1

    @modify(status_code=HTTPStatus.OK)
    def post(self, parsed_body: Body[int]) -> str:
        return parsed_body  # wrong: another type

    @modify(status_code=HTTPStatus.OK)
    def patch(self, parsed_query: Query[dict[str, int]]) -> int:
        return parsed_query['a'].upper()  # wrong: no such attribute


class WrongColours(Controller[PydanticSerializer]):
    @modify(error_handler=on_error)  # wrong for mypy: an async endpoint
    async def get(self) -> int:
        return 1

    @modify(error_handler=on_error_async)  # wrong: a sync endpoint
    def put(self) -> int:
        return 1

    @validate(OK, error_handler=on_error)  # wrong: an async endpoint
    async def post(self) -> HttpResponse:
        return self.to_response(1)

    @validate(OK, error_handler=on_error_async)  # wrong: a sync endpoint
    def patch(self) -> HttpResponse:
        return self.to_response(1)


class WrongOptions(Controller[PydanticSerializer]):
    auth = ['basic']  # wrong: text
    validate_responses = 'yes'  # wrong: text

    @modify(auth=['basic'])  # wrong: text
    def get(self) -> int:
        return 1

    @modify(unheard_of=True)  # wrong: no such option
    def put(self) -> int:
        return 1

    @modify(status_code='200')  # wrong: text
    def post(self) -> int:
        return 1

    @validate(OK, status_code=HTTPStatus.OK)  # wrong: for modify only
    def patch(self) -> HttpResponse:
        return self.to_response(1)


class WrongSerializer(Controller[int]):  # wrong: no serializer
    pass


def guarded(sync_auth: SyncAuth, async_auth: AsyncAuth) -> None:
    Controller.auth = [sync_auth, async_auth]  # wrong: both colours


new: dict[str, NewHeader] = {'X-A': NewHeader(value='1')}
spec = ResponseSpec(int, status_code=HTTPStatus.OK, headers=new)  # wrong: adds
error = APIError('text')  # wrong: no status
header = HeaderSpec('text')  # wrong: keywords only
