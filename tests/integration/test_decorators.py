"""Django's decorators and middleware around controllers and endpoints."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

import pytest
from asgiref.sync import iscoroutinefunction
from django.contrib.auth.decorators import login_required, user_passes_test
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client
from django.utils.deprecation import MiddlewareMixin
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_protect
from typing_extensions import override

from dmr import Body, Controller, HeaderSpec, ResponseSpec, modify
from dmr.decorators import (
    dispatch_decorator,
    endpoint_decorator,
    wrap_middleware,
)
from dmr.errors import ErrorModel, ErrorType, format_error
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.response import build_response
from tests.integration.sending import routed
from tests.integration.serving import AnySerializer, Site, async_twin

_FOUND = ResponseSpec(
    None,
    status_code=HTTPStatus.FOUND,
    headers={'Location': HeaderSpec()},
)
_TEAPOT = ResponseSpec(ErrorModel, status_code=HTTPStatus.IM_A_TEAPOT)
_ANONYMOUS = f'{__name__}.anonymous'


def anonymous(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Be a middleware that knows nobody."""

    def middleware(request: Any) -> Any:
        request.user = AnonymousUser()
        request.auser = _auser
        return get_response(request)

    return middleware


async def _auser() -> AnonymousUser:
    return AnonymousUser()


# dispatch_decorator


def test_dispatch_decorator_guards_all_methods(site: Site) -> None:
    """Its responses reach the client as they are."""

    @dispatch_decorator(login_required(login_url='/login/'))
    class _Guarded(Controller[MsgspecSerializer]):
        def get(self) -> str:
            raise NotImplementedError

    answer = site.having(middleware=[_ANONYMOUS]).answer_sync
    with site.having(middleware=[_ANONYMOUS]).overridden():
        found = [
            answer(_Guarded, method, '/', None, {})
            for method in ('GET', 'POST')
        ]

    assert [(302, '/login/?next=/')] * 2 == [
        (one.status_code, one.headers['Location']) for one in found
    ]


def test_dispatch_decorator_lets_others_through(site: Site) -> None:
    """The endpoint answers when the decorator does not."""

    @dispatch_decorator(user_passes_test(lambda user: True))
    class _Open(Controller[AnySerializer]):
        def get(self) -> str:
            return 'text'

    answer = site.having(middleware=[_ANONYMOUS]).serve(_Open)

    assert (200, 'text') == (answer.status_code, answer.data)


# endpoint_decorator


def test_endpoint_decorator_answers(site: Site) -> None:
    """The documented example: a redirect that is described."""

    class _Guarded(Controller[AnySerializer]):
        @endpoint_decorator(login_required(login_url='/login/'))
        @modify(extra_responses=[_FOUND])
        def get(self) -> str:
            raise NotImplementedError

    answer = site.having(middleware=[_ANONYMOUS]).serve(_Guarded)

    assert (302, '/login/?next=/', b'') == (
        answer.status_code,
        answer.headers['Location'],
        answer.content,
    )


def test_answers_of_endpoint_decorators_are_validated(site: Site) -> None:
    """What a decorator answers must be described."""

    class _Guarded(Controller[AnySerializer]):
        @endpoint_decorator(login_required(login_url='/login/'))
        def get(self) -> str:
            raise NotImplementedError

    answer = site.having(middleware=[_ANONYMOUS]).serve(_Guarded)

    assert (
        422,
        (
            'Returned status code 302 is not specified in the list of allowed '
            'status codes: [200, 422, 406]'
        ),
    ) == (answer.status_code, answer.data['detail'][0]['msg'])


