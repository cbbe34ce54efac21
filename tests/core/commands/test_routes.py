"""Endpoints of a project are listed with what they ask for."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings
from django.urls import path

from tests.core.commands import shop

pytestmark = pytest.mark.usefixtures('_shop')

_PLACE = 'tests.core.commands.shop'


@pytest.fixture
def _shop() -> Any:
    with override_settings(ROOT_URLCONF=shop):
        yield


def _printed(*arguments: str) -> str:
    printed = StringIO()
    call_command('dmr_routes', *arguments, stdout=printed)
    return printed.getvalue()


def _json(*arguments: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(_printed('--json', *arguments))
    return found


def test_table_tells_what_each_endpoint_asks_for() -> None:
    """It has one block for each controller, in the order of the URLs."""
    lines = _printed().splitlines()

    assert [
        (
            '  method  components  auth                   statuses'
            '                  throttles         permissions'
        ),
        f'/api/items/  {_PLACE}.ItemsController',
        (
            '  GET     query       -                      200, 400, 406, 422'
            '        -                 -'
        ),
        (
            '  POST    -           -                      201, 406, 422'
            '             -                 -'
        ),
        f'/api/items/<int:pk>/  {_PLACE}.ItemController',
        (
            '  GET     path        DjangoSessionSyncAuth  '
            '200, 400, 401, 403, 404,  5/60s RemoteAddr  IsStaff()'
        ),
        '                                             406, 422, 429, 503',
        f'/fast/<code>/x  {_PLACE}.AsyncController',
        (
            '  GET     -           -                      200, 406, 422'
            '             -                 -'
        ),
        'Other views: 2, --all lists them.',
    ] == lines


def test_json_has_names_and_import_paths() -> None:
    """Programs get what `reverse` takes."""
    found = _json()[2]

    assert {
        'method': 'GET',
        'path': '/api/items/<int:pk>/',
        'name': '',
        'controller': f'{_PLACE}.ItemController',
        'components': ['path'],
        'auth': ['DjangoSessionSyncAuth'],
        'statuses': [200, 400, 401, 403, 404, 406, 422, 429, 503],
        'throttles': ['5/60s RemoteAddr'],
        'permissions': ['IsStaff()'],
    } == found


def test_names_have_their_namespaces() -> None:
    """They are nested as the includes are."""
    assert ['v1:items', 'v1:items', '', ''] == [one['name'] for one in _json()]


def test_views_of_others_are_listed_on_demand() -> None:
    """Paths that depend on the language say so."""
    listed = [
        (one['method'], one['path'], one['controller'], one['name'])
        for one in _json('--all')
        if one['method'] == '*'
    ]

    assert [
        ('*', '/foreign/', f'{_PLACE}.foreign', 'foreign'),
        ('*', '/<language>/news/', f'{_PLACE}.foreign', ''),
    ] == listed


def test_project_without_endpoints() -> None:
    """There is nothing to put into a table."""
    with override_settings(ROOT_URLCONF=shop.urls(path('x/', shop.foreign))):
        assert (
            'There are no endpoints.\nOther views: 1, --all lists them.\n'
        ) == _printed()


def test_urls_that_cannot_be_imported(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The module and the reason are named."""
    (tmp_path / 'broken_urls.py').write_text('1 / 0')
    monkeypatch.syspath_prepend(tmp_path)

    with (
        override_settings(ROOT_URLCONF='broken_urls'),
        pytest.raises(
            CommandError,
            match='The URLs of broken_urls cannot be imported: '
            'ZeroDivisionError',
        ),
    ):
        _printed()


@pytest.mark.parametrize('arguments', [(), ('--all',)])
def test_lines_fit_a_terminal(arguments: tuple[str, ...]) -> None:
    """Long cells are wrapped."""
    assert max(map(len, _printed(*arguments).splitlines())) <= 100
