"""One description, written in each OpenAPI version."""

from typing import Any

import pytest

from dmr.openapi.objects import (
    Components,
    Example,
    Info,
    License,
    MediaType,
    OpenAPI,
    Operation,
    PathItem,
    Reference,
    Response,
    Schema,
    Server,
    Tag,
)
from dmr.openapi.versions import parse_version


def _document(version: str) -> OpenAPI:
    return OpenAPI(
        info=Info(
            title='T',
            version='1',
            summary='S',
            license=License(name='MIT', identifier='MIT'),
        ),
        openapi=version,
        json_schema_dialect='https://spec.openapis.org/oas/3.1/dialect/base',
        servers=[Server(url='/', name='here')],
        paths={
            '/a': PathItem(
                get=Operation(
                    responses={
                        '200': Response(
                            description='ok',
                            content={
                                'application/jsonl': MediaType(
                                    item_schema=Schema(type=['string', 'null']),
                                    examples={
                                        'one': Example(serialized_value='1'),
                                    },
                                ),
                            },
                        ),
                    },
                ),
                additional_operations={
                    'LINK': Operation(
                        responses={'200': Response(description='ok')},
                    ),
                },
            ),
        },
        webhooks={
            'sold': PathItem(
                post=Operation(
                    responses={
                        '200': Reference(
                            ref='#/components/responses/Seen',
                            summary='S',
                        ),
                    },
                ),
            ),
        },
        components=Components(
            responses={'Seen': Response(description='seen')},
            path_items={'P': PathItem()},
            schemas={'A': Schema(const=1)},
        ),
        tags=[Tag(name='t', kind='nav')],
    )


def _new_fields(document: Any) -> set[str]:
    """Return which fields that came with 3.1 and 3.2 are in *document*."""
    new = {
        'summary',
        'identifier',
        'jsonSchemaDialect',
        'webhooks',
        'pathItems',
        'const',
        'itemSchema',
        'serializedValue',
        'additionalOperations',
        'kind',
    }
    if isinstance(document, dict):
        below = [_new_fields(value) for value in document.values()]
        return (new & document.keys()).union(*below)
    if isinstance(document, list):
        return set().union(*map(_new_fields, document))
    return set()


@pytest.mark.parametrize(
    ('version', 'expected'),
    [
        ('3.0.3', set()),
        (
            '3.1.0',
            {
                'summary',
                'identifier',
                'jsonSchemaDialect',
                'webhooks',
                'pathItems',
                'const',
            },
        ),
        (
            '3.2.0',
            {
                'summary',
                'identifier',
                'jsonSchemaDialect',
                'webhooks',
                'pathItems',
                'const',
                'itemSchema',
                'serializedValue',
                'additionalOperations',
                'kind',
            },
        ),
    ],
)
def test_document_has_only_what_its_version_knows(
    version: str,
    expected: set[str],
) -> None:
    """Newer fields are left out of older versions, and nothing else is."""
    document = _document(version).convert(skip_validation=False)

    assert expected == _new_fields(document)


def test_items_of_streams_have_a_schema_in_older_versions() -> None:
    """Before 3.2 the schema of one item stands where a schema belongs."""
    converted = _document('3.0.0').convert()

    operation = converted['paths']['/a']['get']
    content = operation['responses']['200']['content']
    assert {
        'application/jsonl': {
            'schema': {'type': 'string', 'nullable': True},
            'examples': {'one': {}},
        },
    } == content


def test_webhooks_are_an_extension_in_3_0() -> None:
    """OpenAPI 3.0 has no webhooks, but there is a well-known extension."""
    converted = _document('3.0.0').convert()

    reference = {'$ref': '#/components/responses/Seen'}
    assert {
        'sold': {
            'post': {'responses': {'200': reference}, 'deprecated': False}
        },
    } == converted['x-webhooks']


def test_objects_stay_as_they_are() -> None:
    """Writing one version does not change what the next one gets."""
    document = _document('3.0.0')

    first = document.convert()

    assert first == document.convert()


@pytest.mark.parametrize('version', ['3.1', '3.1.x', ''])
def test_wrong_versions_are_refused(version: str) -> None:
    """A version is three numbers."""
    with pytest.raises(ValueError, match='is no OpenAPI version'):
        parse_version(version)
