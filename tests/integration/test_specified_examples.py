"""The documented examples give the documented responses."""

import json
import re
import uuid
from http import HTTPStatus
from typing import Annotated, Any, Generic, TypeVar

import orjson
import pydantic
import pytest
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from typing_extensions import TypedDict, override

from dmr import (
    APIError,
    Body,
    Controller,
    HeaderSpec,
    Query,
    ResponseSpec,
    modify,
    validate,
)
from dmr.decorators import dispatch_decorator
from dmr.errors import ErrorModel, ErrorType
from dmr.negotiation import ContentType, conditional_type
from dmr.options_mixins import MetaMixin
from dmr.parsers import JsonParser
from dmr.plugins.msgspec import (
    MsgspecJsonParser,
    MsgspecJsonRenderer,
    MsgspecSerializer,
)
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import JsonRenderer
from dmr.settings import Settings, default_parser, default_renderer
from examples.negotiation.negotiation import XmlParser, XmlRenderer
from tests.integration.sending import Answer
from tests.integration.serving import Site

_XML = '<?xml version="1.0" encoding="utf-8"?>\n'
_UUID = re.compile(r'[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}')
_SITE = Site(serializer=PydanticSerializer)
_ModelT = TypeVar('_ModelT')


def _curl(
    controller: type[Controller[Any]],
    method: str,
    data: str | None = None,
    *,
    path: str = '/',
    content_type: str = 'application/json',
    accept: str | None = None,
    settings: Any = None,
) -> Answer:
    """Send what the documented command sends."""
    return _SITE.having(settings=settings or {}).serve(
        controller,
        method,
        path,
        None if data is None else data.encode(),
        content_type=content_type,
        headers={'Accept': accept},
    )


# Alternative JSON


class _Email(pydantic.BaseModel):
    email: pydantic.EmailStr


class _OrjsonController(Controller[PydanticSerializer]):
    parsers = (JsonParser(json_module=orjson),)
    renderers = (JsonRenderer(json_module=orjson),)

    def post(self, parsed_body: Body[_Email]) -> _Email:
        return parsed_body


def test_orjson() -> None:
    """Another JSON module reads and writes."""
    answer = _curl(_OrjsonController, 'POST', '{"email": "user@example.com"}')

    assert (201, b'{"email":"user@example.com"}') == (
        answer.status_code,
        answer.content,
    )


# Parsers and renderers of endpoints and controllers


class _UserProfile(pydantic.BaseModel):
    age: int


class _UserInputData(pydantic.BaseModel):
    email: str
    profile: _UserProfile


class _UserOutputData(_UserInputData):
    uid: uuid.UUID


class _UserDocument(pydantic.BaseModel, Generic[_ModelT]):
    user: _ModelT


def _with_uid(
    document: _UserDocument[_UserInputData],
) -> _UserDocument[_UserOutputData]:
    return _UserDocument(
        user=_UserOutputData(
            uid=uuid.UUID(int=7),
            email=document.user.email,
            profile=document.user.profile,
        ),
    )


class _EndpointXml(Controller[PydanticSerializer]):
    @modify(parsers=[XmlParser()], renderers=[XmlRenderer()])
    def post(
        self,
        parsed_body: Body[_UserDocument[_UserInputData]],
    ) -> _UserDocument[_UserOutputData]:
        return _with_uid(parsed_body)


class _ControllerXml(Controller[PydanticSerializer]):
    parsers = (MsgspecJsonParser(), XmlParser())
    renderers = (MsgspecJsonRenderer(), XmlRenderer())

    def post(
        self,
        parsed_body: Body[_UserDocument[_UserInputData]],
    ) -> _UserDocument[_UserOutputData]:
        return _with_uid(parsed_body)


class _SettingsXml(Controller[PydanticSerializer]):
    def post(
        self,
        parsed_body: Body[_UserDocument[_UserInputData]],
    ) -> _UserDocument[_UserOutputData]:
        return _with_uid(parsed_body)


_REQUEST = (
    '<request><user><email>user@example.com</email>'
    '<profile><age>28</age></profile></user></request>'
)


