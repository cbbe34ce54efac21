"""What the serializer does beyond its contract."""

import datetime as dt
from typing import Any, Literal

import attrs
import pytest
from attrs import validators
from cattrs import Converter
from django.test import RequestFactory

from dmr import Body, Controller, Query, discovery
from dmr.exceptions import DataRenderingError
from dmr.renderers import JsonRenderer
from dmr_cattrs import (
    CattrsSchemaGenerator,
    CattrsSerializer,
    CattrsValidationError,
)


@attrs.define
class Cat:
    kind: Literal['cat']
    lives: int


@attrs.define
class Dog:
    kind: Literal['dog']
    age: int


@attrs.define
class Ticket:
    """A ticket of a shop."""

    count: int = attrs.field(validator=[validators.ge(1), validators.lt(10)])
    code: str = attrs.field(
        default='none',
        validator=validators.matches_re('[a-z]+'),
    )


@attrs.define
class Tree:
    children: list['Tree'] = attrs.field(factory=list)


class Money:
    def __init__(self, cents: int) -> None:
        self.cents = cents


class ShopSerializer(CattrsSerializer):
    @classmethod
    def configure(cls, converter: Converter) -> None:
        converter.register_structure_hook(Money, lambda cents, _: Money(cents))
        converter.register_unstructure_hook(Money, lambda money: money.cents)


def errors(unstructured: Any, model: Any) -> list[tuple[list[Any], str]]:
    with pytest.raises(CattrsValidationError) as caught:
        CattrsSerializer.from_python(unstructured, model, strict=None)
    return [(one['loc'], one['msg']) for one in caught.value.details]


def test_it_is_found_by_name() -> None:
    """The entry point leads to the class."""
    assert CattrsSerializer is discovery.get('dmr.serializers', 'cattrs')


def test_literals_choose_the_member_of_a_union() -> None:
    """The faults of that member are reported, with their places."""
    found = errors({'kind': 'dog', 'age': 'old'}, list[Cat | Dog] | Cat | Dog)

    assert found == [(['age'], 'Expected `int`, got `str`')]


def test_all_faults_are_reported() -> None:
    """Each with its place, however deep."""
    found = errors(
        [{'count': 'x'}, {'code': 1}, 5, {'count': 0}],
        list[Ticket],
    )

    assert found == [
        (['0', 'count'], 'Expected `int`, got `str`'),
        (['1', 'count'], 'Field is required'),
        (['1', 'code'], 'Expected `str`, got `int`'),
        (['2'], 'Expected `object`, got `int`'),
        (['3'], "'count' must be >= 1: 0"),
    ]


def test_faults_of_programs_are_not_hidden() -> None:
    """What a validator of the user's raises by mistake is no invalid data."""

    @attrs.define
    class Broken:
        x: int = attrs.field(validator=lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        CattrsSerializer.from_python({'x': 1}, Broken, strict=None)


def test_nesting_without_end_is_invalid() -> None:
    """Whoever allows such bodies gets an error, no crash."""
    nested: dict[str, Any] = {}
    for _ in range(5000):
        nested = {'children': [nested]}

    found = errors(nested, Tree)

    assert found[0][1] == 'Nested too deep'


def test_hooks_of_the_user_are_used() -> None:
    """For reading and for writing, wherever the type stands."""
    found = ShopSerializer.from_python([5], list[Money], strict=True)

    written = ShopSerializer.serialize({'a': found}, renderer=JsonRenderer())

    assert written == b'{"a":[5]}'


def test_moments_keep_their_microseconds() -> None:
    """Whatever the renderer would do."""
    moment = dt.datetime(2020, 1, 2, 3, 4, 5, 6, tzinfo=dt.UTC)

    written = CattrsSerializer.serialize([moment], renderer=JsonRenderer())

    assert written == b'["2020-01-02T03:04:05.000006Z"]'


def test_cycles_cannot_be_written() -> None:
    """They are an error, not the end of the process."""
    cycle: list[Any] = []
    cycle.append(cycle)

    with pytest.raises(DataRenderingError, match='Cannot simplify'):
        CattrsSerializer.serialize(cycle, renderer=JsonRenderer())


def test_schemas_have_what_validators_demand() -> None:
    """Clients see limits and patterns."""
    assert CattrsSchemaGenerator.get_schema(Ticket, '#/{model}') == (
        {'$ref': '#/Ticket'},
        {
            'Ticket': {
                'title': 'Ticket',
                'description': 'A ticket of a shop.',
                'type': 'object',
                'properties': {
                    'count': {
                        'type': 'integer',
                        'minimum': 1,
                        'exclusiveMaximum': 10,
                    },
                    'code': {
                        'type': 'string',
                        'pattern': '^(?:[a-z]+)$',
                        'default': 'none',
                    },
                },
                'required': ['count'],
            },
        },
    )


def test_unknown_types_have_no_schema() -> None:
    """The user registers one, or it is an error there."""
    assert CattrsSchemaGenerator.get_schema(list[Money], '#/{model}') is None


class Shop(Controller[CattrsSerializer]):
    def post(
        self,
        parsed_body: Body[Ticket],
        parsed_query: Query[dict[str, int]],
    ) -> Ticket:
        return attrs.evolve(parsed_body, count=parsed_query['count'])


def test_requests_are_served() -> None:
    """The text of a query becomes a number."""
    request = RequestFactory().post(
        '/?count=5',
        '{"count": 1}',
        content_type='application/json',
    )

    response = Shop.as_view()(request)

    assert (
        response.status_code,
        response.content,
    ) == (201, b'{"count":5,"code":"none"}')


def test_every_component_is_reported() -> None:
    """In one answer, with the names of the components."""
    request = RequestFactory().post(
        '/?count=x',
        '{}',
        content_type='application/json',
    )

    response = Shop.as_view()(request)

    assert response.status_code == 400
    assert b'["parsed_body","count"]' in response.content
    assert b'["parsed_query","count"]' in response.content
