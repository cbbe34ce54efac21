"""Changes between two documents, and which of them break clients."""

import ast
import copy
from typing import Any

import pytest

from dmr.openapi.diff import Change, diff_documents
from dmr.openapi.pointer import Pointer

_USER: Any = {
    'type': 'object',
    'properties': {
        'name': {'type': 'string', 'maxLength': 10},
        'kind': {'enum': ['a', 'b']},
        'friend': {'$ref': '#/components/schemas/User'},
    },
    'required': ['name'],
}

_DOCUMENT: Any = {
    'openapi': '3.1.0',
    'info': {'title': 'T', 'version': '1'},
    'paths': {
        '/users/': {
            'get': {
                'operationId': 'list',
                'parameters': [
                    {
                        'name': 'page',
                        'in': 'query',
                        'schema': {'type': 'integer', 'minimum': 1},
                    },
                ],
                'responses': {
                    '200': {
                        'description': 'OK',
                        'headers': {'X-A': {'required': True}},
                        'content': {
                            'application/json': {
                                'schema': {
                                    '$ref': '#/components/schemas/User',
                                },
                            },
                        },
                    },
                    '404': {'description': 'Not found'},
                },
            },
            'post': {
                'operationId': 'add',
                'security': [{'basic': []}],
                'requestBody': {
                    'content': {
                        'application/json': {
                            'schema': {
                                'type': 'object',
                                'properties': {
                                    'name': {'type': 'string', 'maxLength': 10},
                                    'kind': {'enum': ['a', 'b']},
                                },
                                'required': ['name'],
                            },
                        },
                    },
                },
                'responses': {'201': {'description': 'Created'}},
            },
        },
    },
    'components': {
        'schemas': {'User': _USER},
        'securitySchemes': {'basic': {'type': 'http', 'scheme': 'basic'}},
    },
}

_GET = '#/paths/~1users~1/get'
_POST = '#/paths/~1users~1/post'
_REQUEST = f'{_POST}/requestBody/content/application~1json/schema'
_ANSWER = f'{_GET}/responses/200/content/application~1json/schema'


def _changed(pointer: str, value: Any) -> Any:
    """Return the document with *value* at *pointer*; `...` removes it."""
    document = copy.deepcopy(_DOCUMENT)
    *parents, last = Pointer.parse(pointer).parts
    target: Any = document
    for part in parents:
        target = target[int(part) if isinstance(target, list) else part]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return document


def test_equal_documents_have_no_changes() -> None:
    """Recursive models do not confuse the comparison."""
    assert [] == diff_documents(_DOCUMENT, copy.deepcopy(_DOCUMENT))