def test_endpoint_decorator_keeps_controller_and_components(
    site: Site,
) -> None:
    """Inside of the endpoint ``self`` is the controller."""

    class _Decorated(Controller[AnySerializer]):
        word = 'own'

        @endpoint_decorator(cache_control(max_age=5))
        @modify(
            status_code=HTTPStatus.ACCEPTED,
            validate_responses=False,
        )
        def post(self, parsed_body: Body[list[int]]) -> list[Any]:
            return self.to_response(  # type: ignore[return-value]
                [self.word, self.request.method, parsed_body],
                status_code=HTTPStatus.ACCEPTED,
            )

    answer = site.serve(_Decorated, 'POST', data=[1])

    assert (202, ['own', 'POST', [1]], 'max-age=5') == (
        answer.status_code,
        answer.data,
        answer.headers['Cache-Control'],
    )


def test_endpoint_decorator_sees_the_request(site: Site) -> None:
    """Decorators are called like those of views."""
    seen: list[str] = []

    def spy(view: Any) -> Any:
        @wraps(view)
        def wrapper(request: Any, *args: Any, **kwargs: Any) -> Any:
            seen.append(request.path)
            return view(request, *args, **kwargs)

        return wrapper

    class _Decorated(Controller[AnySerializer]):
        @endpoint_decorator(spy)
        def get(self) -> str:
            return 'raw data'

    assert 'raw data' == site.serve(_Decorated).data
    assert ['/', '/'] == seen


@pytest.mark.parametrize('serializer', [PydanticSerializer, MsgspecSerializer])
def test_endpoint_decorator_of_async_endpoints(serializer: Any) -> None:
    """Async endpoints stay async, decorators may answer without awaiting."""

    def refuse(view: Any) -> Any:
        def wrapper(request: Any, *args: Any, **kwargs: Any) -> Any:
            return HttpResponse(
                b'"no"',
                status=418,
                content_type='application/json',
            )

        return wrapper

    class _Decorated(Controller[AnySerializer]):
        responses = (ResponseSpec(str, status_code=HTTPStatus.IM_A_TEAPOT),)

        @endpoint_decorator(refuse)
        async def get(self) -> str:
            raise NotImplementedError

        @endpoint_decorator(cache_control(max_age=5))
        @modify(validate_responses=False)
        async def put(self) -> str:
            return self.to_response(  # type: ignore[return-value]
                type(self).__name__,
            )

    site = Site(serializer=serializer)
    concrete = site.define(_Decorated)

    assert concrete.is_async is True
    with site.overridden():
        answers = [
            site.answer_async(concrete, one, '/', None, {})
            for one in ('GET', 'PUT')
        ]
    assert [(418, 'no'), (200, '_Decorated')] == [
        (one.status_code, one.data) for one in answers
    ]


# wrap_middleware


