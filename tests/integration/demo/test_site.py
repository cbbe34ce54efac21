"""What stands around the endpoints of the demo: errors, docs, checks."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client

from library.isbn import checked_isbn
from library_site import settings as demo_settings
from tests.integration.demo.api import Api, error


def _operations() -> list[Any]:
    document = json.loads(Client().get('/docs/openapi.json').content)
    return [
        operation
        for path_item in document['paths'].values()
        for operation in path_item.values()
    ]


@pytest.mark.parametrize(
    ('body', 'content_type'),
    [
        (b'{"name": ', 'application/json'),
        (b'\xff', 'application/json'),
        (b'\xc1', 'application/msgpack'),
        (b'name=Ada', 'application/x-www-form-urlencoded'),
        (b'<name/>', 'application/xml'),
    ],
)
@pytest.mark.parametrize('path', ['authors/', 'members/', 'loans/'])
def test_unreadable_body_is_refused(
    api: Api,
    path: str,
    body: bytes,
    content_type: str,
) -> None:
    """Malformed bodies and unknown types are 400 in the error model."""
    answer = api.send('POST', path, body, content_type=content_type)

    assert 400 == answer.status_code
    assert ['value_error'] == [one['type'] for one in answer.data['detail']]


@pytest.mark.parametrize('path', ['authors/', 'members/', 'loans/'])
def test_unknown_media_type_is_not_acceptable(api: Api, path: str) -> None:
    """Nothing is done for a client that cannot read the answer."""
    answer = api.get(path, accept='text/html')

    assert 406 == answer.status_code
    assert answer.data == error(
        'Cannot serialize response body with accepted types '
        "[<MediaType: text/html>], supported=['application/json', "
        "'application/msgpack']",
        'value_error',
    )


@pytest.mark.parametrize('path', ['authors/', 'members/', 'loans/'])
def test_wrong_method_is_not_allowed(api: Api, path: str) -> None:
    """The answer lists what is allowed."""
    answer = api.send('PUT', path, {})

    assert 405 == answer.status_code
    assert 'GET, POST' == answer.headers['Allow']
    assert answer.data == error(
        "Method 'PUT' is not allowed, allowed: ['GET', 'POST']",
        'not_allowed',
    )


@pytest.mark.parametrize('accept', ['application/json', 'application/msgpack'])
def test_unknown_path_is_not_found(api: Api, accept: str) -> None:
    """Paths outside of all controllers answer in the format of the API."""
    answer = api.get('films/', accept=accept)

    assert (404, accept) == (answer.status_code, answer.headers['Content-Type'])
    assert answer.data == error('Page not found', 'not_found')


@pytest.mark.parametrize('path', ['books/1/cover/', 'loans/'])
def test_fault_of_the_service_tells_nothing(
    api: Api,
    path: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The client gets the error model, the reason is in the log."""
    with connection.cursor() as cursor:
        for table in ('cover', 'loan'):
            cursor.execute(f'ALTER TABLE library_{table} RENAME TO no_{table}')

    answer = api.get(path)

    assert 500 == answer.status_code
    assert answer.data == error('Internal server error', 'internal_error')
    assert 'no such table' in caplog.text


def test_docs_page_is_the_front_page(db: None) -> None:
    """Who opens the site sees its documentation."""
    response = Client().get('/', follow=True)

    assert [('/docs/', 302)] == response.redirect_chain
    assert b'swagger-ui-bundle.js' in response.content


def test_every_operation_is_described() -> None:
    """All have a summary and a tag that the document explains."""
    config = demo_settings.DMR_SETTINGS['openapi_config']
    tags = {tag.name for tag in config.tags or ()}

    operations = _operations()

    assert 44 == len(operations)
    assert all(one['summary'] for one in operations)
    assert tags == {tag for one in operations for tag in one['tags']}


def test_document_is_valid() -> None:
    """The checks of the project find nothing, the document included."""
    call_command('check', tags=['dmr'], fail_level='WARNING')


@pytest.mark.parametrize(
    ('text', 'message'),
    [
        ('978030640615', 'An ISBN has 13 digits'),
        ('97803064061५7', 'An ISBN has 13 digits'),
        ('9780306406158', 'The last digit of the ISBN does not match'),
    ],
)
def test_wrong_isbn_is_refused(text: str, message: str) -> None:
    """Length, digits and check digit are checked."""
    with pytest.raises(ValueError, match=message):
        checked_isbn(text)
