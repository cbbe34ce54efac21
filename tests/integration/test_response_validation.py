"""Responses are checked against their specs, whoever made them."""

import dataclasses
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

import msgspec
import pytest
from django.http import (
    FileResponse,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
    StreamingHttpResponse,
)

from dmr import (
    APIError,
    Controller,
    CookieSpec,
    HeaderSpec,
    NewCookie,
    NewHeader,
    ResponseSpec,
    modify,
    validate,
)
from dmr.errors import ErrorModel
from dmr.files import FileResponseSpec
from dmr.negotiation import ContentType, conditional_type
from dmr.plugins.msgspec import (
    MsgpackRenderer,
    MsgspecJsonRenderer,
)
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import FileRenderer
from tests.integration.serving import AnySerializer, Site

_OK = HTTPStatus.OK


@dataclasses.dataclass(frozen=True)
class _User:
    name: str
    age: int


def _error(message: str) -> dict[str, Any]:
    return {'detail': [{'msg': message, 'type': 'value_error'}]}


def _returning(
    make: Callable[[Controller[Any]], HttpResponseBase],
    *specs: ResponseSpec,
    **options: Any,
) -> type[Any]:
    """Return a controller with one `validate` endpoint."""

    class _Responses(Controller[AnySerializer]):
        @validate(*specs, **options)
        def get(self) -> HttpResponse:
            return make(self)  # type: ignore[return-value]  # as in the wild

    return _Responses


# Bodies of raw data


def test_raw_data_of_the_right_type_are_rendered(site: Site) -> None:
    """Valid data reach the client."""

    class _Users(Controller[AnySerializer]):
        def get(self) -> list[_User]:
            return [_User('Ada', 36)]

    answer = site.serve(_Users)

    assert (200, [{'name': 'Ada', 'age': 36}]) == (
        answer.status_code,
        answer.data,
    )


@pytest.mark.parametrize(
    ('return_type', 'returned'),
    [
        (int, 'text'),
        (int, '12'),
        (list[int], [1, 'two']),
        (_User, {'name': 'Ada'}),
        (None, 'something'),
    ],
)
def test_raw_data_of_another_type_are_refused(
    site: Site,
    return_type: Any,
    returned: Any,
) -> None:
    """Data are compared strictly, nothing is coerced."""

    class _Users(Controller[AnySerializer]):
        def get(self) -> return_type:
            return returned

    answer = site.serve(_Users)

    assert 422 == answer.status_code
    assert {'value_error'} == {one['type'] for one in answer.data['detail']}


def test_a_set_is_not_a_list() -> None:
    """Raw data are compared before they are rendered."""

    class _Users(Controller[PydanticSerializer]):
        def get(self) -> list[int]:
            return {1, 2}  # type: ignore[return-value]  # this is the fault

    answer = Site(serializer=PydanticSerializer).serve(_Users)

    assert 422 == answer.status_code


def test_error_at_the_root_has_an_empty_loc() -> None:
    """Places of errors are relative to the body."""

    class _Users(Controller[PydanticSerializer]):
        def get(self) -> int:
            return 'text'  # type: ignore[return-value]  # this is the fault

    answer = Site(serializer=PydanticSerializer).serve(_Users)

    assert {
        'detail': [
            {
                'msg': 'Input should be a valid integer',
                'loc': [],
                'type': 'value_error',
            },
        ],
    } == answer.data


def test_the_original_object_is_rendered(json_site: Site) -> None:
    """Validation does not replace what is sent."""

    class _Users(Controller[AnySerializer]):
        def get(self) -> Any:
            return {'extra': _User('Ada', 36)}

    assert {'extra': {'name': 'Ada', 'age': 36}} == json_site.serve(_Users).data


# Statuses


def test_status_must_be_described(site: Site) -> None:
    """Unknown statuses are refused; the message lists the known ones."""

    class _Users(Controller[AnySerializer]):
        responses = (ResponseSpec(ErrorModel, status_code=HTTPStatus.CONFLICT),)

        def post(self) -> str:
            raise APIError('nope', status_code=HTTPStatus.NOT_FOUND)

    answer = site.serve(_Users, 'POST')

    assert (
        422,
        _error(
            'Returned status code 404 is not specified in the list of '
            'allowed status codes: [409, 201, 422, 406]',
        ),
    ) == (answer.status_code, answer.data)


# Content types


