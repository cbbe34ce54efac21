"""The plugin does what the contract of dmr asks for."""

import attrs
from attrs import validators

from dmr.test.contracts import (
    Capabilities,
    Example,
    SchemaGeneratorContract,
    SerializerContract,
    Wrong,
)
from dmr_cattrs import CattrsSchemaGenerator, CattrsSerializer


@attrs.define
class Point:
    x: int
    label: str = 'none'


@attrs.define
class Tree:
    name: str
    children: list['Tree'] = attrs.field(factory=list)


@attrs.define
class Named:
    first_name: str = attrs.field(alias='firstName')
    age: int = attrs.field(default=0, validator=validators.ge(0))


EXAMPLES = [
    Example(
        model=Point,
        body={'x': 1, 'label': 'a'},
        wrong=(
            Wrong(body={'x': 'a'}, loc=('x',)),
            Wrong(body={'label': 'a'}, loc=('x',)),
            Wrong(body=[]),
        ),
    ),
    Example(
        model=Tree,
        body={'name': 'a', 'children': [{'name': 'b', 'children': []}]},
        wrong=(
            Wrong(
                body={'name': 'a', 'children': [{'name': 1}]},
                loc=('children', '0', 'name'),
            ),
        ),
    ),
    Example(
        model=Named,
        body={'firstName': 'Ada', 'age': 36},
        wrong=(
            Wrong(body={'first_name': 'Ada'}, loc=('firstName',)),
            Wrong(body={'firstName': 'Ada', 'age': -1}),
        ),
    ),
]


class TestCattrsSerializer(SerializerContract):
    serializer = CattrsSerializer
    plugin_name = 'cattrs'
    capabilities = Capabilities(every_error=True)
    point = Point
    examples = EXAMPLES


class TestCattrsSchemaGenerator(SchemaGeneratorContract):
    schema_generator = CattrsSchemaGenerator
    point = Point
    examples = EXAMPLES
