"""Every error that the framework answers: status, body and headers."""

import dataclasses
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Self

import msgspec
import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from typing_extensions import override

from dmr import (
    APIError,
    Body,
    Controller,
    FileMetadata,
    Path,
    Query,
    RedirectTo,
    ResponseSpec,
    modify,
    validate,
)
from dmr.components import PathComponent
from dmr.errors import ErrorDetail, ErrorModel
from dmr.exceptions import (
    DataRenderingError,
    InternalServerError,
    NotAcceptableError,
    NotAuthenticatedError,
    RequestSerializationError,
    RequestTooLargeError,
    ResponseSchemaError,
    TooManyRequestsError,
    ValidationError,
)
from dmr.headers import HeaderSpec
from dmr.parsers import FormUrlEncodedParser, JsonParser, MultiPartParser
from dmr.plugins.msgspec import MsgpackRenderer
from dmr.security import SyncAuth
from dmr.throttling import Rate, SyncThrottle
from dmr.throttling.cache_keys import RemoteAddr
from tests.integration.sending import Answer
from tests.integration.serving import AnySerializer, Site

_INTERNAL = {'detail': [{'msg': 'Internal server error'}]}


@dataclasses.dataclass(frozen=True)
class _User:
    name: str


@dataclasses.dataclass(frozen=True)
class _Page:
    number: int


def _error(message: str, error_type: str) -> dict[str, Any]:
    return {'detail': [{'msg': message, 'type': error_type}]}


class _Users(Controller[AnySerializer]):
    def post(self, parsed_body: Body[_User]) -> str:
        return parsed_body.name

    def get(self, parsed_query: Query[_Page]) -> int:
        return parsed_query.number


class _Auth(SyncAuth):
    """Vouch for nobody, in one of several ways."""

    security_schemes: Mapping[str, Any] = {}
    security_requirement: Mapping[str, list[str]] = {}

    def __init__(self, exc: Exception | None) -> None:
        self.exc = exc

    @override
    def __call__(self, endpoint: Any, controller: Any) -> Self | None:
        if self.exc is not None:
            raise self.exc
        return None


class _Throttle(SyncThrottle):
    def __init__(self, exc: Exception, *, runs_before_auth: bool) -> None:
        super().__init__(
            1,
            Rate.second,
            cache_key=RemoteAddr(runs_before_auth=runs_before_auth),
            response_headers=[],
        )
        self.exc = exc

    @override
    def __call__(self, endpoint: Any, controller: Any) -> None:
        raise self.exc


def _outcome(answer: Answer) -> tuple[int, Any]:
    return answer.status_code, answer.data


# The request


def test_invalid_body(site: Site) -> None:
    """Every detail says where the error is and of which kind it is."""
    answer = site.serve(_Users, 'POST', data={'name': 1})

    (detail,) = answer.data['detail']
    assert 400 == answer.status_code
    assert (['parsed_body', 'name'], 'value_error') == (
        detail['loc'],
        detail['type'],
    )


def test_unsupported_content_type(site: Site) -> None:
    """The message says what can be read."""
    answer = site.serve(
        _Users,
        'POST',
        data=b'<name/>',
        content_type='application/xml',
    )

    assert (
        400,
        _error(
            "Cannot parse request body with content type 'application/xml', "
            "expected=['application/json', 'application/msgpack']",
            'value_error',
        ),
    ) == _outcome(answer)


def test_malformed_body(site: Site) -> None:
    """Bytes of another format are refused."""
    answer = site.serve(_Users, 'POST', data=b'\xc1')

    assert 400 == answer.status_code
    assert ['value_error'] == [one['type'] for one in answer.data['detail']]


def test_unnamed_path_parameters(site: Site) -> None:
    """Positional captures have no place in a model."""

    class _ById(Controller[AnySerializer]):
        def get(self, parsed_path: Path[dict[str, int]]) -> str:
            raise AssertionError('must not be called')

    with site.overridden():
        concrete = site.define(_ById)
        request = _request('/', site)
        response = concrete.as_view()(request, 1)

    assert 400 == response.status_code
    assert (
        f'Path {PathComponent!r} with field_model={dict[str, int]!r} does not '
        'allow unnamed path parameters args=(1,)'
    ) in _text(response, site)


