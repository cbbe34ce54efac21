"""Pages as responses, for each serializer."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.urls import path
from typing_extensions import TypedDict

from dmr import Controller, Query
from dmr.openapi import build_schema
from dmr.pagination import (
    CursorPaginated,
    CursorPaginator,
    CursorQuery,
    LimitOffsetPage,
    LimitOffsetPaginator,
    LimitOffsetQuery,
    Page,
    PageNumberPaginator,
    PageQuery,
    Paginated,
)
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.routing import Router
from dmr.test import DMRAsyncRequestFactory, DMRRequestFactory


class _User(TypedDict):
    name: str


def _users(found: Any) -> list[_User]:
    return [{'name': one.username} for one in found]


@pytest.fixture(
    params=[PydanticSerializer, MsgspecSerializer],
    ids=['pydantic', 'msgspec'],
)
def controllers(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return one controller for each kind of page."""
    serializer: Any = request.param

    class _ByCursor(Controller[serializer]):
        def get(
            self,
            parsed_query: Query[CursorQuery],
        ) -> CursorPaginated[_User]:
            page = CursorPaginator(
                User.objects.order_by('username'),
                parsed_query.per_page,
            ).page(parsed_query.cursor)
            return CursorPaginated(
                next_cursor=page.next_cursor,
                per_page=parsed_query.per_page,
                page=_users(page.objects_list),
            )

    class _ByOffset(Controller[serializer]):
        def get(
            self,
            parsed_query: Query[LimitOffsetQuery],
        ) -> LimitOffsetPage[_User]:
            page = LimitOffsetPaginator(
                queryset=User.objects.order_by('username'),
            ).page(limit=parsed_query.limit, offset=parsed_query.offset)
            return LimitOffsetPage(
                count=page.count,
                limit=page.limit,
                offset=page.offset,
                object_list=_users(page.object_list),
            )

    class _ByNumber(Controller[serializer]):
        async def get(
            self,
            parsed_query: Query[PageQuery],
        ) -> Paginated[_User]:
            found = await PageNumberPaginator(
                queryset=User.objects.order_by('username'),
                per_page=parsed_query.per_page,
            ).apage(parsed_query.page)
            return Paginated(
                count=found.count,
                num_pages=found.num_pages,
                per_page=found.per_page,
                page=Page(
                    number=found.page.number,
                    object_list=_users(found.page.object_list),
                ),
            )

    return {'cursor': _ByCursor, 'offset': _ByOffset, 'number': _ByNumber}


def _ask(controller: Any, **query: Any) -> Any:
    request = DMRRequestFactory().get('/', query_params=query)
    return controller.as_view()(request)


def _json(response: Any) -> Any:
    assert response.headers['Content-Type'] == 'application/json'
    return json.loads(response.content)


@pytest.mark.django_db
def test_cursor_leads_to_the_next_page(controllers: dict[str, Any]) -> None:
    """Until there is none."""
    for name in 'abc':
        User.objects.create(username=name)

    first = _json(_ask(controllers['cursor'], per_page=2))
    last = _json(
        _ask(
            controllers['cursor'],
            per_page=2,
            cursor=first.pop('next_cursor'),
        ),
    )

    assert first == {'per_page': 2, 'page': [{'name': 'a'}, {'name': 'b'}]}
    assert last == {
        'per_page': 2,
        'page': [{'name': 'c'}],
        'next_cursor': None,
    }


@pytest.mark.django_db
def test_bad_cursor_is_a_bad_request(controllers: dict[str, Any]) -> None:
    """With an error that says so."""
    response = _ask(controllers['cursor'], cursor='mine')

    assert response.status_code == 400
    assert _json(response) == {
        'detail': [
            {
                'msg': 'The cursor is invalid, begin again',
                'type': 'value_error',
            },
        ],
    }


@pytest.mark.django_db
def test_slice_knows_where_it_is(controllers: dict[str, Any]) -> None:
    """And how many rows there are."""
    for name in 'abc':
        User.objects.create(username=name)

    page = _json(_ask(controllers['offset'], limit=2, offset=1))

    assert page == {
        'count': 3,
        'limit': 2,
        'offset': 1,
        'object_list': [{'name': 'b'}, {'name': 'c'}],
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ('number', 'names'),
    [(1, ['a', 'b']), (2, ['c']), (9, [])],
)
async def test_async_pages_have_numbers(
    controllers: dict[str, Any],
    number: int,
    names: list[str],
) -> None:
    """A page behind the last one is empty."""
    for name in 'abc':
        await User.objects.acreate(username=name)
    request = DMRAsyncRequestFactory().get(
        '/',
        query_params={'page': number, 'per_page': 2},
    )

    page = _json(await controllers['number'].as_view()(request))

    assert page == {
        'count': 3,
        'num_pages': 2,
        'per_page': 2,
        'page': {
            'number': number,
            'object_list': [{'name': name} for name in names],
        },
    }


@pytest.mark.parametrize(
    ('kind', 'query'),
    [
        ('cursor', {'per_page': 0}),
        ('cursor', {'per_page': 101}),
        ('cursor', {'per_page': 'x'}),
        ('offset', {'limit': 101}),
        ('offset', {'offset': -1}),
        ('offset', {'offset': 2**63}),
    ],
)
def test_limits_of_pages_are_checked(
    controllers: dict[str, Any],
    kind: str,
    query: dict[str, Any],
) -> None:
    """Nobody fetches a whole table at once."""
    response = _ask(controllers[kind], **query)

    assert response.status_code == 400
    assert 'detail' in _json(response)


def test_pages_are_described(controllers: dict[str, Any]) -> None:
    """Parameters, models and errors are in the document."""
    router = Router(
        'api/',
        [
            path(f'{kind}/', made.as_view())
            for kind, made in controllers.items()
        ],
    )

    document: Any = build_schema(router).convert()

    operation = document['paths']['/api/cursor/']['get']
    names = {parameter['name'] for parameter in operation['parameters']}
    assert names == {'cursor', 'per_page'}
    assert '400' in operation['responses']
    properties = {
        name: {*schema.get('properties', ())}
        for name, schema in document['components']['schemas'].items()
    }
    assert {'next_cursor', 'per_page', 'page'} in properties.values()
    assert {'count', 'limit', 'offset', 'object_list'} in properties.values()
    assert {'count', 'num_pages', 'per_page', 'page'} in properties.values()