@pytest.mark.parametrize(
    ('pointer', 'value', 'expected'),
    [
        ('#/paths/~1new', {}, ('#/paths/~1new', 'path added', False)),
        (
            '#/paths/~1users~1',
            ...,
            ('#/paths/~1users~1', 'path removed', True),
        ),
        (f'{_GET}', ..., (_GET, 'operation removed', True)),
        (
            '#/paths/~1users~1/put',
            {},
            ('#/paths/~1users~1/put', 'operation added', False),
        ),
        (
            f'{_GET}/operationId',
            'all',
            (
                f'{_GET}/operationId',
                "renamed from 'list' to 'all', generated clients change",
                True,
            ),
        ),
        (
            f'{_GET}/deprecated',
            True,
            (f'{_GET}/deprecated', 'operation deprecated', False),
        ),
        (
            f'{_GET}/parameters',
            ...,
            (f'{_GET}/parameters/query:page', 'parameter removed', True),
        ),
        (
            f'{_GET}/parameters/0/required',
            True,
            (
                f'{_GET}/parameters/query:page/required',
                'parameter is required',
                True,
            ),
        ),
        (
            f'{_GET}/parameters/0/schema/minimum',
            2,
            (
                f'{_GET}/parameters/query:page/schema/minimum',
                '1 → 2',
                True,
            ),
        ),
        (
            f'{_GET}/parameters/0/schema/minimum',
            0,
            (
                f'{_GET}/parameters/query:page/schema/minimum',
                '1 → 0',
                False,
            ),
        ),
        (
            f'{_POST}/parameters',
            [{'name': 'x', 'in': 'header'}],
            (
                f'{_POST}/parameters/header:x',
                'optional parameter added',
                False,
            ),
        ),
        (
            f'{_POST}/parameters',
            [{'name': 'x', 'in': 'header', 'required': True}],
            (f'{_POST}/parameters/header:x', 'required parameter added', True),
        ),
        (
            f'{_POST}/requestBody',
            ...,
            (f'{_POST}/requestBody', 'request body removed', True),
        ),
        (
            f'{_POST}/requestBody/required',
            True,
            (f'{_POST}/requestBody/required', 'request body is required', True),
        ),
        (
            f'{_POST}/security',
            [{'basic': []}, {'bearer': []}],
            (f'{_POST}/security', 'another way to authenticate', False),
        ),
        (
            f'{_POST}/security',
            [{'bearer': []}],
            (f'{_POST}/security', 'a way to authenticate is gone', True),
        ),
        (
            f'{_GET}/security',
            [{'basic': []}],
            (f'{_GET}/security', 'a way to authenticate is gone', True),
        ),
        (
            f'{_GET}/responses/200',
            ...,
            (f'{_GET}/responses/200', 'response removed', True),
        ),
        (
            f'{_GET}/responses/404',
            ...,
            (f'{_GET}/responses/404', 'response removed', False),
        ),
        (
            f'{_GET}/requestBody',
            {'content': {}, 'required': True},
            (f'{_GET}/requestBody', 'request body added', True),
        ),
        (
            f'{_GET}/responses/200/headers/X-B',
            {},
            (f'{_GET}/responses/200/headers/X-B', 'header added', False),
        ),
        (
            f'{_GET}/responses/200/content/text~1plain',
            {},
            (
                f'{_GET}/responses/200/content/text~1plain',
                'media type added',
                False,
            ),
        ),
        (
            f'{_GET}/responses/500',
            {},
            (f'{_GET}/responses/500', 'response added', False),
        ),
        (
            f'{_GET}/responses/200/headers/X-A',
            ...,
            (f'{_GET}/responses/200/headers/X-A', 'header removed', True),
        ),
        (
            f'{_GET}/responses/200/content/application~1json',
            ...,
            (
                f'{_GET}/responses/200/content/application~1json',
                'media type removed',
                True,
            ),
        ),
        (
            '#/components/securitySchemes/basic/scheme',
            'bearer',
            (
                '#/components/securitySchemes/basic',
                'security scheme changed',
                True,
            ),
        ),
    ],
)
def test_change_of_an_operation(
    pointer: str,
    value: Any,
    expected: tuple[str, str, bool],
) -> None:
    """One change is one line, with the place where it is."""
    where, message, breaking = expected

    changes = diff_documents(_DOCUMENT, _changed(pointer, value))

    assert [
        Change(pointer=where, message=message, breaking=breaking),
    ] == changes


@pytest.mark.parametrize(
    ('pointer', 'value', 'message', 'breaks_requests', 'breaks_responses'),
    [
        ('properties/name/type', ['string', 'null'], 'also null', False, True),
        (
            'properties/name/type',
            'integer',
            'no longer string',
            True,
            False,
        ),
        ('properties/name/maxLength', 20, '10 → 20', False, True),
        ('properties/name/maxLength', 5, '10 → 5', True, False),
        ('properties/name/maxLength', ..., '10 → None', False, True),
        ('properties/name/pattern', '^a', "added: '^a'", True, False),
        ('properties/kind/enum', ['a'], "value 'b' removed", True, False),
        (
            'properties/kind/enum',
            ['a', 'b', 'c'],
            "value 'c' added",
            False,
            True,
        ),
        ('required', ['name', 'kind'], 'property is required', True, False),
        ('required', [], 'property is not required', False, True),
        (
            'properties/new',
            {},
            'optional property added',
            False,
            False,
        ),
        ('properties/kind', ..., 'property removed', False, True),
        (
            'properties/kind/enum',
            ...,
            'no longer limited to some values',
            False,
            True,
        ),
        ('properties/name/enum', ['a'], 'limited to some values', True, False),
        ('properties/name/format', 'uuid', "added: 'uuid'", True, False),
        ('allOf', [{}], 'parts changed', True, True),
        (
            'additionalProperties',
            False,
            'fewer additional properties',
            True,
            False,
        ),
    ],
)
def test_change_of_a_schema(
    pointer: str,
    value: Any,
    message: str,
    breaks_requests: bool,
    breaks_responses: bool,
) -> None:
    """Requests must not be refused, responses must not surprise."""
    request = diff_documents(
        _DOCUMENT,
        _changed(f'{_REQUEST}/{pointer}', value),
    )
    answer = diff_documents(
        _DOCUMENT,
        _changed(f'#/components/schemas/User/{pointer}', value),
    )

    assert (message, breaks_requests) in {
        (change.message, change.breaking) for change in request
    }
    assert (message, breaks_responses) in {
        (change.message, change.breaking) for change in answer
    }
    assert all(change.pointer.startswith(_REQUEST) for change in request)
    assert all(change.pointer.startswith(_ANSWER) for change in answer)


