"""Who answers an error: the endpoint, its controller, the settings, nobody."""

from http import HTTPStatus
from typing import Any

import pytest
from django.http import HttpResponse

from dmr import APIError, Controller, RedirectTo, ResponseSpec, modify
from dmr.errors import ErrorModel, ErrorType, global_error_handler, wrap_handler
from dmr.headers import HeaderSpec
from tests.integration.serving import AnySerializer, Site

_TEAPOT = ResponseSpec(ErrorModel, status_code=HTTPStatus.IM_A_TEAPOT)
_CONFLICT = ResponseSpec(ErrorModel, status_code=HTTPStatus.CONFLICT)
_FOUND = ResponseSpec(
    None,
    status_code=HTTPStatus.FOUND,
    headers={'Location': HeaderSpec()},
)


class _OddError(Exception):
    """Nobody knows it."""


def _body(message: str) -> dict[str, Any]:
    return {'detail': [{'msg': message, 'type': 'user_msg'}]}


def _teapot(endpoint: Any, controller: Any, exc: Exception) -> HttpResponse:
    response: HttpResponse = controller.to_error(
        controller.format_error(
            f'endpoint: {type(exc).__name__}',
            error_type=ErrorType.user_msg,
        ),
        status_code=HTTPStatus.IM_A_TEAPOT,
    )
    return response


def _decline(endpoint: Any, controller: Any, exc: Exception) -> HttpResponse:
    raise exc


def _global_conflict(
    endpoint: Any,
    controller: Any,
    exc: Exception,
) -> HttpResponse:
    if isinstance(exc, _OddError):
        response: HttpResponse = controller.to_error(
            controller.format_error('global', error_type=ErrorType.user_msg),
            status_code=HTTPStatus.CONFLICT,
        )
        return response
    return global_error_handler(endpoint, controller, exc)


def test_endpoint_handler_is_asked_first(site: Site) -> None:
    """What the endpoint's own handler returns is the answer."""

    class _Errors(Controller[AnySerializer]):
        responses = (_TEAPOT,)

        @modify(error_handler=_teapot)
        def get(self) -> str:
            raise _OddError

        def handle_error(
            self,
            endpoint: Any,
            controller: Any,
            exc: Exception,
        ) -> HttpResponse:
            raise AssertionError('must not be asked')

    answer = site.serve(_Errors)

    assert (418, _body('endpoint: _OddError')) == (
        answer.status_code,
        answer.data,
    )


def test_controller_handler_is_asked_next(site: Site) -> None:
    """The controller answers what the endpoint's handler declines."""

    class _Errors(Controller[AnySerializer]):
        responses = (_CONFLICT,)

        @modify(error_handler=_decline)
        def get(self) -> str:
            raise _OddError('wow')

        def handle_error(
            self,
            endpoint: Any,
            controller: Any,
            exc: Exception,
        ) -> HttpResponse:
            assert controller is self
            assert 'GET' in self.api_endpoints
            assert endpoint is self.api_endpoints['GET']
            return self.to_error(
                self.format_error(str(exc), error_type=ErrorType.user_msg),
                status_code=HTTPStatus.CONFLICT,
            )

    answer = site.serve(_Errors)

    assert (409, _body('wow')) == (answer.status_code, answer.data)


@pytest.mark.parametrize(
    'handler',
    [_global_conflict, f'{__name__}._global_conflict'],
)
def test_global_handler_is_asked_last(site: Site, handler: Any) -> None:
    """The handler of the settings answers what all others decline."""

    class _Errors(Controller[AnySerializer]):
        responses = (_CONFLICT,)

        @modify(error_handler=_decline)
        def get(self) -> str:
            raise _OddError

    answer = site.configured(global_error_handler=handler).serve(_Errors)

    assert (409, _body('global')) == (answer.status_code, answer.data)


def test_unknown_error_escapes(site: Site) -> None:
    """What nobody answers reaches Django as it was raised."""

    class _Errors(Controller[AnySerializer]):
        def get(self) -> str:
            raise _OddError('unknown')

    raised = site.fail(_Errors)

    assert (_OddError, ('unknown',)) == (type(raised), raised.args)


