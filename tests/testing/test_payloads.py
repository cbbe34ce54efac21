"""Requests are made from the models of endpoints."""

import datetime as dt
import decimal
import enum
import re
import uuid
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, ClassVar

import attrs
import msgspec
import pydantic
import pytest
from django.urls import path
from typing_extensions import TypedDict

from dmr import Body, Controller, Cookies, Headers, Path, Query, modify
from dmr.negotiation import ContentType, conditional_type
from dmr.parsers import FormUrlEncodedParser, JsonParser
from dmr.plugins.msgspec import (
    MsgpackParser,
    MsgpackRenderer,
    MsgspecJsonParser,
    MsgspecJsonRenderer,
    MsgspecSerializer,
)
from dmr.plugins.pydantic import PydanticSerializer
from dmr.test import (
    DMRAsyncClient,
    DMRAsyncRequestFactory,
    DMRClient,
    DMRRequestFactory,
)
from dmr.test.payloads import RequestParts, endpoint_factory


class _Colour(enum.Enum):
    red = 'red'
    blue = 'blue'


class _Rich(pydantic.BaseModel):
    hour: dt.time
    wait: dt.timedelta
    name: Annotated[str, pydantic.Field(min_length=3, max_length=5)]
    rating: Annotated[int, pydantic.Field(gt=3, lt=6)]
    day: dt.date
    at: dt.datetime
    price: decimal.Decimal
    key: uuid.UUID
    colour: _Colour
    tags: list[str]
    parent: '_Rich | None' = None


class _Struct(msgspec.Struct):
    name: Annotated[str, msgspec.Meta(min_length=3, max_length=5)]
    day: dt.date
    colour: _Colour
    others: list[int] | None


@dataclass
class _Data:
    number: int
    inner: list['_Plain']


class _Plain(TypedDict):
    name: str
    amount: float


@attrs.define
class _Attrs:
    name: str
    day: dt.date


class _Where(pydantic.BaseModel):
    book_id: Annotated[int, pydantic.Field(gt=0)]
    chapter: str


class _Asked(pydantic.BaseModel):
    __dmr_force_list__: ClassVar[frozenset[str]] = frozenset(('tag',))

    page: Annotated[int, pydantic.Field(gt=0)]
    exact: bool
    since: dt.date
    tag: Annotated[list[int], pydantic.Field(min_length=2, max_length=2)]
    until: dt.date | None = None


class _Sent(pydantic.BaseModel):
    request_id: Annotated[uuid.UUID, pydantic.Field(alias='X-Request-Id')]


class _Kept(TypedDict):
    session: str


class _All(Controller[PydanticSerializer]):
    def put(
        self,
        parsed_body: Body[_Rich],
        parsed_query: Query[_Asked],
        parsed_headers: Headers[_Sent],
        parsed_cookies: Cookies[_Kept],
        parsed_path: Path[_Where],
    ) -> list[str]:
        return [
            parsed_path.chapter,
            parsed_cookies['session'],
            str(parsed_headers.request_id),
        ]

    def get(self, parsed_query: Query[_Asked]) -> list[int]:
        return parsed_query.tag


def _controller(serializer: Any, model: Any) -> Any:
    class _One(Controller[serializer]):
        def post(self, parsed_body: Body[model]) -> None:
            """Accept the body."""

    class _OneAsync(Controller[serializer]):
        async def post(self, parsed_body: Body[model]) -> None:
            """Accept the body."""

    return [_One, _OneAsync]


class _Conditional(Controller[MsgspecSerializer]):
    parsers = [MsgspecJsonParser(), MsgpackParser()]
    renderers = [MsgspecJsonRenderer(), MsgpackRenderer()]

    def post(
        self,
        parsed_body: Body[
            Annotated[
                _Struct | _Plain,
                conditional_type(
                    {
                        ContentType.json: _Struct,
                        ContentType.msgpack: _Plain,
                    },
                ),
            ]
        ],
    ) -> str:
        return type(parsed_body).__name__