def test_xml_of_an_endpoint() -> None:
    """An endpoint can speak a format of its own."""
    answer = _curl(
        _EndpointXml,
        'POST',
        _REQUEST,
        content_type='application/xml',
        accept='application/xml',
    )

    assert (
        201,
        (
            f'{_XML}<_UserDocument><user><email>user@example.com</email>'
            '<profile><age>28</age></profile><uid>UID</uid></user>'
            '</_UserDocument>'
        ),
    ) == (answer.status_code, _UUID.sub('UID', answer.content.decode()))


_XML_SETTINGS = {
    Settings.parsers: [MsgspecJsonParser(), XmlParser()],
    Settings.renderers: [MsgspecJsonRenderer(), XmlRenderer()],
}


@pytest.mark.parametrize(
    ('controller', 'settings'),
    [(_ControllerXml, {}), (_SettingsXml, _XML_SETTINGS)],
)
def test_xml_in_json_out(controller: Any, settings: Any) -> None:
    """A controller, or a project, can speak many formats."""
    answer = _curl(
        controller,
        'POST',
        _REQUEST,
        content_type='application/xml',
        accept='application/json',
        settings=settings,
    )

    assert (
        201,
        (
            '{"user":{"email":"user@example.com","profile":{"age":28},'
            '"uid":"UID"}}'
        ),
    ) == (answer.status_code, _UUID.sub('UID', answer.content.decode()))


# Conditional models


class _XMLRequestModel(pydantic.BaseModel):
    root: dict[str, str]


class _ConditionalBody(Controller[PydanticSerializer]):
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
        if isinstance(parsed_body, _XMLRequestModel):
            return parsed_body.root
        return parsed_body


@pytest.mark.parametrize(
    ('data', 'content_type', 'expected'),
    [
        (
            '<request><root><one>first</one></root></request>',
            'application/xml',
            (201, f'{_XML}<dict><one>first</one></dict>'),
        ),
        ('{"one": "first"}', 'application/json', (201, '{"one":"first"}')),
        (
            '{"root": {"mixin-json-content-type": "with-xml-format"}}',
            'application/json',
            (
                400,
                (
                    '{"detail":[{"msg":"Input should be a valid string",'
                    '"loc":["parsed_body","root"],"type":"value_error"}]}'
                ),
            ),
        ),
        (
            '{"root": {"mixin-json-content-type": "with-xml-format"}}',
            'application/json; charset=utf-8',
            (
                400,
                (
                    '{"detail":[{"msg":"Input should be a valid string",'
                    '"loc":["parsed_body","root"],"type":"value_error"}]}'
                ),
            ),
        ),
    ],
)
def test_conditional_body(
    data: str,
    content_type: str,
    expected: tuple[int, str],
) -> None:
    """Each media type of a request has a model of its own."""
    answer = _curl(
        _ConditionalBody,
        'POST',
        data,
        content_type=content_type,
        accept=content_type.partition(';')[0],
    )

    assert expected == (answer.status_code, answer.content.decode())


class _RequestModel(pydantic.BaseModel):
    root: dict[str, str]


class _ConditionalReturn(Controller[PydanticSerializer]):
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
        if self.request.accepts(ContentType.json):
            return list(parsed_body.root.values())
        return parsed_body.root


@pytest.mark.parametrize(
    ('data', 'content_type', 'body'),
    [
        (
            '<request><root><one>first</one></root></request>',
            'application/xml',
            f'{_XML}<dict><one>first</one></dict>',
        ),
        ('{"root": {"one": "first"}}', 'application/json', '["first"]'),
    ],
)
def test_conditional_return(data: str, content_type: str, body: str) -> None:
    """Each media type of a response has a model of its own."""
    answer = _curl(
        _ConditionalReturn,
        'POST',
        data,
        content_type=content_type,
        accept=content_type,
    )

    assert (201, body) == (answer.status_code, answer.content.decode())


class _CustomXmlErrorModel(TypedDict):
    xml_errors: dict[str, str]