def test_content_type_must_be_one_of_the_renderers(site: Site) -> None:
    """A response in a format that nobody lists is refused."""
    controller = _returning(
        lambda self: HttpResponse(b'1'),
        ResponseSpec(int, status_code=_OK),
    )

    answer = site.serve(controller)

    assert (
        422,
        _error(
            "Response content type 'text/html; charset=utf-8' is not listed "
            "as a possible to be returned ['application/json', "
            "'application/msgpack']",
        ),
    ) == (answer.status_code, answer.data)


def test_members_of_enums_look_like_strings_in_messages(
    json_site: Site,
) -> None:
    """Renderers may name their media type with `ContentType`."""

    class _Renderer(MsgspecJsonRenderer):
        def __init__(self) -> None:
            super().__init__(ContentType.json_problem_details)

    controller = _returning(
        lambda self: HttpResponse(b'1'),
        ResponseSpec(int, status_code=_OK),
        renderers=[_Renderer()],
    )

    answer = json_site.serve(controller, headers={'Accept': '*/*'})

    assert _error(
        "Response content type 'text/html; charset=utf-8' is not listed "
        "as a possible to be returned ['application/problem+json']",
    ) == json.loads(answer.content)


def test_parameters_of_content_types_do_not_matter(json_site: Site) -> None:
    """A charset does not make another media type."""
    controller = _returning(
        lambda self: HttpResponse(
            b'1',
            content_type='application/JSON; charset=utf-8',
        ),
        ResponseSpec(int, status_code=_OK),
    )

    answer = json_site.serve(controller)

    assert (200, b'1') == (answer.status_code, answer.content)


def test_content_type_must_be_the_negotiated_one(json_site: Site) -> None:
    """The client gets the format that it asked for, or an error."""
    controller = _returning(
        lambda self: HttpResponse(
            msgspec.msgpack.encode(1),
            content_type='application/msgpack',
        ),
        ResponseSpec(int, status_code=_OK),
    )

    answer = json_site.serve(controller)

    assert (
        422,
        _error(
            "Negotiated renderer 'application/json' does not match returned "
            "content-type 'application/msgpack'",
        ),
    ) == (answer.status_code, answer.data)


@pytest.mark.parametrize('level', ['endpoint', 'controller', 'settings'])
def test_negotiation_check_can_be_switched_off(
    json_site: Site,
    level: str,
) -> None:
    """`validate_negotiation` works on every level."""

    class _Responses(Controller[AnySerializer]):
        validate_negotiation = False if level == 'controller' else None

        @validate(
            ResponseSpec(int, status_code=_OK),
            **({'validate_negotiation': False} if level == 'endpoint' else {}),  # type: ignore[arg-type]
        )
        def get(self) -> HttpResponse:
            return HttpResponse(
                msgspec.msgpack.encode(1),
                content_type='application/msgpack',
            )

    site = json_site
    if level == 'settings':
        site = site.configured(validate_negotiation=False)

    answer = site.serve(_Responses)

    assert (200, 1) == (answer.status_code, answer.data)


def test_limited_response_is_refused_for_other_types(site: Site) -> None:
    """`limit_to_content_types` names the only types of a response."""

    class _Responses(Controller[AnySerializer]):
        responses = (
            ResponseSpec(
                list[str],
                status_code=HTTPStatus.PAYMENT_REQUIRED,
                limit_to_content_types={ContentType.xml},
            ),
        )

        def get(self) -> str:
            raise APIError([], status_code=HTTPStatus.PAYMENT_REQUIRED)

    answer = site.serve(_Responses)

    assert (
        422,
        _error(
            f'Response 402 is not allowed for {site.media_type!r}, '
            "only for ['application/xml']",
        ),
    ) == (answer.status_code, answer.data)


def test_limited_response_is_allowed_for_its_type(site: Site) -> None:
    """The types that are named may have the response."""

    class _Responses(Controller[AnySerializer]):
        responses = (
            ResponseSpec(
                list[str],
                status_code=HTTPStatus.PAYMENT_REQUIRED,
                limit_to_content_types={ContentType.json, ContentType.msgpack},
            ),
        )

        def get(self) -> str:
            raise APIError(['pay'], status_code=HTTPStatus.PAYMENT_REQUIRED)

    answer = site.serve(_Responses)

    assert (402, ['pay']) == (answer.status_code, answer.data)


_CONDITIONAL = Annotated[
    list[int] | str,
    conditional_type({ContentType.json: list[int], ContentType.msgpack: str}),
]