@pytest.mark.parametrize('level', ['endpoint', 'controller', 'global'])
def test_fault_of_a_handler_escapes_chained(site: Site, level: str) -> None:
    """A bug in a handler is not hidden, and shows what was being handled."""

    def broken(endpoint: Any, controller: Any, exc: Exception) -> HttpResponse:
        return undefined_name  # type: ignore[name-defined]  # noqa: F821

    class _Errors(Controller[AnySerializer]):
        @modify(error_handler=broken if level == 'endpoint' else _decline)
        def get(self) -> str:
            raise _OddError('first')

        def handle_error(
            self,
            endpoint: Any,
            controller: Any,
            exc: Exception,
        ) -> HttpResponse:
            if level == 'controller':
                return broken(endpoint, controller, exc)
            raise exc

    configured = site
    if level == 'global':
        configured = site.configured(global_error_handler=broken)

    raised = configured.fail(_Errors)

    assert (NameError, _OddError) == (type(raised), type(raised.__context__))


def test_other_error_of_endpoint_handler_is_not_given_on(site: Site) -> None:
    """Only the first error is handled, a second one is a bug."""

    def replace(endpoint: Any, controller: Any, exc: Exception) -> HttpResponse:
        raise KeyError('second') from exc

    class _Errors(Controller[AnySerializer]):
        responses = (_CONFLICT,)

        @modify(error_handler=replace)
        def get(self) -> str:
            raise _OddError

        def handle_error(
            self,
            endpoint: Any,
            controller: Any,
            exc: Exception,
        ) -> HttpResponse:
            raise AssertionError('must not be asked')

    raised = site.fail(_Errors)

    assert (KeyError, _OddError) == (type(raised), type(raised.__cause__))


@pytest.mark.parametrize('level', ['endpoint', 'controller', 'global'])
def test_api_error_of_a_handler_is_the_answer(site: Site, level: str) -> None:
    """Handlers may answer with `APIError`."""

    def answer(endpoint: Any, controller: Any, exc: Exception) -> HttpResponse:
        raise APIError(
            controller.format_error(level, error_type=ErrorType.user_msg),
            status_code=HTTPStatus.CONFLICT,
        )

    class _Errors(Controller[AnySerializer]):
        responses = (_CONFLICT,)

        @modify(error_handler=answer if level == 'endpoint' else _decline)
        def get(self) -> str:
            raise _OddError

        def handle_error(
            self,
            endpoint: Any,
            controller: Any,
            exc: Exception,
        ) -> HttpResponse:
            if level == 'controller':
                return answer(endpoint, controller, exc)
            raise exc

    configured = site
    if level == 'global':
        configured = site.configured(global_error_handler=answer)

    response = configured.serve(_Errors)

    assert (409, _body(level)) == (response.status_code, response.data)


def test_redirect_of_a_handler_is_the_answer(site: Site) -> None:
    """Handlers may answer with `RedirectTo`."""

    def answer(endpoint: Any, controller: Any, exc: Exception) -> HttpResponse:
        raise RedirectTo('/login/')

    class _Errors(Controller[AnySerializer]):
        responses = (_FOUND,)

        @modify(error_handler=answer)
        def get(self) -> str:
            raise _OddError

    response = site.serve(_Errors)

    assert (302, '/login/', b'') == (
        response.status_code,
        response.headers['Location'],
        response.content,
    )


def test_answer_of_a_handler_is_validated(site: Site) -> None:
    """A handler cannot give a response that is not described."""

    class _Errors(Controller[AnySerializer]):
        @modify(error_handler=_teapot)
        def get(self) -> str:
            raise _OddError

    answer = site.serve(_Errors)

    assert (
        422,
        {
            'detail': [
                {
                    'msg': (
                        'Returned status code 418 is not specified in the '
                        'list of allowed status codes: [200, 422, 406]'
                    ),
                    'type': 'value_error',
                },
            ],
        },
    ) == (answer.status_code, answer.data)


def test_handler_may_return_raw_data(site: Site) -> None:
    """Raw data of a handler are like raw data of the endpoint."""

    def recovered(endpoint: Any, controller: Any, exc: Exception) -> Any:
        return 'recovered'

    class _Errors(Controller[AnySerializer]):
        @modify(error_handler=recovered)
        def get(self) -> str:
            raise _OddError

    answer = site.serve(_Errors)

    assert (200, 'recovered') == (answer.status_code, answer.data)


