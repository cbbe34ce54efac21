"""The documents that the documented examples of content negotiation have."""

import json
import uuid
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Generic, TypeVar

import orjson
import pydantic
import pytest
from django.http import JsonResponse
from typing_extensions import TypedDict

from dmr import (
    APIError,
    Body,
    Controller,
    Query,
    ResponseSpec,
    modify,
    validate,
)
from dmr.errors import ErrorModel
from dmr.negotiation import ContentType, conditional_type
from dmr.openapi import OpenAPIConfig, build_schema
from dmr.parsers import JsonParser
from dmr.plugins.msgspec import (
    MsgspecJsonParser,
    MsgspecJsonRenderer,
    MsgspecSerializer,
)
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import JsonRenderer
from dmr.routing import Router, path
from dmr.settings import default_parser, default_renderer
from examples.negotiation.negotiation import XmlParser, XmlRenderer

_PREVIEWS = Path(__file__).parent / 'previews'

#: Names in the previews that OpenAPI does not allow → what we write.
_ALLOWED_NAMES = {
    '_UserDocument[_UserInputData]': '_UserDocument__UserInputData_',
    '_UserDocument[_UserOutputData]': '_UserDocument__UserOutputData_',
}

_ModelT = TypeVar('_ModelT')


def _preview(name: str) -> Any:
    text = (_PREVIEWS / f'{name}.json').read_text(encoding='utf-8')
    for forbidden, allowed in _ALLOWED_NAMES.items():
        text = text.replace(f'schemas/{forbidden}', f'schemas/{allowed}')
        text = text.replace(f'"{forbidden}": {{', f'"{allowed}": {{')
    return json.loads(text)


def _document(controller: type[Controller[Any]]) -> Any:
    route = f'{controller.__qualname__.rpartition(".")[2].lower()}/'
    router = Router('api/', [path(route, controller.as_view())])
    config = OpenAPIConfig(
        title='Django Modern Rest',
        version='0.1.0',
        openapi_version='3.2.0',
    )
    document = build_schema(router, config=config)
    return document.convert(skip_validation=False)


def _named(
    name: str,
    controller: type[Controller[Any]],
) -> type[Controller[Any]]:
    """Give *controller* the qualified name of a class at module level."""
    controller.__qualname__ = name
    return controller


class _UserProfile(pydantic.BaseModel):
    age: int


class _UserInputData(pydantic.BaseModel):
    email: str
    profile: _UserProfile


class _UserOutputData(_UserInputData):
    uid: uuid.UUID


class _UserDocument(pydantic.BaseModel, Generic[_ModelT]):
    user: _ModelT


def _alternative_json() -> type[Controller[Any]]:
    class _UserInputData(pydantic.BaseModel):
        email: pydantic.EmailStr

    class UserController(Controller[PydanticSerializer]):
        parsers = (JsonParser(json_module=orjson),)
        renderers = (JsonRenderer(json_module=orjson),)

        def post(self, parsed_body: Body[_UserInputData]) -> _UserInputData:
            raise NotImplementedError

    return UserController


def _endpoint_negotiation() -> type[Controller[Any]]:
    class UserController(Controller[PydanticSerializer]):
        @modify(parsers=[XmlParser()], renderers=[XmlRenderer()])
        def post(
            self,
            parsed_body: Body[_UserDocument[_UserInputData]],
        ) -> _UserDocument[_UserOutputData]:
            raise NotImplementedError

    return UserController


def _controller_negotiation() -> type[Controller[Any]]:
    class UserController(Controller[PydanticSerializer]):
        parsers = (MsgspecJsonParser(), XmlParser())
        renderers = (MsgspecJsonRenderer(), XmlRenderer())

        def post(
            self,
            parsed_body: Body[_UserDocument[_UserInputData]],
        ) -> _UserDocument[_UserOutputData]:
            raise NotImplementedError

    return UserController


class _XMLRequestModel(pydantic.BaseModel):
    root: dict[str, str]


class _RequestModel(pydantic.BaseModel):
    root: dict[str, str]