@pytest.mark.parametrize(
    ('returned', 'right'),
    [([1], 'json'), ('text', 'msgpack')],
)
def test_conditional_raw_data(site: Site, returned: Any, right: str) -> None:
    """Each media type has a type of its own for raw data."""

    class _Responses(Controller[AnySerializer]):
        def get(self) -> _CONDITIONAL:
            return returned

    answer = site.serve(_Responses)

    assert (200 if site.body_format == right else 422) == answer.status_code


@pytest.mark.parametrize(
    ('returned', 'right'),
    [([1], 'json'), ('text', 'msgpack')],
)
def test_conditional_response(site: Site, returned: Any, right: str) -> None:
    """Each media type has a type of its own for responses."""
    controller = _returning(
        lambda self: self.to_response(returned),
        ResponseSpec(_CONDITIONAL, status_code=_OK),
    )

    answer = site.serve(controller)

    assert (200 if site.body_format == right else 422) == answer.status_code


@pytest.mark.parametrize('raw', [True, False])
def test_media_type_without_a_condition_is_refused(
    json_site: Site,
    *,
    raw: bool,
) -> None:
    """A conditional type must know the media type that is sent."""
    model = Annotated[
        list[int] | str,
        conditional_type({'text/a': list[int], 'text/b': str}),
    ]

    class _Raw(Controller[AnySerializer]):
        def get(self) -> model:
            return 'text'

    made = _returning(
        lambda self: self.to_response('text'),
        ResponseSpec(model, status_code=_OK),
    )

    answer = json_site.serve(_Raw if raw else made)

    assert (
        422,
        _error(
            "Content-Type 'application/json' is not listed in supported "
            "content types ['text/a', 'text/b']",
        ),
    ) == (answer.status_code, answer.data)


# Bodies of responses


def test_body_of_a_response_is_read_again(site: Site) -> None:
    """A finished response is compared with its spec."""
    controller = _returning(
        lambda self: self.to_response({'name': 'Ada'}),
        ResponseSpec(_User, status_code=_OK),
    )

    answer = site.serve(controller)

    assert 422 == answer.status_code


def test_valid_response_is_sent_as_it_is(json_site: Site) -> None:
    """A finished response is not rendered again."""
    controller = _returning(
        lambda self: JsonResponse({'name': 'Ada', 'age': 36}),
        ResponseSpec(_User, status_code=_OK),
    )

    answer = json_site.serve(controller)

    assert (200, b'{"name": "Ada", "age": 36}') == (
        answer.status_code,
        answer.content,
    )


def test_body_of_a_response_may_be_coerced() -> None:
    """Bytes are not compared strictly: text may stand for numbers."""
    controller = _returning(
        lambda self: HttpResponse(b'"12"', content_type='application/json'),
        ResponseSpec(int, status_code=_OK),
    )

    answer = Site(serializer=PydanticSerializer).serve(controller)

    assert (200, b'"12"') == (answer.status_code, answer.content)


@pytest.mark.parametrize('content', [b'{not json', b'\xff\xfe', b'[' * 1000])
def test_unreadable_body_of_a_response_is_refused(
    json_site: Site,
    content: bytes,
) -> None:
    """Bytes that are not of their format are like any other mismatch."""
    controller = _returning(
        lambda self: HttpResponse(content, content_type='application/json'),
        ResponseSpec(int, status_code=_OK),
    )

    answer = json_site.serve(controller)

    assert 422 == answer.status_code
    assert {'value_error'} == {one['type'] for one in answer.data['detail']}


def test_empty_body_is_none(site: Site) -> None:
    """A response without a body fits `None`."""
    controller = _returning(
        lambda self: self.to_response(None),
        ResponseSpec(None, status_code=_OK),
    )

    answer = site.serve(controller)

    assert (200, b'', site.media_type) == (
        answer.status_code,
        answer.content,
        answer.headers['Content-Type'],
    )


def test_empty_body_is_not_a_model(site: Site) -> None:
    """A response without a body does not fit a model."""
    controller = _returning(
        lambda self: self.to_response(None),
        ResponseSpec(_User, status_code=_OK),
    )

    assert 422 == site.serve(controller).status_code


def test_response_of_a_modify_endpoint_is_validated(site: Site) -> None:
    """An endpoint for raw data may give a response, it is checked too."""

    class _Users(Controller[AnySerializer]):
        @modify(headers={'X-New': NewHeader(value='new')})
        def get(self) -> list[int]:
            return self.to_response([1])  # type: ignore[return-value]

    answer = site.serve(_Users)

    assert (
        422,
        _error("Response has missing required {'x-new'} headers"),
    ) == (answer.status_code, answer.data)


