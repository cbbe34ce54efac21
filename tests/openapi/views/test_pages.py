"""Pages that show a document."""

import json
import re
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, override_settings

from tests.openapi.shop import HOSTILE, SCHEMA

pytestmark = pytest.mark.urls('tests.openapi.shop')

_TOOLS = ('swagger', 'redoc', 'scalar', 'stoplight')


def _page(tool: str, **query: str) -> str:
    response = Client().get(f'/{tool}/', query_params=query)

    assert 200 == response.status_code
    assert 'text/html' == response.headers['Content-Type']
    assert 'csrftoken' in response.cookies
    return response.content.decode()


def _assets(page: str) -> list[str]:
    return [
        url
        for url in re.findall(r'(?:src|href)="([^"]*)"', page)
        if url != 'data:,'
    ]


@pytest.mark.parametrize('tool', _TOOLS)
def test_page_carries_the_document(tool: str) -> None:
    """The page needs no second request, and works behind a login."""
    found = re.search(
        rf'<script id="{tool}-schema" type="application/json">(.*?)</script>',
        _page(tool),
    )

    assert found is not None
    assert SCHEMA.convert() == json.loads(found[1])


def test_templates_of_users_have_the_document() -> None:
    """Title and document are in the context of every page."""
    response = Client().get('/redoc/')

    assert response.context is not None
    assert SCHEMA.info.title == response.context['title']
    assert SCHEMA.convert() == response.context['schema']


@pytest.mark.parametrize('tool', _TOOLS)
def test_hostile_texts_are_inert(tool: str) -> None:
    """Titles and descriptions never become markup of the page."""
    page = _page(tool)

    assert HOSTILE not in page
    assert '<script>' not in page
    assert 'onclick=x>' not in page


@pytest.mark.parametrize('tool', _TOOLS)
def test_page_has_no_inline_code(tool: str) -> None:
    """A policy without ``unsafe-inline`` for scripts lets the page work."""
    page = _page(tool)

    scripts = re.findall(r'<script([^>]*)>', page)
    assert all(
        'src="' in attributes or 'application/json' in attributes
        for attributes in scripts
    )
    assert '<style' not in page
    assert not re.search(r'\son\w+="', page)


@pytest.mark.parametrize('tool', _TOOLS)
def test_assets_are_in_the_package(tool: str) -> None:
    """Nothing is loaded from anywhere else."""
    assets = _assets(_page(tool))

    assert all(url.startswith('/static/dmr/') for url in assets)
    assert all(
        finders.find(url.removeprefix('/static/')) is not None for url in assets
    )
    assert f'/static/dmr/{tool}/init.js' in assets


@pytest.mark.parametrize(
    ('tool', 'cdn', 'expected'),
    [
        (
            'swagger',
            'https://cdn.example/swagger',
            [
                'https://cdn.example/swagger/swagger-ui.css',
                'https://cdn.example/swagger/swagger-ui-bundle.js',
                'https://cdn.example/swagger/swagger-ui-standalone-preset.js',
            ],
        ),
        (
            'stoplight',
            'https://cdn.example/elements',
            [
                'https://cdn.example/elements/styles.min.css',
                'https://cdn.example/elements/web-components.min.js',
            ],
        ),
        ('redoc', 'https://cdn.example/r.js', ['https://cdn.example/r.js']),
        ('scalar', 'https://cdn.example/s.js', ['https://cdn.example/s.js']),
    ],
)
def test_assets_of_a_cdn(tool: str, cdn: str, expected: list[str]) -> None:
    """A setting names where else the assets are."""
    with override_settings(DMR_SETTINGS={'openapi_static_cdn': {tool: cdn}}):
        assets = _assets(_page(tool))

    assert expected == [url for url in assets if url.startswith('https')]


@pytest.mark.parametrize('tool', _TOOLS)
def test_query_string_is_ignored(tool: str) -> None:
    """Nobody can make the page show or load something else."""
    hostile = 'https://evil.example/openapi.json'

    page = _page(tool, url=hostile, configUrl=hostile, schema=hostile)

    assert 'evil.example' not in page


@pytest.mark.parametrize('tool', _TOOLS)
def test_nonce_stands_on_every_asset(tool: str) -> None:
    """Policies with nonces work, where a context processor gives one."""
    templates: list[dict[str, Any]] = [
        {
            'BACKEND': 'django.template.backends.django.DjangoTemplates',
            'APP_DIRS': True,
            'OPTIONS': {
                'context_processors': [f'{__name__}.give_nonce'],
            },
        },
    ]

    with override_settings(TEMPLATES=templates):
        page = _page(tool)

    tags = re.findall(
        r'<(?:script [^>]*src=|link rel="stylesheet")[^>]*>', page
    )
    assert tags
    assert all('nonce="n0nce"' in tag for tag in tags)


def give_nonce(request: Any) -> dict[str, str]:
    """Be a context processor."""
    return {'csp_nonce': 'n0nce'}


def test_page_behind_a_login() -> None:
    """Who is not logged in sees nothing of the document."""
    response = Client().get('/secret/')

    assert 302 == response.status_code
    assert b'Shop' not in response.content


def test_swagger_sends_the_csrf_token_as_django_expects() -> None:
    """The name of the header is a setting of Django."""
    with override_settings(CSRF_HEADER_NAME='HTTP_X_MY_TOKEN'):
        page = _page('swagger')

    assert 'data-csrf-header="X-MY-TOKEN"' in page
    assert 'data-csrf-cookie="csrftoken"' in page
    assert re.search(r'data-csrf-token="\w{64}"', page)