class _ConditionalErrors(Controller[PydanticSerializer]):
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

    @override
    def format_error(
        self,
        error: str | Exception,
        *,
        loc: str | list[str | int] | None = None,
        error_type: str | ErrorType | None = None,
    ) -> Any:
        original: ErrorModel = super().format_error(
            error,
            loc=loc,
            error_type=error_type,
        )
        if self.request.accepts(ContentType.json):
            return original
        return {
            'xml_errors': {
                '.'.join(str(one) for one in detail['loc']): detail['msg']
                for detail in original['detail']
            },
        }


@pytest.mark.parametrize(
    ('accept', 'body'),
    [
        (
            'application/json',
            (
                '{"detail":[{"msg":"Field required",'
                '"loc":["parsed_body","root"],"type":"value_error"}]}'
            ),
        ),
        (
            'application/xml',
            (
                f'{_XML}<dict><xml_errors><parsed_body.root>Field required'
                '</parsed_body.root></xml_errors></dict>'
            ),
        ),
    ],
)
def test_conditional_errors(accept: str, body: str) -> None:
    """Each media type of an error has a model of its own."""
    answer = _curl(_ConditionalErrors, 'POST', '{}', accept=accept)

    assert (400, body) == (answer.status_code, answer.content.decode())


# Responses of some media types only


class _QueryModel(pydantic.BaseModel):
    show_error: bool = False


class _Limited(Controller[PydanticSerializer]):
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
        if self.request.accepts(ContentType.json):
            if parsed_query.show_error:
                raise APIError([], status_code=HTTPStatus.PAYMENT_REQUIRED)
            raise APIError(['wrong', 'items'], status_code=HTTPStatus.CONFLICT)
        raise APIError(
            {'wrong': 'items'},
            status_code=HTTPStatus.PAYMENT_REQUIRED,
        )


@pytest.mark.parametrize(
    ('path', 'accept', 'expected'),
    [
        ('/', 'application/json', (409, '["wrong","items"]')),
        (
            '/',
            'application/xml',
            (402, f'{_XML}<dict><wrong>items</wrong></dict>'),
        ),
        (
            '/?show_error=1',
            'application/json',
            (
                422,
                (
                    '{"detail":[{"msg":"Response 402 is not allowed for '
                    "'application/json', only for ['application/xml']\","
                    '"type":"value_error"}]}'
                ),
            ),
        ),
    ],
)
def test_limited_responses(
    path: str,
    accept: str,
    expected: tuple[int, str],
) -> None:
    """A response can be limited to some media types."""
    answer = _curl(_Limited, 'GET', path=path, accept=accept)

    assert expected == (answer.status_code, answer.content.decode())


# Answers in another format than negotiated


class _UserInput(TypedDict):
    email: str


class _OffForEndpoint(Controller[MsgspecSerializer]):
    parsers = (XmlParser(), default_parser)
    renderers = (XmlRenderer(), default_renderer)

    @validate(
        ResponseSpec(_UserInput, status_code=HTTPStatus.OK),
        validate_negotiation=False,
    )
    def post(self, parsed_body: Body[_UserInput]) -> JsonResponse:
        return JsonResponse(parsed_body)


class _OffForController(Controller[MsgspecSerializer]):
    parsers = (XmlParser(), default_parser)
    renderers = (XmlRenderer(), default_renderer)
    validate_negotiation = False

    @validate(ResponseSpec(_UserInput, status_code=HTTPStatus.OK))
    def post(self, parsed_body: Body[_UserInput]) -> JsonResponse:
        return JsonResponse(parsed_body)


class _OffForProject(Controller[MsgspecSerializer]):
    @validate(ResponseSpec(_UserInput, status_code=HTTPStatus.OK))
    def post(self, parsed_body: Body[_UserInput]) -> JsonResponse:
        return JsonResponse(parsed_body)


_OFF_SETTINGS = {
    Settings.parsers: [XmlParser(), default_parser],
    Settings.renderers: [XmlRenderer(), default_renderer],
    Settings.validate_negotiation: False,
}


