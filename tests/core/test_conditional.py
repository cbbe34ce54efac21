"""Clients say which version they know."""

import datetime as dt
import json
from http import HTTPStatus
from typing import Any, Final

import pytest
from django.http import HttpResponse

from dmr import Controller, ResponseSpec, validate
from dmr.conditional import (
    VERSION_HEADERS,
    Version,
    check_conditions,
    conditional_responses,
)
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.test import DMRAsyncRequestFactory, DMRRequestFactory

_TIME: Final = dt.datetime(2026, 1, 1, 12, 0, 0, 7, tzinfo=dt.UTC)
_DATE: Final = 'Thu, 01 Jan 2026 12:00:00 GMT'
_LATER: Final = 'Thu, 01 Jan 2026 12:00:01 GMT'
_EARLIER: Final = 'Thu, 01 Jan 2026 11:59:59 GMT'
_VERSION: Final = Version(etag='v7', last_modified=_TIME)

_OK: Final = ResponseSpec(
    str,
    status_code=HTTPStatus.OK,
    headers=VERSION_HEADERS,
)


class _Document(Controller[MsgspecSerializer]):
    responses = conditional_responses()

    @validate(_OK)
    def get(self) -> HttpResponse:
        return self._answer()

    @validate(_OK)
    def put(self) -> HttpResponse:
        return self._answer()

    def _answer(self) -> HttpResponse:
        check_conditions(self, _VERSION)
        return self.to_response(
            'text',
            status_code=HTTPStatus.OK,
            headers=_VERSION.headers,
        )


class _AsyncDocument(Controller[MsgspecSerializer]):
    responses = conditional_responses()

    @validate(_OK)
    async def get(self) -> HttpResponse:
        check_conditions(self, _VERSION)
        return self.to_response('text', headers=_VERSION.headers)


def _ask(method: str, **headers: str) -> Any:
    request = DMRRequestFactory().generic(
        method,
        '/',
        headers={name.replace('_', '-'): one for name, one in headers.items()},
    )
    return _Document.as_view()(request)


@pytest.mark.parametrize(
    ('method', 'headers', 'status'),
    [
        ('GET', {}, 200),
        ('GET', {'If_None_Match': '"v7"'}, 304),
        ('GET', {'If_None_Match': 'W/"v7"'}, 304),
        ('GET', {'If_None_Match': '"v6", "v7"'}, 304),
        ('GET', {'If_None_Match': '*'}, 304),
        ('GET', {'If_None_Match': '"v6"'}, 200),
        ('GET', {'If_Modified_Since': _DATE}, 304),
        ('GET', {'If_Modified_Since': _LATER}, 304),
        ('GET', {'If_Modified_Since': _EARLIER}, 200),
        ('GET', {'If_Modified_Since': 'yesterday'}, 200),
        ('GET', {'If_None_Match': '"v6"', 'If_Modified_Since': _DATE}, 200),
        ('PUT', {}, 200),
        ('PUT', {'If_Match': '"v7"'}, 200),
        ('PUT', {'If_Match': '"v6"'}, 412),
        ('PUT', {'If_Match': 'W/"v7"'}, 412),
        ('PUT', {'If_Match': 'v7'}, 412),
        ('PUT', {'If_Match': '"'}, 412),
        ('PUT', {'If_Match': ''}, 200),
        ('PUT', {'If_None_Match': '*'}, 412),
        ('PUT', {'If_Unmodified_Since': _DATE}, 200),
        ('PUT', {'If_Unmodified_Since': _EARLIER}, 412),
    ],
)
def test_conditions_are_those_of_the_rfc(
    method: str,
    headers: dict[str, str],
    status: int,
) -> None:
    """Every answer says which version is the current one."""
    response = _ask(method, **headers)

    assert response.status_code == status
    assert response.headers['ETag'] == '"v7"'
    assert response.headers['Last-Modified'] == _DATE


def test_unchanged_resource_has_no_body() -> None:
    """The client has it."""
    assert _ask('GET', If_None_Match='"v7"').content == b''


def test_failed_condition_is_an_error_of_the_api() -> None:
    """In the format of all others."""
    assert json.loads(_ask('PUT', If_Match='"v6"').content) == {
        'detail': [
            {
                'msg': 'The resource has changed since you have read it',
                'type': 'value_error',
            },
        ],
    }


async def test_async_endpoints_answer_the_same() -> None:
    """Nothing is awaited."""
    request = DMRAsyncRequestFactory().get(
        '/',
        headers={'If-None-Match': '"v7"'},
    )

    response: Any = await _AsyncDocument.as_view()(request)

    assert response.status_code == 304


def test_weak_versions_say_so() -> None:
    """Their responses may differ in details."""
    assert Version(etag='v', is_weak=True).headers == {'ETag': 'W/"v"'}


def test_resource_without_version_has_no_headers() -> None:
    """There is nothing to compare."""
    assert Version().headers == {}
