"""Documents as JSON and YAML."""

import json
from typing import Any

import pytest
import yaml
from django.test import Client, RequestFactory
from django.test.utils import override_script_prefix

from dmr.openapi import build_schema
from dmr.openapi.objects import Server
from dmr.openapi.views import OpenAPIJsonView
from dmr.routing import Router
from tests.openapi.shop import SCHEMA
from tests.openapi.support import config

pytestmark = pytest.mark.urls('tests.openapi.shop')


def test_json_document() -> None:
    """JSON is compact and equals the document."""
    response = Client().get('/openapi.json')

    assert 200 == response.status_code
    assert 'application/json' == response.headers['Content-Type']
    assert SCHEMA.convert() == response.json()
    assert b', "' not in response.content[:100]


def test_yaml_document() -> None:
    """YAML says the same, with sorted keys."""
    response = Client().get('/openapi.yaml')

    assert 'application/yaml' == response.headers['Content-Type']
    loaded = yaml.safe_load(response.content)
    assert SCHEMA.convert() == loaded
    assert sorted(loaded) == list(loaded)


@pytest.mark.parametrize('url', ['/openapi.json', '/openapi.yaml'])
def test_known_document_is_not_sent_again(url: str) -> None:
    """Clients that have the current version get 304."""
    first = Client().get(url)

    second = Client().get(
        url,
        headers={'If-None-Match': first.headers['ETag']},
    )

    assert (304, b'') == (second.status_code, second.content)
    assert first.headers['ETag'] == second.headers['ETag']


def test_changed_document_has_another_etag() -> None:
    """The ETag comes from the content."""
    views = [
        OpenAPIJsonView.as_view(
            build_schema(Router('', []), config=config(version=version)),
        )
        for version in ('1', '2')
    ]

    etags = {
        view(_request()).headers['ETag'] for view in views for _ in range(2)
    }

    assert 2 == len(etags)


def _request() -> Any:
    return RequestFactory().get('/')


def test_document_is_built_once_and_on_first_use() -> None:
    """A function that builds a document is called when it is asked for."""
    built: list[Any] = []

    def build() -> Any:
        built.append(build_schema(Router('', []), config=config()))
        return built[-1]

    view = OpenAPIJsonView.as_view(build)
    assert [] == built
    for _ in range(3):
        view(_request())

    assert 1 == len(built)


@pytest.mark.parametrize('method', ['post', 'put', 'patch', 'delete'])
def test_documents_are_only_read(method: str) -> None:
    """There is nothing to send to a document."""
    response = getattr(Client(), method)('/openapi.json')

    assert 405 == response.status_code


def test_head_has_no_body() -> None:
    """HEAD is GET without the body."""
    response = Client().head('/openapi.json')

    assert (200, b'') == (response.status_code, response.content)


def test_unknown_argument_is_refused() -> None:
    """Django's own error says which argument is unknown."""
    with pytest.raises(TypeError, match='unknown'):
        OpenAPIJsonView.as_view(SCHEMA, unknown=1)


def test_sub_path_is_the_server() -> None:
    """Under a sub-path, relative paths would point to the wrong place."""
    view = OpenAPIJsonView.as_view(SCHEMA)

    with override_script_prefix('/shop/'):
        below = json.loads(view(_request()).content)
    above = json.loads(view(_request()).content)

    assert [{'url': '/shop'}] == below['servers']
    assert 'servers' not in above


def test_configured_servers_are_kept() -> None:
    """Who names servers knows where they are."""
    document = build_schema(
        Router('', []),
        config=config(servers=[Server(url='https://example.com')]),
    )
    view = OpenAPIJsonView.as_view(document)

    with override_script_prefix('/shop/'):
        converted = json.loads(view(_request()).content)

    assert [{'url': 'https://example.com'}] == converted['servers']


def test_view_knows_its_document() -> None:
    """Subclasses have the document at hand."""

    class _View(OpenAPIJsonView):
        def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
            seen.append((self.schema, self.skip_validation))
            return super().get(request, *args, **kwargs)

    seen: list[Any] = []
    _View.as_view(SCHEMA, skip_validation=True)(_request())

    assert [(SCHEMA, True)] == seen


def test_csrf_cookie_is_set() -> None:
    """Pages and scripts that read the document can send unsafe requests."""
    response = Client().get('/openapi.json')

    assert 'csrftoken' in response.cookies
    assert 'Cookie' in response.headers['Vary']