class _Form(Controller[PydanticSerializer]):
    parsers = [FormUrlEncodedParser(), JsonParser()]

    def post(self, parsed_body: Body[_Plain]) -> _Plain:
        return parsed_body


class _Isbn(pydantic.BaseModel):
    isbn: str
    title: str

    @pydantic.field_validator('isbn')
    @classmethod
    def _is_valid(cls, isbn: str) -> str:
        assert isbn == '978-3'
        return isbn


class _Strict(Controller[PydanticSerializer]):
    def post(self, parsed_body: Body[_Isbn]) -> _Isbn:
        return parsed_body

    def delete(self) -> str:
        """Take nothing."""
        return 'gone'


def _is_isbn(instance: Any, attribute: Any, isbn: str) -> None:
    if isbn != '978-3':
        raise ValueError('no ISBN')


@attrs.define
class _Checked:
    isbn: Annotated[str, 'checked'] = attrs.field(validator=_is_isbn)
    title: str = ''


class _Search(Controller[MsgspecSerializer]):
    allowed_http_methods = frozenset(('post', 'query'))

    def post(self, parsed_body: Body[_Checked]) -> str:
        return parsed_body.title

    @modify(status_code=HTTPStatus.OK)
    def query(self, parsed_body: Body[_Struct]) -> str:
        return parsed_body.name