def _deny(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Be a middleware that is a function."""

    def middleware(request: Any) -> Any:
        if 'deny' in request.GET:
            return HttpResponse('<p>denied</p>', status=418)
        response = get_response(request)
        response.headers['X-Seen'] = 'yes'
        return response

    async def middleware_async(request: Any) -> Any:
        if 'deny' in request.GET:
            return HttpResponse('<p>denied</p>', status=418)
        response = await get_response(request)
        response.headers['X-Seen'] = 'yes'
        return response

    if iscoroutinefunction(get_response):
        return middleware_async
    return middleware


class _Deny(MiddlewareMixin):
    """Be a middleware that is a class."""

    def process_request(self, request: Any) -> HttpResponse | None:
        if 'deny' in request.GET:
            return HttpResponse('<p>denied</p>', status=418)
        return None

    def process_response(self, request: Any, response: Any) -> Any:
        response.headers['X-Seen'] = 'yes'
        return response


def _in_our_format(middleware: Any) -> Any:
    @wrap_middleware(middleware, _TEAPOT)
    def wrapped(response: HttpResponse) -> HttpResponse:
        return build_response(
            MsgspecSerializer,
            raw_data=format_error('denied', error_type=ErrorType.user_msg),
            status_code=HTTPStatus(response.status_code),
        )

    return wrapped


@pytest.mark.parametrize('middleware', [_deny, _Deny])
@pytest.mark.parametrize('is_async', [True, False])
def test_wrapped_middleware(middleware: Any, *, is_async: bool) -> None:
    """Its answers are converted, all other responses pass through it."""
    wrapped = _in_our_format(middleware)

    class _Wrapped(Controller[MsgspecSerializer]):
        responses = (*wrapped.responses,)

        def get(self) -> str:
            return 'text'

    controller: Any = async_twin(_Wrapped) if is_async else _Wrapped
    controller = wrapped(controller)
    site = Site(serializer=MsgspecSerializer)
    send = site.answer_async if is_async else site.answer_sync

    with site.overridden():
        passed, denied, unknown = (
            send(controller, method, path, None, {})
            for method, path in (
                ('GET', '/'),
                ('GET', '/?deny=1'),
                ('PUT', '/?deny=1'),
            )
        )

    assert (200, 'text', 'yes') == (
        passed.status_code,
        passed.data,
        passed.headers['X-Seen'],
    )
    assert (
        418,
        {'detail': [{'msg': 'denied', 'type': 'user_msg'}]},
    ) == (denied.status_code, denied.data)
    assert 405 == unknown.status_code
    assert 'X-Seen' not in unknown.headers


@pytest.mark.parametrize('is_async', [True, False])
def test_wrapped_csrf_protect(*, is_async: bool) -> None:
    """The documented example: CSRF failures in the format of the API."""

    @wrap_middleware(
        csrf_protect,
        ResponseSpec(ErrorModel, status_code=HTTPStatus.FORBIDDEN),
    )
    def csrf_protect_json(response: HttpResponse) -> HttpResponse:
        return build_response(
            PydanticSerializer,
            raw_data=format_error(
                'CSRF verification failed. Request aborted.',
                error_type=ErrorType.user_msg,
            ),
            status_code=HTTPStatus(response.status_code),
        )

    class _Protected(Controller[PydanticSerializer]):
        responses = [*csrf_protect_json.responses]

        def post(self) -> dict[str, str]:
            return {'message': 'ok'}

    controller: Any = async_twin(_Protected) if is_async else _Protected
    controller = csrf_protect_json(controller)

    with Site(serializer=PydanticSerializer).overridden(), routed(controller):
        client = Client(enforce_csrf_checks=True)
        refused = client.post('/')
        client.cookies['csrftoken'] = 'a' * 32
        accepted = client.post('/', headers={'X-CSRFToken': 'a' * 32})

    assert (
        403,
        {
            'detail': [
                {
                    'msg': 'CSRF verification failed. Request aborted.',
                    'type': 'user_msg',
                },
            ],
        },
    ) == (refused.status_code, refused.json())
    assert (201, {'message': 'ok'}) == (
        accepted.status_code,
        accepted.json(),
    )


def test_wrapped_controllers_can_be_subclassed() -> None:
    """The middleware is that of the base, whatever colour the subclass has."""
    wrapped = _in_our_format(_deny)

    @wrapped
    class _Base(Controller[MsgspecSerializer]):
        responses = (*wrapped.responses,)

    class _Sync(_Base):
        def get(self) -> str:
            return 'sync'

    class _Async(_Base):
        async def get(self) -> str:
            return 'async'

    site = Site(serializer=MsgspecSerializer)
    with site.overridden():
        answers = [
            site.answer_sync(_Sync, 'GET', '/', None, {}),
            site.answer_async(_Async, 'GET', '/', None, {}),
        ]

    assert [('sync', 'yes'), ('async', 'yes')] == [
        (one.data, one.headers['X-Seen']) for one in answers
    ]


class _Endpointless(MiddlewareMixin):
    @override
    def __call__(self, request: Any) -> Any:
        raise AssertionError('must not be made')


def test_specs_of_a_wrapped_middleware() -> None:
    """All specs that were given are listed in order."""
    wrapped: Any = wrap_middleware(_Endpointless, _TEAPOT, _FOUND)(
        lambda response: response,
    )

    assert [_TEAPOT, _FOUND] == wrapped.responses
    assert callable(wrapped.decorator)
