"""Every 401 says how to authenticate."""

from http import HTTPStatus
from typing import Any, ClassVar

import pytest
from django.test import override_settings

from dmr import APIError, Controller, ResponseSpec, modify
from dmr.errors import ErrorModel, format_error
from dmr.exceptions import NotAuthenticatedError
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security import AsyncAuth, SyncAuth
from dmr.security.challenges import challenge
from tests.core.security.asking import ask, denied, outcome


class _Auth(SyncAuth):
    def __init__(
        self,
        *names: str,
        exc: Exception | None = None,
    ) -> None:
        self.names = names
        self.exc = exc

    @property
    def security_schemes(self) -> Any:
        return {name: {'type': 'http', 'scheme': name} for name in self.names}

    @property
    def security_requirement(self) -> Any:
        return {name: [] for name in self.names}

    def __call__(self, endpoint: Any, controller: Any) -> Any:
        if self.exc is not None:
            raise self.exc
        return None


class _AsyncAuth(AsyncAuth):
    security_schemes: ClassVar[Any] = {}
    security_requirement: ClassVar[Any] = {'async': []}

    async def __call__(self, endpoint: Any, controller: Any) -> Any:
        return None


def _guarded(*auths: Any) -> Any:
    class _Guarded(Controller[PydanticSerializer]):
        auth = auths

        def get(self) -> str:
            raise AssertionError('must not be called')

    return _Guarded


@pytest.mark.parametrize(
    ('auths', 'expected'),
    [
        ([_Auth('one')], 'one'),
        ([_Auth('one'), _Auth('two')], 'one, two'),
        ([_Auth('one'), _Auth('ONE')], 'one'),
        ([_Auth('cookie', 'csrf')], 'cookie+csrf'),
        ([_Auth('odd name')], 'odd_name'),
        ([_Auth()], 'Credentials'),
    ],
)
def test_each_way_in_is_named(auths: list[Any], expected: str) -> None:
    """A 401 has one challenge for each auth that differs."""
    response = ask(_guarded(*auths))

    assert denied(expected) == outcome(response)


def test_async_endpoints_name_their_ways_in() -> None:
    """The asynchronous twin does the same."""

    class _Guarded(Controller[PydanticSerializer]):
        auth = [_AsyncAuth()]

        async def get(self) -> str:
            raise AssertionError('must not be called')

    assert denied('async') == outcome(ask(_Guarded))


def test_a_better_challenge_stays() -> None:
    """What an auth says about a failure wins, other ways in are added."""
    exc = NotAuthenticatedError(
        headers={'WWW-Authenticate': 'one error="stale"'},
    )

    response = ask(_guarded(_Auth('one', exc=exc), _Auth('two')))

    assert denied('one error="stale", two') == outcome(response)


def test_own_description_of_401_may_leave_the_header_out() -> None:
    """The header is the framework's, responses are valid without a spec."""
    exc = NotAuthenticatedError(headers={'WWW-Authenticate': 'one x="y"'})

    class _Guarded(Controller[PydanticSerializer]):
        auth = [_Auth('one', exc=exc)]
        responses = [
            ResponseSpec(ErrorModel, status_code=HTTPStatus.UNAUTHORIZED),
        ]

        def get(self) -> str:
            raise AssertionError('must not be called')

    assert denied('one x="y"') == outcome(ask(_Guarded))


def test_endpoints_without_auth_have_a_challenge_too() -> None:
    """RFC 9110 demands one of every 401, whoever answers it."""

    class _Open(Controller[PydanticSerializer]):
        @modify(
            extra_responses=[
                ResponseSpec(ErrorModel, status_code=HTTPStatus.UNAUTHORIZED),
            ],
        )
        def get(self) -> str:
            raise APIError(
                format_error('Wrong'),
                status_code=HTTPStatus.UNAUTHORIZED,
            )

    expected = (401, {'detail': [{'msg': 'Wrong'}]}, 'Credentials')
    assert expected == outcome(ask(_Open))


def test_the_setting_takes_challenges_away() -> None:
    """Clients that cannot have the header get 401 without it."""
    with override_settings(DMR_SETTINGS={'www_authenticate': False}):
        controller = _guarded(_Auth('one'))
        response = ask(controller)

        spec = controller.api_endpoints['GET'].metadata.responses[
            HTTPStatus.UNAUTHORIZED
        ]

    assert denied(None) == outcome(response)
    assert spec.headers is None


def test_the_header_is_described() -> None:
    """Descriptions know the header from the 401 spec."""
    metadata = _guarded(_Auth('one')).api_endpoints['GET'].metadata

    spec = metadata.responses[HTTPStatus.UNAUTHORIZED]

    assert spec.headers is not None
    assert ['WWW-Authenticate'] == [*spec.headers]


@pytest.mark.parametrize(
    ('scheme', 'parameters', 'expected'),
    [
        ('Basic', {}, 'Basic'),
        ('Basic', {'realm': 'a'}, 'Basic realm="a"'),
        ('Basic', {'realm': 'a"b\\c'}, r'Basic realm="a\"b\\c"'),
        (
            'Basic',
            {'realm': 'a\r\nSet-Cookie: b'},
            'Basic realm="a__Set-Cookie: b"',
        ),
        ('Basic', {'realm': 'Zoë'}, 'Basic realm="Zo_"'),
        ('a b', {}, 'a_b'),
        ('', {}, 'Credentials'),
    ],
)
def test_challenge_is_a_valid_header(
    scheme: str,
    parameters: dict[str, str],
    expected: str,
) -> None:
    """Whatever stands in names, the header stays one header."""
    assert expected == challenge(scheme, **parameters)