@pytest.mark.parametrize('validated', [True, False])
def test_raw_data_of_a_validate_endpoint_are_our_fault(
    site: Site,
    *,
    validated: bool,
) -> None:
    """Without a status nothing can be sent, even unvalidated."""
    controller = _returning(
        lambda self: [1],  # type: ignore[arg-type,return-value]
        ResponseSpec(list[int], status_code=_OK),
        validate_responses=validated,
    )

    answer = site.serve(controller)

    assert (500, {'detail': [{'msg': 'Internal server error'}]}) == (
        answer.status_code,
        answer.data,
    )


def test_details_of_our_faults_are_shown_in_debug_mode(site: Site) -> None:
    """Developers see what is wrong."""
    controller = _returning(
        lambda self: [1],  # type: ignore[arg-type,return-value]
        ResponseSpec(list[int], status_code=_OK),
    )

    answer = site.having(django_settings={'DEBUG': True}).serve(controller)

    (detail,) = answer.data['detail']
    assert 500 == answer.status_code
    assert {'msg'} == detail.keys()
    assert '_Responses.get returned raw data' in detail['msg']


def test_responses_of_unknown_classes_are_our_fault(site: Site) -> None:
    """A bare response has no body that could be checked."""
    controller = _returning(
        lambda self: HttpResponseBase(content_type=site.media_type),
        ResponseSpec(None, status_code=_OK),
    )

    answer = site.serve(controller)

    assert (500, {'detail': [{'msg': 'Internal server error'}]}) == (
        answer.status_code,
        answer.data,
    )


@pytest.mark.parametrize('returned', [float('nan'), float('inf'), '\ud800'])
def test_unrenderable_data_are_our_fault(
    json_site: Site, returned: Any
) -> None:
    """What JSON cannot say is an error, not invalid JSON."""

    class _Users(Controller[AnySerializer]):
        validate_responses = False

        def get(self) -> Any:
            return returned

    answer = json_site.serve(_Users)

    assert (500, {'detail': [{'msg': 'Internal server error'}]}) == (
        answer.status_code,
        answer.data,
    )


def test_unknown_objects_are_our_fault(site: Site) -> None:
    """An object that nobody can render is an error."""

    class _Users(Controller[AnySerializer]):
        validate_responses = False

        def get(self) -> Any:
            return object()

    answer = site.serve(_Users)

    assert (500, {'detail': [{'msg': 'Internal server error'}]}) == (
        answer.status_code,
        answer.data,
    )


def test_streams_are_not_read(json_site: Site) -> None:
    """Bodies of streams are sent unread, everything else is checked."""
    controller = _returning(
        lambda self: StreamingHttpResponse(
            [b'not', b'json'],
            content_type='application/json',
        ),
        ResponseSpec(int, status_code=_OK, headers={'X-A': HeaderSpec()}),
    )

    answer = json_site.serve(controller)

    assert _error("Response has missing required {'x-a'} headers") == (
        answer.data
    )


# Headers


@pytest.mark.parametrize(
    ('described', 'sent', 'message'),
    [
        ({}, {}, None),
        ({'X-A': HeaderSpec()}, {'x-a': '1'}, None),
        ({'x-a': HeaderSpec()}, {'X-A': '1'}, None),
        ({'X-A': HeaderSpec(required=False)}, {}, None),
        ({'X-A': HeaderSpec(skip_validation=True)}, {}, None),
        ({'X-A': HeaderSpec(skip_validation=True)}, {'X-A': '1'}, None),
        (
            {'X-A': HeaderSpec(), 'X-B': HeaderSpec()},
            {},
            "Response has missing required {'x-a', 'x-b'} headers",
        ),
        (
            {},
            {'X-Z': '1'},
            "Response has extra real undescribed {'x-z'} headers",
        ),
    ],
)
def test_headers(
    site: Site,
    described: dict[str, HeaderSpec],
    sent: dict[str, str],
    message: str | None,
) -> None:
    """Required headers are there, and no others; their values are free."""
    controller = _returning(
        lambda self: self.to_response([], headers=sent),
        ResponseSpec(list[int], status_code=_OK, headers=described),
    )

    answer = site.serve(controller)

    expected = (200, []) if message is None else (422, _error(message))
    assert expected == (answer.status_code, answer.data)