urlpatterns = [
    path('search/', _Search.as_view()),
    path('all/<int:book_id>/<str:chapter>/', _All.as_view()),
    path('get/', _All.as_view()),
    path('conditional/', _Conditional.as_view()),
    path('form/', _Form.as_view()),
    path('strict/', _Strict.as_view()),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize(
    ('serializer', 'model'),
    [
        (PydanticSerializer, _Rich),
        (PydanticSerializer, _Data),
        (PydanticSerializer, _Plain),
        (PydanticSerializer, list[_Rich]),
        (PydanticSerializer, int | str),
        (MsgspecSerializer, _Struct),
        (MsgspecSerializer, _Data),
        (MsgspecSerializer, _Plain),
        (MsgspecSerializer, _Attrs),
        (MsgspecSerializer, dict[str, list[_Struct]]),
        (MsgspecSerializer, str),
    ],
)
async def test_bodies_are_accepted(serializer: Any, model: Any) -> None:
    """Whatever their models are made with, in both kinds of endpoints."""
    sync_view, async_view = _controller(serializer, model)

    for parts in endpoint_factory(sync_view, 'post').batch(10):
        response = sync_view.as_view()(parts.send(DMRRequestFactory(), '/'))
        assert 201 == response.status_code, response.content
    for parts in endpoint_factory(async_view, 'post').batch(10):
        request = parts.send(DMRAsyncRequestFactory(), '/')
        assert 201 == (await async_view.as_view()(request)).status_code


def test_all_parts_of_a_request_are_made() -> None:
    """They arrive where they belong, as the text that they are."""
    for parts in endpoint_factory(_All, 'put').batch(20):
        response = parts.send(DMRClient(), '/all/{book_id}/{chapter}/')

        expected = [
            parts.path['chapter'],
            parts.cookies['session'],
            parts.headers['X-Request-Id'],
        ]
        assert (200, expected) == (response.status_code, response.json())


async def test_async_client_sends_them_too() -> None:
    """It returns something to await."""
    parts = endpoint_factory(_All, 'put').build()

    response = await parts.send(DMRAsyncClient(), '/all/{book_id}/{chapter}/')

    assert 200 == response.status_code


def test_methods_without_body_send_none() -> None:
    """Lists in queries are fields that are repeated."""
    parts = endpoint_factory(_All, 'get').build(query={'tag': [1, 2]})

    response = parts.send(DMRClient(), '/get/')

    assert None is parts.content_type
    assert [1, 2] == response.json()


def test_same_seed_makes_the_same_requests() -> None:
    """A test that fails fails again."""
    first = endpoint_factory(_All, 'put', seed=7).batch(2)
    second = endpoint_factory(_All, 'put', seed=7).batch(2)
    other = endpoint_factory(_All, 'put', seed=8).batch(2)

    assert first == second
    assert first[0] != first[1]
    assert first != other


def test_times_do_not_depend_on_today() -> None:
    """The same requests are made tomorrow."""
    for parts in endpoint_factory(_All, 'put').batch(10):
        years = {
            parts.query['since'][:4],
            parts.body['day'][:4],
            parts.body['at'][:4],
        }
        assert {'2025'} == years - {'2026'}


@pytest.mark.parametrize(
    ('content_type', 'expected'),
    [
        (None, '_Struct'),
        ('application/json', '_Struct'),
        ('application/msgpack', 'dict'),
    ],
)
def test_body_is_for_a_content_type(
    content_type: str | None,
    expected: str,
) -> None:
    """By default the first one of the endpoint."""
    factory = endpoint_factory(
        _Conditional,
        'post',
        content_type=content_type,
    )

    response = factory.build().send(DMRClient(), '/conditional/')

    assert expected == response.json()


def test_forms_are_sent_as_forms() -> None:
    """When that is what the endpoint reads first."""
    parts = endpoint_factory(_Form, 'post').build()

    response = parts.send(DMRClient(), '/form/')

    assert 'application/x-www-form-urlencoded' == parts.content_type
    assert parts.body['name'] == response.json()['name']


def test_given_fields_are_taken() -> None:
    """The others are made."""
    parts = endpoint_factory(_Strict, 'post').build(body={'isbn': '978-3'})

    response = parts.send(DMRClient(), '/strict/')

    assert {'isbn': '978-3', 'title': parts.body['title']} == response.json()


def test_given_fields_may_be_wrong() -> None:
    """That is what a test of errors needs."""
    parts = endpoint_factory(_Strict, 'post').build(body={'isbn': '1'})

    response = parts.send(DMRClient(), '/strict/')

    assert 400 == response.status_code


def test_other_values_take_the_place_of_what_is_made() -> None:
    """A body that is no mapping is sent as it is."""
    parts = endpoint_factory(_Strict, 'post').build(
        body=['no', 'book'],
        query={'page': 1, 'all': True},
    )

    assert (
        RequestParts(
            method='post',
            content_type='application/json',
            body=['no', 'book'],
            query={'page': '1', 'all': 'true'},
        )
        == parts
    )


def test_endpoint_without_input_has_nothing() -> None:
    """It still can be sent."""
    parts = endpoint_factory(_Strict, 'delete').build()

    assert RequestParts(method='delete') == parts
    assert 'gone' == parts.send(DMRClient(), '/strict/').json()


def test_rules_that_cannot_be_guessed_are_an_error() -> None:
    """It says which fields are to be given, and how."""
    factory = endpoint_factory(_Strict, 'post')

    with pytest.raises(
        ValueError,
        match=r'(?s)Cannot make a body for _Strict.post.*isbn.*build\(body=',
    ):
        factory.build()


def test_unknown_method_is_an_error() -> None:
    """It names those that exist."""
    message = re.escape(
        "_Strict has no endpoint for 'put', only for ['DELETE', 'POST'].",
    )

    with pytest.raises(ValueError, match=message):
        endpoint_factory(_Strict, 'put')


def test_methods_that_clients_do_not_know_are_sent() -> None:
    """With their body."""
    parts = endpoint_factory(_Search, 'query').build()

    response = parts.send(DMRClient(), '/search/')

    assert parts.body['name'] == response.json()


def test_models_that_check_themselves_get_what_is_given() -> None:
    """They cannot be made without it."""
    factory = endpoint_factory(_Search, 'post')

    parts = factory.build(body={'isbn': '978-3'})

    assert parts.body['title'] == parts.send(DMRClient(), '/search/').json()
    with pytest.raises(ValueError, match='no ISBN'):
        factory.build()