def test_files_for_a_parser_without_files(json_site: Site) -> None:
    """Files come in multipart bodies only."""

    class _Upload(Controller[AnySerializer]):
        parsers = (MultiPartParser(), JsonParser())

        def post(self, parsed_file_metadata: FileMetadata[Any]) -> str:
            raise AssertionError('must not be called')

    answer = json_site.serve(_Upload, 'POST', data={})

    assert (
        400,
        _error(
            "Trying to parse files with 'JsonParser' that does not support "
            'SupportsFileParsing protocol',
            'value_error',
        ),
    ) == _outcome(answer)


def test_form_in_another_encoding(json_site: Site) -> None:
    """URL-encoded forms are UTF-8."""

    class _Form(Controller[AnySerializer]):
        parsers = (FormUrlEncodedParser(),)

        def post(self, parsed_body: Body[_User]) -> str:
            raise AssertionError('must not be called')

    answer = json_site.serve(
        _Form,
        'POST',
        data=b'name=a',
        content_type='application/x-www-form-urlencoded; charset=latin-1',
    )

    assert (
        400,
        _error(
            "HTTP requests with the 'application/x-www-form-urlencoded' "
            'content type must be UTF-8 encoded.',
            'value_error',
        ),
    ) == _outcome(answer)


def test_method_without_endpoint(site: Site) -> None:
    """There is no HEAD for GET; the answer says what there is."""
    answer = site.serve(_Users, 'PUT')

    assert (
        405,
        {'Allow': 'GET, POST', 'Content-Type': site.media_type},
        _error(
            "Method 'PUT' is not allowed, allowed: ['GET', 'POST']",
            'not_allowed',
        ),
    ) == (
        answer.status_code,
        {
            name: value
            for name, value in answer.headers.items()
            if name != 'Vary'
        },
        answer.data,
    )


def test_nothing_acceptable(json_site: Site) -> None:
    """The message says what was asked for and what there is."""
    answer = json_site.serve(
        _Users,
        headers={'Accept': 'text/html, image/*;q=0.5'},
    )

    assert (
        406,
        _error(
            'Cannot serialize response body with accepted types '
            '[<MediaType: text/html>, <MediaType: image/*;q=0.5>], '
            "supported=['application/json', 'application/msgpack']",
            'value_error',
        ),
    ) == _outcome(answer)


# Guards


@pytest.mark.parametrize(
    ('exc', 'message'),
    [
        (None, 'Not authenticated'),
        (NotAuthenticatedError(), 'Not authenticated'),
        (NotAuthenticatedError('Wrong password'), 'Wrong password'),
    ],
)
def test_nobody_vouches_for_the_user(
    site: Site,
    exc: Exception | None,
    message: str,
) -> None:
    """Who is not authenticated does not come through."""

    class _Guarded(Controller[AnySerializer]):
        auth = [_Auth(exc)]

        def get(self) -> str:
            raise AssertionError('must not be called')

    answer = site.serve(_Guarded)

    assert (401, _error(message, 'security')) == _outcome(answer)


def test_auth_with_an_answer_of_its_own(site: Site) -> None:
    """`APIError` in auth is the answer."""

    class _Guarded(Controller[AnySerializer]):
        auth = [_Auth(APIError('go away', status_code=HTTPStatus.FORBIDDEN))]
        responses = (ResponseSpec(str, status_code=HTTPStatus.FORBIDDEN),)

        def get(self) -> str:
            raise AssertionError('must not be called')

    answer = site.serve(_Guarded)

    assert (403, 'go away') == _outcome(answer)