def test_new_headers_and_cookies_are_added(site: Site) -> None:
    """`modify` adds headers and cookies to the successful response."""

    class _Users(Controller[AnySerializer]):
        @modify(
            headers={
                'X-New': NewHeader(value='new'),
                'X-Proxy': HeaderSpec(skip_validation=True),
                'Content-Type': NewHeader(value='text/plain'),
            },
            cookies={
                'new': NewCookie(value='1'),
                'session': CookieSpec(skip_validation=True),
            },
        )
        def get(self) -> list[int]:
            return [1]

    answer = site.serve(_Users)

    assert (
        {
            'Content-Type': site.media_type,
            'Vary': 'Accept',
            'X-New': 'new',
        },
        'Set-Cookie: new=1; Path=/; SameSite=lax',
        [1],
    ) == (answer.headers, answer.cookies, answer.data)


# Cookies

_COOKIE: dict[str, Any] = {'value': '1', 'samesite': 'lax'}


@pytest.mark.parametrize(
    ('described', 'sent'),
    [
        ({}, {}),
        ({'c': CookieSpec()}, {'c': _COOKIE}),
        ({'c': CookieSpec(required=False)}, {}),
        ({'c': CookieSpec(skip_validation=True)}, {}),
        ({'c': CookieSpec(max_age=0)}, {'c': {**_COOKIE, 'max_age': 0}}),
        ({'c': CookieSpec(max_age=5)}, {'c': {**_COOKIE, 'max_age': 5}}),
        (
            {
                'c': CookieSpec(
                    path='/a',
                    domain='example.org',
                    secure=True,
                    httponly=True,
                    samesite='strict',
                ),
            },
            {
                'c': {
                    'value': '1',
                    'path': '/a',
                    'domain': 'example.org',
                    'secure': True,
                    'httponly': True,
                    'samesite': 'Strict',
                },
            },
        ),
        ({'c': CookieSpec()}, {'c': {**_COOKIE, 'expires': 100}}),
    ],
)
def test_cookies_as_described(
    site: Site,
    described: dict[str, CookieSpec],
    sent: dict[str, Any],
) -> None:
    """Cookies have the attributes that are described, values are free."""

    def make(self: Controller[Any]) -> HttpResponse:
        response = self.to_response([])
        for name, attributes in sent.items():
            response.set_cookie(name, **attributes)
            # Moments differ between the twins.
            response.cookies[name]['expires'] = ''
        return response

    controller = _returning(
        make,
        ResponseSpec(list[int], status_code=_OK, cookies=described),
    )

    answer = site.serve(controller)

    assert (200, []) == (answer.status_code, answer.data)


@pytest.mark.parametrize(
    ('described', 'sent', 'message'),
    [
        (
            {'c': CookieSpec()},
            {},
            "Response has missing required {'c'} cookie",
        ),
        (
            {'c': CookieSpec()},
            {'C': _COOKIE, 'c': _COOKIE},
            "Response has extra real undescribed {'C'} cookies",
        ),
        (
            {},
            {'z': _COOKIE},
            "Response has extra real undescribed {'z'} cookies",
        ),
    ],
)
def test_wrong_cookies(
    site: Site,
    described: dict[str, CookieSpec],
    sent: dict[str, Any],
    message: str,
) -> None:
    """Names of cookies are case-sensitive, all and no others are there."""

    def make(self: Controller[Any]) -> HttpResponse:
        response = self.to_response([])
        for name, attributes in sent.items():
            response.set_cookie(name, **attributes)
        return response

    controller = _returning(
        make,
        ResponseSpec(list[int], status_code=_OK, cookies=described),
    )

    answer = site.serve(controller)

    assert (422, _error(message)) == (answer.status_code, answer.data)


@pytest.mark.parametrize(
    'attributes',
    [
        {'path': '/a'},
        {'max_age': 1},
        {'max_age': 0},
        {'domain': 'example.org'},
        {'secure': True},
        {'httponly': True},
        {'samesite': 'strict'},
    ],
)
@pytest.mark.parametrize('skipped', [True, False])
def test_cookie_with_another_attribute(
    site: Site,
    attributes: dict[str, Any],
    *,
    skipped: bool,
) -> None:
    """Attributes that differ are refused, also where it may be missing."""

    def make(self: Controller[Any]) -> HttpResponse:
        response = self.to_response([])
        response.set_cookie('c', **{**_COOKIE, **attributes})
        response.cookies['c']['expires'] = ''
        return response

    controller = _returning(
        make,
        ResponseSpec(
            list[int],
            status_code=_OK,
            cookies={'c': CookieSpec(skip_validation=skipped)},
        ),
    )

    answer = site.serve(controller)

    (detail,) = answer.data['detail']
    assert 422 == answer.status_code
    assert detail['msg'].startswith('Response cookie c=<Morsel: c=1;')
    assert 'is not equal to CookieSpec(' in detail['msg']


