"""Bodies of errors."""

from typing import Any

import pytest
from django.test import override_settings
from django.utils import translation

from dmr.errors import ErrorType, format_error
from dmr.exceptions import (
    DataRenderingError,
    InternalServerError,
    NotAcceptableError,
    NotAuthenticatedError,
    RequestSerializationError,
    ResponseSchemaError,
    TooManyRequestsError,
    ValidationError,
)


def test_types_of_errors() -> None:
    """Values are names, they compare as strings."""
    assert [
        'value_error',
        'internal_error',
        'not_allowed',
        'security',
        'ratelimit',
        'user_msg',
        'not_found',
        'streaming',
    ] == list(ErrorType)
    assert list(ErrorType) == [one.name for one in ErrorType]


@pytest.mark.parametrize(
    ('options', 'detail'),
    [
        ({}, {'msg': 'text'}),
        ({'loc': 'field'}, {'msg': 'text', 'loc': ['field']}),
        ({'loc': ['a', 1]}, {'msg': 'text', 'loc': ['a', 1]}),
        (
            {'error_type': ErrorType.user_msg},
            {'msg': 'text', 'type': 'user_msg'},
        ),
        (
            {'loc': 'a', 'error_type': 'own'},
            {'msg': 'text', 'loc': ['a'], 'type': 'own'},
        ),
    ],
)
def test_text(options: Any, detail: Any) -> None:
    """Text becomes a message, place and type are as given."""
    body = format_error('text', **options)

    assert {'detail': [detail]} == body


@pytest.mark.parametrize(
    ('exc', 'message', 'error_type'),
    [
        (RequestSerializationError('a'), 'a', 'value_error'),
        (ResponseSchemaError('a'), 'a', 'value_error'),
        (NotAcceptableError('a'), 'a', 'value_error'),
        (NotAuthenticatedError(), 'Not authenticated', 'security'),
        (NotAuthenticatedError('a'), 'a', 'security'),
        (TooManyRequestsError(), 'Too many requests', 'ratelimit'),
        (TooManyRequestsError('a'), 'a', 'ratelimit'),
    ],
)
def test_exceptions_bring_their_type(
    exc: Exception,
    message: str,
    error_type: str,
) -> None:
    """The place is kept, another type is not."""
    body = format_error(exc, loc='x', error_type='other')

    assert {
        'detail': [{'msg': message, 'loc': ['x'], 'type': error_type}],
    } == body
    assert str is type(body['detail'][0]['msg'])
    assert str is type(body['detail'][0]['type'])


def test_validation_error_is_its_payload() -> None:
    """Details are not touched."""
    payload: Any = [{'msg': 'a', 'loc': ['b']}, {'msg': 'c'}]

    body = format_error(ValidationError(payload), loc='x', error_type='y')

    assert {'detail': payload} == body


@pytest.mark.parametrize(
    'exc',
    [
        InternalServerError('secret'),
        DataRenderingError('secret'),
        InternalServerError(),
    ],
)
@pytest.mark.parametrize('debug', [True, False])
def test_internal_errors_keep_secrets(exc: Exception, *, debug: bool) -> None:
    """Details are for developers only."""
    expected = exc.args[0] if debug and exc.args else 'Internal server error'

    with override_settings(DEBUG=debug):
        body = format_error(exc, loc='x', error_type='y')

    assert {'detail': [{'msg': expected}]} == body


def test_unknown_exceptions_are_not_shown() -> None:
    """Their text may be secret, their authors format them."""
    with pytest.raises(NotImplementedError, match='Cannot format error'):
        format_error(LookupError('secret'))


def test_default_messages_are_translated() -> None:
    """Messages are evaluated when the body is made."""
    exc = NotAuthenticatedError()

    with translation.override('de'):
        body = format_error(exc)

    assert 'Nicht authentifiziert' == body['detail'][0]['msg']