def test_raw_data_of_a_handler_before_negotiation(json_site: Site) -> None:
    """A handler may return raw data even when nothing was negotiated."""

    class _Errors(Controller[AnySerializer]):
        def get(self) -> str:
            raise AssertionError('must not be called')

        def handle_error(
            self,
            endpoint: Any,
            controller: Any,
            exc: Exception,
        ) -> Any:
            return type(exc).__name__

    answer = json_site.serve(_Errors, headers={'Accept': 'text/html'})

    assert (200, 'NotAcceptableError') == (answer.status_code, answer.data)


def test_framework_errors_go_through_handlers_too(site: Site) -> None:
    """Invalid requests can be answered differently."""

    class _Errors(Controller[AnySerializer]):
        responses = (_CONFLICT,)

        def get(self) -> str:
            raise AssertionError('must not be called')

        def handle_error(
            self,
            endpoint: Any,
            controller: Any,
            exc: Exception,
        ) -> HttpResponse:
            return self.to_error(
                self.format_error(
                    type(exc).__name__,
                    error_type=ErrorType.user_msg,
                ),
                status_code=HTTPStatus.CONFLICT,
            )

    answer = site.serve(_Errors, headers={'Accept': 'text/html'})

    assert (409, _body('NotAcceptableError')) == (
        answer.status_code,
        answer.data,
    )


def test_invalid_responses_do_not_go_through_handlers(site: Site) -> None:
    """A response that breaks its spec is 422, whatever handlers say."""

    class _Errors(Controller[AnySerializer]):
        def get(self) -> int:
            return 'text'  # type: ignore[return-value]  # this is the fault

        def handle_error(
            self,
            endpoint: Any,
            controller: Any,
            exc: Exception,
        ) -> HttpResponse:
            raise AssertionError('must not be asked')

    answer = site.serve(_Errors)

    assert 422 == answer.status_code


def test_wrapped_method_is_an_error_handler(site: Site) -> None:
    """`wrap_handler` gives the controller as self and as argument."""

    class _Errors(Controller[AnySerializer]):
        responses = (_CONFLICT,)
        word = 'own'

        def on_error(
            self,
            endpoint: Any,
            controller: Any,
            exc: Exception,
        ) -> HttpResponse:
            assert controller is self
            return self.to_error(
                self.format_error(self.word, error_type=ErrorType.user_msg),
                status_code=HTTPStatus.CONFLICT,
            )

        @modify(error_handler=wrap_handler(on_error))
        def get(self) -> str:
            raise _OddError

    answer = site.serve(_Errors)

    assert (409, _body('own')) == (answer.status_code, answer.data)


async def test_wrapped_async_method_stays_async() -> None:
    """`wrap_handler` keeps the colour of the method."""

    async def on_error(
        self: str,
        endpoint: Any,
        controller: Any,
        exc: Exception,
    ) -> Any:
        return self, endpoint, controller, exc

    handler: Any = wrap_handler(on_error)
    error = _OddError()

    answer = await handler('endpoint', 'controller', error)

    assert ('controller', 'endpoint', 'controller', error) == answer


def test_documented_global_handler_works(site: Site) -> None:
    """The handler from the documentation answers what it says."""

    def custom(endpoint: Any, controller: Any, exc: Exception) -> HttpResponse:
        if isinstance(exc, ZeroDivisionError):
            response: HttpResponse = controller.to_error(
                controller.format_error(
                    'Cannot divide by zero',
                    error_type=ErrorType.user_msg,
                ),
                status_code=HTTPStatus.CONFLICT,
            )
            return response
        return global_error_handler(endpoint, controller, exc)

    class _Errors(Controller[AnySerializer]):
        responses = (_CONFLICT,)

        def get(self) -> float:
            return 1 / 0

    answer = site.configured(global_error_handler=custom).serve(_Errors)

    assert (409, _body('Cannot divide by zero')) == (
        answer.status_code,
        answer.data,
    )