@pytest.mark.parametrize('before', [True, False])
@pytest.mark.parametrize(
    ('exc', 'message'),
    [
        (TooManyRequestsError(), 'Too many requests'),
        (TooManyRequestsError('Slow down'), 'Slow down'),
    ],
)
def test_too_many_requests(
    json_site: Site,
    exc: Exception,
    message: str,
    *,
    before: bool,
) -> None:
    """Throttles stop requests before or after auth."""

    class _Throttled(Controller[AnySerializer]):
        throttling = [_Throttle(exc, runs_before_auth=before)]
        throttling_allow_unsafe_cache = None
        auth = [_Auth(None)] if before else ()

        def get(self) -> str:
            raise AssertionError('must not be called')

    answer = json_site.serve(_Throttled)

    assert (429, _error(message, 'ratelimit')) == _outcome(answer)


def test_headers_of_a_throttle(site: Site) -> None:
    """Headers of the error are sent, when they are described."""

    class _Throttled(Controller[AnySerializer]):
        responses = (
            ResponseSpec(
                ErrorModel,
                status_code=HTTPStatus.TOO_MANY_REQUESTS,
                headers={'Retry-After': HeaderSpec()},
            ),
        )

        def get(self) -> str:
            raise TooManyRequestsError(headers={'Retry-After': '7'})

    answer = site.serve(_Throttled)

    assert (429, '7') == (answer.status_code, answer.headers['Retry-After'])


# Exceptions out of endpoints

_DETAIL: ErrorDetail = {'msg': 'wrong', 'loc': ['a', 1], 'type': 'odd'}


@pytest.mark.parametrize(
    ('exc', 'status_code', 'body'),
    [
        (
            RequestSerializationError('bad'),
            400,
            _error('bad', 'value_error'),
        ),
        (
            ValidationError([_DETAIL], status_code=HTTPStatus.BAD_REQUEST),
            400,
            {'detail': [_DETAIL]},
        ),
        (ValidationError([_DETAIL]), 422, {'detail': [_DETAIL]}),
        (ResponseSchemaError('bad'), 422, _error('bad', 'value_error')),
        (NotAuthenticatedError('who'), 401, _error('who', 'security')),
        (NotAcceptableError('no'), 406, _error('no', 'value_error')),
        (RequestTooLargeError('big'), 413, _error('big', 'value_error')),
        (TooManyRequestsError('slow'), 429, _error('slow', 'ratelimit')),
        (InternalServerError('secret'), 500, _INTERNAL),
        (DataRenderingError('secret'), 500, _INTERNAL),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, Exception) else '',
)
def test_exceptions_of_the_framework(
    site: Site,
    exc: Exception,
    status_code: int,
    body: Any,
) -> None:
    """Whoever raises them, they have one status and one body."""

    class _Raising(Controller[AnySerializer]):
        validate_responses = False

        def get(self) -> str:
            raise exc

    assert (status_code, body) == _outcome(site.serve(_Raising))


@pytest.mark.parametrize(
    'exc',
    [InternalServerError('secret'), DataRenderingError('secret')],
)
def test_internal_details_in_debug_mode(site: Site, exc: Exception) -> None:
    """Developers see the real message."""

    class _Raising(Controller[AnySerializer]):
        validate_responses = False

        def get(self) -> str:
            raise exc

    answer = site.having(django_settings={'DEBUG': True}).serve(_Raising)

    assert (500, {'detail': [{'msg': 'secret'}]}) == _outcome(answer)


def test_unknown_exceptions_escape(site: Site) -> None:
    """What is not known is Django's to answer."""

    class _Raising(Controller[AnySerializer]):
        def get(self) -> str:
            raise LookupError('mine')

    assert (LookupError, ('mine',)) == (
        type(site.fail(_Raising)),
        site.fail(_Raising).args,
    )


# Answers that are exceptions


def test_api_error_is_validated_like_any_response(site: Site) -> None:
    """Status, body, headers and cookies must be described."""

    class _Errors(Controller[AnySerializer]):
        responses = (ResponseSpec(list[int], status_code=HTTPStatus.CONFLICT),)

        def get(self) -> str:
            raise APIError(['text'], status_code=HTTPStatus.CONFLICT)

        def put(self) -> str:
            raise APIError([1], status_code=HTTPStatus.CONFLICT)

    assert 422 == site.serve(_Errors).status_code
    assert (409, [1]) == _outcome(site.serve(_Errors, 'PUT'))