# Switching it off


@pytest.mark.parametrize('level', ['endpoint', 'controller', 'settings'])
def test_validation_can_be_switched_off(site: Site, level: str) -> None:
    """`validate_responses` works on every level."""

    class _Users(Controller[AnySerializer]):
        validate_responses = False if level == 'controller' else None

        @modify(validate_responses=False if level == 'endpoint' else None)
        def get(self) -> int:
            return 'text'  # type: ignore[return-value]  # this is the fault

        @validate(
            ResponseSpec(int, status_code=_OK),
            validate_responses=False if level == 'endpoint' else None,
        )
        def put(self) -> HttpResponse:
            return self.to_response('text', headers={'X-Z': '1'})

    if level == 'settings':
        site = site.configured(validate_responses=False)

    raw, made = site.serve(_Users), site.serve(_Users, 'PUT')

    assert (200, 'text') == (raw.status_code, raw.data)
    assert (200, 'text', '1') == (
        made.status_code,
        made.data,
        made.headers['X-Z'],
    )


def test_nearer_levels_switch_validation_on_again(site: Site) -> None:
    """The endpoint decides before the controller, that before settings."""

    class _Users(Controller[AnySerializer]):
        validate_responses = True

        def get(self) -> int:
            return 'text'  # type: ignore[return-value]  # this is the fault

        @modify(validate_responses=False)
        def put(self) -> int:
            return 'text'  # type: ignore[return-value]  # this is the fault

    site = site.configured(validate_responses=False)

    assert [422, 200] == [
        site.serve(_Users).status_code,
        site.serve(_Users, 'PUT').status_code,
    ]


def test_without_validation_422_is_not_described(site: Site) -> None:
    """What cannot happen is not in the specs."""

    class _Users(Controller[AnySerializer]):
        def get(self) -> int:
            return 1

    with site.configured(validate_responses=False).overridden():
        metadata = site.define(_Users).api_endpoints['GET'].metadata

    assert [200, 406] == list(metadata.responses)
    assert (False, False, False) == (
        metadata.validate_responses,
        metadata.validate_events,
        metadata.validate_negotiation,
    )


# Semantic responses


def test_excluded_status_is_no_longer_described(site: Site) -> None:
    """A real 406 breaks the specs when it is excluded."""

    class _Users(Controller[AnySerializer]):
        exclude_semantic_responses = {HTTPStatus.NOT_ACCEPTABLE}

        def get(self) -> int:
            return 1

    answer = site.serve(_Users, headers={'Accept': 'text/html'})

    assert (
        422,
        _error(
            'Returned status code 406 is not specified in the list of '
            'allowed status codes: [200, 422]',
        ),
    ) == (answer.status_code, json.loads(answer.content))


# Files


def test_file_of_the_default_spec_needs_both_headers(site: Site) -> None:
    """Errors of endpoints for files are answered in a data format."""

    class _Files(Controller[AnySerializer]):
        renderers = (FileRenderer(),)

        @validate(FileResponseSpec())
        def get(self) -> FileResponse:
            return FileResponse(iter([b'text']), content_type='text/plain')

    answer = site.serve(_Files, headers={'Accept': 'text/plain'})

    assert (
        422,
        'application/json',
        _error(
            "Response has missing required {'content-disposition', "
            "'content-length'} headers",
        ),
    ) == (
        answer.status_code,
        answer.headers['Content-Type'],
        json.loads(answer.content),
    )


def test_renderers_may_be_given_by_endpoint(site: Site) -> None:
    """The endpoint's own renderers are the only ones it has."""

    class _Users(Controller[AnySerializer]):
        @modify(renderers=[MsgpackRenderer()])
        def get(self) -> int:
            return 1

    answer = site.serve(_Users, headers={'Accept': '*/*'})

    assert (b'\x01', {'Content-Type': 'application/msgpack'}) == (
        answer.content,
        answer.headers,
    )
