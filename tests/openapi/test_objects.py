"""How OpenAPI objects become JSON values."""

import enum
from typing import Any

import pytest
from django.utils.translation import gettext_lazy

from dmr.openapi.objects import (
    XML,
    Components,
    Encoding,
    Header,
    Info,
    MediaType,
    MediaTypeMetadata,
    OAuthFlow,
    OpenAPI,
    OpenAPIFormat,
    OpenAPIType,
    Operation,
    Parameter,
    ParameterMetadata,
    PathItem,
    Reference,
    RequestBody,
    Response,
    Schema,
    SecurityScheme,
    Tag,
)
from dmr.openapi.objects.openapi import convert, normalize_key, normalize_value


class _Level(enum.Enum):
    LOW = 'low'


@pytest.mark.parametrize(
    ('name', 'expected'),
    [
        ('title', 'title'),
        ('ref', '$ref'),
        ('self_uri', '$self'),
        ('param_in', 'in'),
        ('security_scheme_in', 'in'),
        ('schema', 'schema'),
        ('schema_not', 'not'),
        ('schema_if', 'if'),
        ('schema_else', 'else'),
        ('any_of', 'anyOf'),
        ('open_id_connect_url', 'openIdConnectUrl'),
        ('oauth2_metadata_url', 'oauth2MetadataUrl'),
        ('additional_operations', 'additionalOperations'),
    ],
)
def test_field_names_are_spelled_as_in_documents(
    name: str,
    expected: str,
) -> None:
    """Fields have Python names, documents have those of the specification."""
    assert expected == normalize_key(name)


@pytest.mark.parametrize(
    ('value', 'expected'),
    [
        (None, None),
        (False, False),
        (0, 0),
        ([], []),
        ({}, {}),
        ([None], [None]),
        ({'a': None}, {'a': None}),
        ({'snake_key': 1}, {'snake_key': 1}),
        ({_Level.LOW: _Level.LOW}, {'low': 'low'}),
        ((1, _Level.LOW), [1, 'low']),
        ([Tag(name='a')], [{'name': 'a'}]),
        (gettext_lazy('Text'), 'Text'),
        (Tag, Tag),
    ],
)
def test_values_become_json_values(value: Any, expected: Any) -> None:
    """Keys of mappings are data and keep their spelling."""
    assert expected == normalize_value(value, convert)


@pytest.mark.parametrize(
    ('instance', 'expected'),
    [
        (Schema(), {}),
        (
            Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.UUID),
            {'type': 'string', 'format': 'uuid'},
        ),
        (Schema(format='int32'), {'format': 'int32'}),
        (Schema(required=['a']), {'required': ['a']}),
        (
            Schema(enum=[None], default=False),
            {'enum': [None], 'default': False},
        ),
        (
            Schema(schema_not=Reference(ref='#/a'), items=False),
            {'not': {'$ref': '#/a'}, 'items': False},
        ),
        (
            Schema(title='A', extensions={'x-b': {'c_d': 1}}),
            {'title': 'A', 'x-b': {'c_d': 1}},
        ),
        (
            Parameter(name='q', param_in='query', required=False),
            {'deprecated': False, 'name': 'q', 'in': 'query'},
        ),
        (Operation(), {'deprecated': False}),
        (Operation(tags=[]), {'tags': [], 'deprecated': False}),
        (
            PathItem(additional_operations={'LINK': Operation()}),
            {'additionalOperations': {'LINK': {'deprecated': False}}},
        ),
        (
            RequestBody(content={}, required=False),
            {'content': {}},
        ),
        (Response(description=''), {'description': ''}),
        (
            Header(required=True, example='7'),
            {'required': True, 'example': '7'},
        ),
        (XML(name='a'), {'name': 'a', 'attribute': False, 'wrapped': False}),
        (
            SecurityScheme(type='apiKey', security_scheme_in='header'),
            {'type': 'apiKey', 'in': 'header'},
        ),
        (
            OAuthFlow(token_url='/t', scopes={}),
            {'tokenUrl': '/t', 'scopes': {}},
        ),
        (
            Components(schemas={}, security_schemes={'a': {'type': 'http'}}),
            {'schemas': {}, 'securitySchemes': {'a': {'type': 'http'}}},
        ),
    ],
)
def test_objects_are_converted(instance: Any, expected: Any) -> None:
    """Only ``None`` and an empty or false ``required`` are left out."""
    assert expected == convert(instance)


def test_keys_are_in_the_order_of_the_fields() -> None:
    """Documents read like the specification, and are the same every time."""
    document = OpenAPI(
        openapi='3.1.0',
        paths={},
        info=Info(version='1', title='T'),
    )

    assert ['info', 'openapi', 'paths'] == list(document.convert())


def test_media_type_without_schema_is_refused() -> None:
    """A media type says what is in it."""
    with pytest.raises(ValueError, match='`schema` and `item_schema`'):
        MediaType()


@pytest.mark.parametrize('kind', [MediaType, MediaTypeMetadata])
def test_encodings_of_objects_and_arrays_exclude_each_other(kind: Any) -> None:
    """A body is either an object or an array."""
    schema = {'schema': Schema()} if kind is MediaType else {}

    with pytest.raises(ValueError, match='`encoding` and `item_encoding`'):
        kind(**schema, encoding={'a': Encoding()}, item_encoding=Encoding())


@pytest.mark.parametrize(
    'metadata',
    [
        MediaTypeMetadata(example={'a': 1}, encoding={'a': Encoding()}),
        ParameterMetadata(example={'a': 1}, description='d'),
    ],
)
def test_metadata_can_stand_in_annotations(metadata: Any) -> None:
    """Annotations are keys, so what stands in them must be hashable."""
    assert 1 == len({metadata, metadata})


def test_explicit_validation_reports_an_invalid_document() -> None:
    """Validation is there for those who ask for it."""
    document = OpenAPI(
        info=Info(title='T', version='1'),
        openapi='3.1.0',
        paths={'no-slash': PathItem()},
    )

    with pytest.raises(Exception, match='no-slash'):
        document.convert(skip_validation=False)


def test_conversion_does_not_validate_by_default() -> None:
    """Nobody who asks for a document waits for a validator."""
    document = OpenAPI(
        info=Info(title='T', version='1'),
        openapi='3.1.0',
        paths={'no-slash': PathItem()},
    )

    assert {'no-slash': {}} == document.convert()['paths']