def test_redirect_needs_its_header_described(site: Site) -> None:
    """`Location` is a header like any other."""

    class _Redirects(Controller[AnySerializer]):
        @modify(
            extra_responses=[
                ResponseSpec(None, status_code=HTTPStatus.SEE_OTHER),
            ],
        )
        def get(self) -> str:
            raise RedirectTo('/новый/', status_code=HTTPStatus.SEE_OTHER)

        @modify(
            extra_responses=[
                ResponseSpec(
                    None,
                    status_code=HTTPStatus.SEE_OTHER,
                    headers={'Location': HeaderSpec(), 'X-A': HeaderSpec()},
                ),
            ],
        )
        def put(self) -> str:
            raise RedirectTo(
                '/новый/',
                status_code=HTTPStatus.SEE_OTHER,
                headers={'X-A': '1'},
            )

    missing, found = site.serve(_Redirects), site.serve(_Redirects, 'PUT')

    assert 422 == missing.status_code
    assert (303, '/%D0%BD%D0%BE%D0%B2%D1%8B%D0%B9/', '1', b'') == (
        found.status_code,
        found.headers['Location'],
        found.headers['X-A'],
        found.content,
    )


# When errors fail


def test_fault_in_format_error_has_a_constant_answer(site: Site) -> None:
    """Even a broken `format_error` gives a JSON body, and a log entry."""

    class _Broken(Controller[AnySerializer]):
        def get(self) -> str:
            raise AssertionError('must not be called')

        def format_error(self, error: Any, **options: Any) -> Any:
            raise KeyError('fault')

    answer = site.serve(_Broken, headers={'Accept': 'text/html'})

    assert (
        500,
        'application/json',
        b'{"detail":[{"msg":"Internal server error"}]}',
    ) == (
        answer.status_code,
        answer.headers['Content-Type'],
        answer.content,
    )


def test_unrenderable_error_has_a_constant_answer(json_site: Site) -> None:
    """An error body that cannot be rendered is replaced."""

    class _Broken(Controller[AnySerializer]):
        responses = (ResponseSpec(Any, status_code=HTTPStatus.CONFLICT),)

        def get(self) -> str:
            raise APIError(object(), status_code=HTTPStatus.CONFLICT)

        def format_error(self, error: Any, **options: Any) -> Any:
            return object()

    answer = json_site.serve(_Broken)

    assert (500, b'{"detail":[{"msg":"Internal server error"}]}') == (
        answer.status_code,
        answer.content,
    )


def test_error_before_negotiation_uses_listed_renderer(
    json_site: Site,
) -> None:
    """A controller without JSON answers errors in its own format."""

    class _Packed(Controller[AnySerializer]):
        renderers = (MsgpackRenderer(),)

        @validate(ResponseSpec(str, status_code=HTTPStatus.OK))
        def get(self) -> HttpResponse:
            raise AssertionError('must not be called')

    refused = json_site.serve(_Packed)
    wrong = json_site.serve(_Packed, 'PUT')

    assert (406, 'application/msgpack') == (
        refused.status_code,
        refused.headers['Content-Type'],
    )
    assert (405, 'application/msgpack', 'not_allowed') == (
        wrong.status_code,
        wrong.headers['Content-Type'],
        wrong.data['detail'][0]['type'],
    )


def _request(path: str, site: Site) -> Any:
    return RequestFactory().get(path, headers={'Accept': site.media_type})


def _text(response: Any, site: Site) -> str:
    decode = {'json': msgspec.json, 'msgpack': msgspec.msgpack}
    body = decode[site.body_format].decode(response.content)
    message: str = body['detail'][0]['msg']
    return message


def test_messages_are_in_the_language_of_the_client(site: Site) -> None:
    """Django's middleware chooses the language."""
    answer = site.having(
        middleware=['django.middleware.locale.LocaleMiddleware'],
    ).serve(_Users, 'PUT', headers={'Accept-Language': 'de'})

    assert (
        _error(
            "Methode 'PUT' ist nicht erlaubt, erlaubt sind: ['GET', 'POST']",
            'not_allowed',
        )
        == answer.data
    )