def _nested(old: Any, new: Any) -> set[tuple[str, bool]]:
    """Return the changes from *old* to *new* in a request."""
    place = f'{_REQUEST}/properties/name'
    changes = diff_documents(_changed(place, old), _changed(place, new))
    return {
        (change.pointer.removeprefix(place), change.breaking)
        for change in changes
    }


@pytest.mark.parametrize(
    ('old', 'new', 'expected'),
    [
        (
            {'type': 'array', 'items': {'maxLength': 2}},
            {'type': 'array', 'items': {'maxLength': 1}},
            {('/items/maxLength', True)},
        ),
        (
            {'additionalProperties': {'maxLength': 2}},
            {'additionalProperties': {'maxLength': 3}},
            {('/additionalProperties/maxLength', False)},
        ),
        (
            {'additionalProperties': False},
            {'additionalProperties': True},
            {('/additionalProperties', False)},
        ),
        (
            {'allOf': [{'maxLength': 2}]},
            {'allOf': [{'maxLength': 1}]},
            {('/allOf/0/maxLength', True)},
        ),
        (
            {'anyOf': [{'maxLength': 2}]},
            {'anyOf': [{'maxLength': 3}]},
            {('/anyOf/0/maxLength', False)},
        ),
        ({'pattern': 'a'}, {'pattern': 'b'}, {('/pattern', True)}),
        ({'pattern': 'a'}, {}, {('/pattern', False)}),
        (
            {'type': 'string', 'nullable': True},
            {'type': ['string', 'null']},
            set(),
        ),
        ({'items': True}, {'items': False}, {('/items/not', True)}),
    ],
)
def test_change_of_a_nested_schema(
    old: Any,
    new: Any,
    expected: set[tuple[str, bool]],
) -> None:
    """Every keyword that holds schemas is followed."""
    assert expected == _nested(old, new)


def test_alternatives() -> None:
    """Fewer alternatives refuse requests, more of them surprise clients."""
    one = [{'type': 'string'}]
    two = [{'type': 'string'}, {'type': 'integer'}]
    place = f'{_REQUEST}/properties/name'
    old = _changed(place, {'anyOf': one})
    new = _changed(place, {'anyOf': two})

    wider = diff_documents(old, new)
    narrower = diff_documents(new, old)

    assert [
        Change(
            pointer=f'{place}/anyOf',
            message='alternatives added',
            breaking=False,
        ),
    ] == wider
    assert [
        Change(
            pointer=f'{place}/anyOf',
            message='alternatives removed',
            breaking=True,
        ),
    ] == narrower


def test_renamed_component_is_no_change() -> None:
    """Clients see what is in a component, not what it is called."""
    document = copy.deepcopy(_DOCUMENT)
    text = str(document).replace('schemas/User', 'schemas/Person')
    renamed: Any = ast.literal_eval(text)
    schemas = renamed['components']['schemas']
    schemas['Person'] = schemas.pop('User')

    assert [] == diff_documents(_DOCUMENT, renamed)