@pytest.mark.parametrize(
    ('controller', 'settings'),
    [
        (_OffForEndpoint, {}),
        (_OffForController, {}),
        (_OffForProject, _OFF_SETTINGS),
    ],
)
def test_negotiation_is_not_validated(controller: Any, settings: Any) -> None:
    """On each level one can answer in another format."""
    answer = _curl(
        controller,
        'POST',
        '<request><email>user@example.com</email></request>',
        content_type='application/xml',
        accept='application/xml',
        settings=settings,
    )

    assert (200, b'{"email": "user@example.com"}') == (
        answer.status_code,
        answer.content,
    )


# Controllers and endpoints


class _Meta(Controller[PydanticSerializer]):
    allowed_http_methods = frozenset(('meta',))

    @validate(
        ResponseSpec(
            None,
            status_code=HTTPStatus.NO_CONTENT,
            headers={'Allow': HeaderSpec()},
        ),
    )
    def meta(self) -> HttpResponse:
        allow = ','.join(
            method.upper() for method in sorted(self.allowed_http_methods)
        )
        return self.to_response(
            None,
            status_code=HTTPStatus.NO_CONTENT,
            headers={'Allow': allow},
        )


def test_own_meta() -> None:
    """OPTIONS is served by ``meta``."""
    answer = _curl(_Meta, 'OPTIONS')

    assert (204, 'META', b'') == (
        answer.status_code,
        answer.headers['Allow'],
        answer.content,
    )


class _WithMeta(MetaMixin, Controller[PydanticSerializer]):
    """Has the default implementation."""


def test_meta_mixin() -> None:
    """OPTIONS is served by the mixin."""
    answer = _curl(_WithMeta, 'OPTIONS')

    assert (204, 'OPTIONS') == (answer.status_code, answer.headers['Allow'])


class _Tasks(Controller[PydanticSerializer]):
    @modify(status_code=HTTPStatus.ACCEPTED)
    def post(self) -> list[int]:
        return [1, 2]


def test_modified_status() -> None:
    """`modify` changes the status of raw data."""
    answer = _curl(_Tasks, 'POST')

    assert (202, b'[1,2]') == (answer.status_code, answer.content)


class _ValidatedTasks(Controller[PydanticSerializer]):
    @validate(ResponseSpec(return_type=list[int], status_code=HTTPStatus.OK))
    def post(self) -> HttpResponse:
        return HttpResponse(
            b'[1, 2]',
            status=HTTPStatus.OK,
            content_type='application/json',
        )


def test_validated_response() -> None:
    """`validate` describes a finished response."""
    answer = _curl(_ValidatedTasks, 'POST')

    assert (200, b'[1, 2]') == (answer.status_code, answer.content)


class _NotImplemented(Controller[PydanticSerializer]):
    @modify(
        extra_responses=[
            ResponseSpec(ErrorModel, status_code=HTTPStatus.NOT_FOUND),
        ],
    )
    def get(self) -> str:
        raise APIError(
            self.format_error(
                'This API endpoint is not implemented yet',
                error_type=ErrorType.user_msg,
            ),
            status_code=HTTPStatus.NOT_FOUND,
        )


def test_api_error() -> None:
    """`APIError` answers at once."""
    answer = _curl(_NotImplemented, 'GET')

    assert (
        404,
        {
            'detail': [
                {
                    'msg': 'This API endpoint is not implemented yet',
                    'type': 'user_msg',
                },
            ],
        },
    ) == (answer.status_code, json.loads(answer.content))


@dispatch_decorator(login_required(login_url='/login/'))
class _LoggedIn(Controller[PydanticSerializer]):
    def get(self) -> str:
        return 'Logged in!'


@pytest.mark.django_db
def test_login_required() -> None:
    """Django's decorators guard whole controllers."""
    site = _SITE.having(
        middleware=[
            'django.contrib.sessions.middleware.SessionMiddleware',
            'django.contrib.auth.middleware.AuthenticationMiddleware',
        ],
    )

    with site.overridden():
        answer = site.answer_sync(_LoggedIn, 'GET', '/', None, {})

    assert (302, '/login/?next=/') == (
        answer.status_code,
        answer.headers['Location'],
    )
