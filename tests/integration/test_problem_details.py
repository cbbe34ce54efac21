"""Problem details (RFC 9457) for clients that ask for them."""

import json
from http import HTTPStatus
from typing import Any

import pytest
from typing_extensions import override

from dmr import Controller, NewCookie, Query, ResponseSpec, modify
from dmr.errors import ErrorModel, ErrorType
from dmr.exceptions import ValidationError
from dmr.headers import HeaderSpec
from dmr.negotiation import ContentType, get_conditional_types
from dmr.plugins.msgspec import MsgspecJsonRenderer
from dmr.problem_details import ProblemDetailsError, ProblemDetailsModel
from dmr.renderers import JsonRenderer
from tests.integration.serving import AnySerializer, Site

_PROBLEM = 'application/problem+json'
_CONFLICT = HTTPStatus.CONFLICT


def test_all_members() -> None:
    """Members that are given are in the body, extensions come last."""
    error = ProblemDetailsError(
        'No money',
        status_code=_CONFLICT,
        type='https://example.org/money',
        title='Poor',
        instance='/accounts/1',
        extra={'balance': 30},
    )

    assert {
        'detail': 'No money',
        'status': 409,
        'type': 'https://example.org/money',
        'title': 'Poor',
        'instance': '/accounts/1',
        'balance': 30,
    } == error.raw_data
    assert _PROBLEM == error.content_type


def test_few_members() -> None:
    """What is not given is left out."""
    error = ProblemDetailsError('No', status_code=_CONFLICT)

    assert {'detail': 'No', 'status': 409} == error.raw_data


def test_hidden_members() -> None:
    """Detail and status can be left out."""
    error = ProblemDetailsError(
        'No',
        status_code=_CONFLICT,
        title='Poor',
        show_status=False,
        show_detail=False,
    )

    assert ({'title': 'Poor'}, 409) == (error.raw_data, error.status_code)


@pytest.mark.parametrize(
    'name',
    ['detail', 'status', 'type', 'title', 'instance'],
)
def test_extensions_do_not_replace_members(name: str) -> None:
    """There is an argument for each member of the RFC."""
    with pytest.raises(ValueError, match='Field "extra" cannot contain'):
        ProblemDetailsError('No', status_code=_CONFLICT, extra={name: 1})


def test_error_model_is_conditional() -> None:
    """Each media type keeps its model."""
    model = ProblemDetailsError.error_model({ContentType.json: ErrorModel})
    other = ProblemDetailsError.error_model(
        {ContentType.json: ErrorModel},
        'application/vnd.problem+json',
    )

    assert {
        _PROBLEM: ProblemDetailsModel,
        'application/json': ErrorModel,
    } == get_conditional_types(model, ())
    assert {
        'application/vnd.problem+json': ProblemDetailsModel,
        'application/json': ErrorModel,
    } == get_conditional_types(other, ())


@pytest.mark.parametrize(
    ('error', 'options', 'expected'),
    [
        ('No', {}, {'detail': 'No'}),
        (
            'No',
            {'error_type': ErrorType.user_msg, 'status_code': _CONFLICT},
            {'detail': 'No', 'type': 'user_msg', 'status': 409},
        ),
        (
            ValidationError(
                [{'msg': 'a', 'type': 'first'}, {'msg': 'b', 'type': 'second'}],
                status_code=HTTPStatus.BAD_REQUEST,
            ),
            {'title': 'Wrong', 'instance': '/', 'extra': {'x': 1}},
            {
                'detail': 'a; b',
                'type': 'first',
                'status': 400,
                'title': 'Wrong',
                'instance': '/',
                'x': 1,
            },
        ),
    ],
)
def test_format_error(error: Any, options: Any, expected: Any) -> None:
    """Every error of the framework can be shown as a problem."""
    assert expected == ProblemDetailsError.format_error(error, **options)


class _Accounts(Controller[AnySerializer]):
    """Gives problems to clients that accept them, our model to others."""

    renderers = (
        MsgspecJsonRenderer(),
        JsonRenderer(ContentType.json_problem_details),
    )
    error_model = ProblemDetailsError.error_model(
        {ContentType.json: ErrorModel},
    )
    responses = (
        ResponseSpec(
            error_model,
            status_code=_CONFLICT,
            headers={'X-A': HeaderSpec()},
        ),
    )

    def get(self, parsed_query: Query[dict[str, int]]) -> int:
        raise ProblemDetailsError.conditional_error(
            'No money',
            status_code=_CONFLICT,
            controller=self,
            type='money',
            title='Poor',
            headers={'X-A': '1'},
        )

    @modify(validate_responses=False)
    def put(self) -> int:
        raise ProblemDetailsError.conditional_error(
            'No',
            status_code=_CONFLICT,
            controller=self,
            cookies={'c': NewCookie(value='1')},
            extra={'x': 1},
            show_status=False,
        )

    @override
    def format_error(self, error: Any, **options: Any) -> Any:
        if self.request.accepts(_PROBLEM) and not self.request.accepts(
            'application/json',
        ):
            return ProblemDetailsError.format_error(error, **options)
        return super().format_error(error, **options)


def test_client_that_accepts_problems(json_site: Site) -> None:
    """It gets the error as a problem."""
    answer = json_site.serve(_Accounts, headers={'Accept': _PROBLEM})

    assert (
        409,
        _PROBLEM,
        'Accept',
        '1',
        {
            'detail': 'No money',
            'status': 409,
            'type': 'money',
            'title': 'Poor',
        },
    ) == (
        answer.status_code,
        answer.headers['Content-Type'],
        answer.headers['Vary'],
        answer.headers['X-A'],
        answer.data,
    )


def test_client_that_does_not(json_site: Site) -> None:
    """It gets the error in the format of the controller."""
    answer = json_site.serve(_Accounts)

    assert (
        409,
        'application/json',
        '1',
        {'detail': [{'msg': 'No money', 'type': 'money'}]},
    ) == (
        answer.status_code,
        answer.headers['Content-Type'],
        answer.headers['X-A'],
        answer.data,
    )


def test_options_of_conditional_errors(json_site: Site) -> None:
    """They are those of the constructor; both forms take cookies."""
    problem = json_site.serve(_Accounts, 'PUT', headers={'Accept': _PROBLEM})
    other = json_site.serve(_Accounts, 'PUT')

    assert {'detail': 'No', 'x': 1} == problem.data
    assert [{'msg': 'No'}] == other.data['detail']
    assert 'c=1' in problem.cookies
    assert problem.cookies == other.cookies


def test_errors_of_the_framework_as_problems(json_site: Site) -> None:
    """Invalid requests are problems as well."""
    answer = json_site.serve(
        _Accounts,
        'GET',
        '/?a=b',
        headers={'Accept': _PROBLEM},
    )

    body = json.loads(answer.content)
    assert (400, _PROBLEM) == (
        answer.status_code,
        answer.headers['Content-Type'],
    )
    assert (400, 'value_error') == (body['status'], body['type'])
    assert isinstance(body['detail'], str)
