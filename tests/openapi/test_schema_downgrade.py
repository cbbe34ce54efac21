"""JSON Schema 2020-12 in the words of OpenAPI 3.0."""

from typing import Any

import pytest
from openapi_schema_validator import OAS30Validator, OAS31Validator

from dmr.openapi.schema_downgrade import downgrade_schema

_NULL = {'type': 'string', 'nullable': True, 'enum': [None]}
_REF = {'$ref': '#/components/schemas/A'}


@pytest.mark.parametrize(
    ('schema', 'expected'),
    [
        (True, {}),
        (False, {'not': {}}),
        ({'type': 'string'}, {'type': 'string'}),
        ({'type': 'null'}, _NULL),
        ({'const': None}, _NULL),
        ({'const': 'x'}, {'enum': ['x']}),
        (
            {'type': ['string', 'null']},
            {'type': 'string', 'nullable': True},
        ),
        (
            {'type': ['string', 'null'], 'enum': ['a']},
            {'type': 'string', 'nullable': True, 'enum': ['a', None]},
        ),
        (
            {'type': ['string', 'array', 'null'], 'title': 'T'},
            {
                'title': 'T',
                'anyOf': [
                    {'type': 'string'},
                    {'type': 'array', 'items': {}},
                    _NULL,
                ],
            },
        ),
        (
            {'anyOf': [{'type': 'integer'}, {'type': 'null'}], 'title': 'T'},
            {'type': 'integer', 'title': 'T', 'nullable': True},
        ),
        (
            {'anyOf': [_REF, {'type': 'null'}]},
            {'anyOf': [_REF, _NULL]},
        ),
        (
            {'oneOf': [{'type': 'string'}, _REF, {'type': 'null'}]},
            {'oneOf': [{'type': 'string'}, _REF, _NULL]},
        ),
        (
            {'type': 'number', 'exclusiveMinimum': 1, 'exclusiveMaximum': 9},
            {
                'type': 'number',
                'minimum': 1,
                'exclusiveMinimum': True,
                'maximum': 9,
                'exclusiveMaximum': True,
            },
        ),
        (
            {'minimum': 5, 'exclusiveMinimum': 1},
            {'minimum': 5},
        ),
        ({**_REF, 'description': 'd'}, {'allOf': [_REF], 'description': 'd'}),
        (
            {
                'type': 'array',
                'prefixItems': [{'type': 'string'}, {'type': 'integer'}],
                'minItems': 2,
                'maxItems': 2,
            },
            {
                'type': 'array',
                'items': {'anyOf': [{'type': 'string'}, {'type': 'integer'}]},
                'minItems': 2,
                'maxItems': 2,
            },
        ),
        (
            {'type': 'array', 'prefixItems': [_REF], 'items': False},
            {'type': 'array', 'items': _REF, 'maxItems': 1},
        ),
        ({'type': 'array'}, {'type': 'array', 'items': {}}),
        ({'type': 'array', 'items': True}, {'type': 'array', 'items': {}}),
        (
            {'patternProperties': {'^x': _REF}, 'additionalProperties': False},
            {'additionalProperties': _REF},
        ),
        ({'patternProperties': {'^x': _REF}}, {}),
        (
            {'type': 'string', 'contentEncoding': 'base64'},
            {'type': 'string', 'format': 'byte'},
        ),
        (
            {'contentMediaType': 'application/octet-stream'},
            {'format': 'binary'},
        ),
        ({'examples': [1, 2]}, {'example': 1}),
        ({'examples': [1, 2], 'example': 3}, {'example': 3}),
        ({'if': {}, 'then': {}, '$comment': 'c', 'propertyNames': {}}, {}),
        (
            {'properties': {'const': {'const': 1}, 'if': {'type': 'null'}}},
            {'properties': {'const': {'enum': [1]}, 'if': _NULL}},
        ),
        (
            {'additionalProperties': {'type': ['integer', 'null']}},
            {'additionalProperties': {'type': 'integer', 'nullable': True}},
        ),
        ({'additionalProperties': False}, {'additionalProperties': False}),
    ],
)
def test_schema_is_rewritten(schema: Any, expected: Any) -> None:
    """Each keyword that OpenAPI 3.0 lacks has a counterpart, or is removed."""
    assert expected == downgrade_schema(schema)


_INSTANCES = (None, 0, 5, 1.5, '', 'a', 'b', [], [1], [None], {}, {'a': 1})


@pytest.mark.parametrize(
    'schema',
    [
        {'type': ['string', 'null']},
        {'type': ['string', 'null'], 'enum': ['a', None]},
        {'type': ['integer', 'array', 'null']},
        {'anyOf': [{'type': 'integer'}, {'type': 'null'}]},
        {'anyOf': [{'type': 'object', 'required': ['a']}, {'type': 'null'}]},
        {'anyOf': [{'enum': ['a']}, {'type': 'string'}, {'type': 'null'}]},
        {'const': 'a'},
        {'type': 'null'},
        {'type': 'number', 'exclusiveMinimum': 0, 'exclusiveMaximum': 5},
        {'type': 'array', 'items': {'type': ['integer', 'null']}},
        {'type': 'array', 'prefixItems': [{'type': 'null'}], 'items': False},
        {'type': 'object', 'properties': {'a': {'const': 2}}},
    ],
)
def test_rewritten_schema_accepts_the_same(schema: Any) -> None:
    """Validators of both versions agree about every kind of value."""
    downgraded = downgrade_schema(schema)

    before = [OAS31Validator(schema).is_valid(one) for one in _INSTANCES]
    after = [OAS30Validator(downgraded).is_valid(one) for one in _INSTANCES]

    assert before == after


def test_the_given_schema_is_left_alone() -> None:
    """What a user or a registry holds is not edited."""
    schema = {'anyOf': [{'const': 1}, {'type': 'null'}]}

    downgrade_schema(schema)

    assert {'anyOf': [{'const': 1}, {'type': 'null'}]} == schema