def _conditional_body() -> type[Controller[Any]]:
    class ExampleController(Controller[PydanticSerializer]):
        parsers = (MsgspecJsonParser(), XmlParser())
        renderers = (MsgspecJsonRenderer(), XmlRenderer())

        def post(
            self,
            parsed_body: Body[
                Annotated[
                    _XMLRequestModel | dict[str, str],
                    conditional_type(
                        {
                            ContentType.json: dict[str, str],
                            ContentType.xml: _XMLRequestModel,
                        }
                    ),
                ],
            ],
        ) -> dict[str, str]:
            raise NotImplementedError

    return ExampleController


def _conditional_return() -> type[Controller[Any]]:
    class ExampleController(Controller[PydanticSerializer]):
        parsers = (MsgspecJsonParser(), XmlParser())
        renderers = (MsgspecJsonRenderer(), XmlRenderer())

        def post(
            self,
            parsed_body: Body[_RequestModel],
        ) -> Annotated[
            dict[str, str] | list[str],
            conditional_type(
                {
                    ContentType.json: list[str],
                    ContentType.xml: dict[str, str],
                }
            ),
        ]:
            raise NotImplementedError

    return ExampleController


class _CustomXmlErrorModel(TypedDict):
    xml_errors: dict[str, str]


def _conditional_errors() -> type[Controller[Any]]:
    class ExampleController(Controller[PydanticSerializer]):
        renderers = (MsgspecJsonRenderer(), XmlRenderer())
        error_model = Annotated[
            ErrorModel | _CustomXmlErrorModel,
            conditional_type(
                {
                    ContentType.json: ErrorModel,
                    ContentType.xml: _CustomXmlErrorModel,
                }
            ),
        ]

        def post(self, parsed_body: Body[_RequestModel]) -> str:
            raise NotImplementedError

    return ExampleController


class _QueryModel(pydantic.BaseModel):
    show_error: bool = False


def _limited_responses() -> type[Controller[Any]]:
    class ExampleController(Controller[PydanticSerializer]):
        parsers = (MsgspecJsonParser(), XmlParser())
        renderers = (MsgspecJsonRenderer(), XmlRenderer())
        responses = (
            ResponseSpec(
                list[str],
                status_code=HTTPStatus.CONFLICT,
                limit_to_content_types={ContentType.json},
            ),
            ResponseSpec(
                dict[str, str],
                status_code=HTTPStatus.PAYMENT_REQUIRED,
                limit_to_content_types={ContentType.xml},
            ),
        )

        def get(self, parsed_query: Query[_QueryModel]) -> str:
            raise APIError([], status_code=HTTPStatus.CONFLICT)

    return ExampleController


def _negotiation_off_endpoint() -> type[Controller[Any]]:
    class _UserInputData(TypedDict):
        email: str

    class UserController(Controller[MsgspecSerializer]):
        parsers = (XmlParser(), default_parser)
        renderers = (XmlRenderer(), default_renderer)

        @validate(
            ResponseSpec(_UserInputData, status_code=HTTPStatus.OK),
            validate_negotiation=False,
        )
        def post(self, parsed_body: Body[_UserInputData]) -> JsonResponse:
            raise NotImplementedError

    return UserController


def _negotiation_off_controller() -> type[Controller[Any]]:
    class _UserInputData(TypedDict):
        email: str

    class UserController(Controller[MsgspecSerializer]):
        parsers = (XmlParser(), default_parser)
        renderers = (XmlRenderer(), default_renderer)
        validate_negotiation = False

        @validate(ResponseSpec(_UserInputData, status_code=HTTPStatus.OK))
        def post(self, parsed_body: Body[_UserInputData]) -> JsonResponse:
            raise NotImplementedError

    return UserController


@pytest.mark.parametrize(
    'build',
    [
        _alternative_json,
        _endpoint_negotiation,
        _controller_negotiation,
        _conditional_body,
        _conditional_return,
        _conditional_errors,
        _limited_responses,
        _negotiation_off_endpoint,
        _negotiation_off_controller,
    ],
    ids=lambda build: build.__name__.removeprefix('_'),
)
def test_document_equals_the_preview(build: Any) -> None:
    """Each documented example has the document that is shown beside it."""
    controller = build()
    name = build.__name__.removeprefix('_')

    document = _document(_named(controller.__name__, controller))

    assert _preview(name) == document
