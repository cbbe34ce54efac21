"""Whether a plugin fits a core is read from their sources."""

from pathlib import Path

import pytest

from releasing.contract import misfits
from tests.release.made_wheels import make_wheel

pytestmark = pytest.mark.any_django

_CORE = {
    'dmr/__init__.py': 'from dmr._exports import *\n',
    'dmr/_exports.py': 'from dmr.controller import Controller as Controller\n',
    'dmr/controller.py': 'class Controller: ...\n',
    'dmr/discovery/__init__.py': (
        'from typing import Final\n'
        'SUPPORTED_PLUGIN_API: Final = frozenset((1, 2))\n'
    ),
    'dmr/parsers.py': (
        'import json\n'
        'Raw = bytes\n'
        'first, second = 1, 2\n'
        'async def parse(): ...\n'
        'if json:\n'
        '    try:\n'
        '        inner: int = 1\n'
        '    finally:\n'
        '        pass\n'
    ),
    'dmr/settings.py': 'def __getattr__(name): ...\n',
}


def _misfits(folder: Path, source: str) -> list[str]:
    core = make_wheel(folder, 'dmr-core', _CORE)
    plugin = make_wheel(
        folder,
        'dmr-pydantic',
        {
            'dmr/plugins/pydantic/__init__.py': source,
            'dmr/plugins/pydantic/own.py': '',
        },
    )
    return misfits(core, plugin)


@pytest.mark.parametrize(
    'source',
    [
        'import dmr',
        'import dmr.parsers',
        'from dmr import Controller, parsers',
        'from dmr.parsers import Raw, first, second, parse, json, inner',
        'from dmr.settings import whatever',
        'from dmr.plugins.pydantic.own import name',
        'from dmr.plugins.pydantic import own',
        'from . import own',
        'from dmr.openapi import OpenAPIContext',
        'from django.nowhere import name',
    ],
)
def test_import_that_works_is_no_misfit(tmp_path: Path, source: str) -> None:
    """Names are found wherever a module of the core has them from."""
    assert [] == _misfits(tmp_path, source)


@pytest.mark.parametrize(
    ('source', 'name'),
    [
        ('import dmr.gone', 'dmr.gone'),
        ('from dmr import Gone', 'dmr.Gone'),
        ('from dmr.gone import Name', 'dmr.gone.Name'),
        ('from dmr.parsers import Gone as Here', 'dmr.parsers.Gone'),
        ('def f():\n    from dmr.parsers import Gone', 'dmr.parsers.Gone'),
        (
            (
                'try:\n'
                '    from dmr.parsers import Gone\n'
                'except ImportError as exc:\n'
                '    raise ImportError("Sorry.") from exc'
            ),
            'dmr.parsers.Gone',
        ),
    ],
)
def test_missing_name_is_a_misfit(
    tmp_path: Path,
    source: str,
    name: str,
) -> None:
    """Wherever it is imported."""
    assert [
        f'dmr-pydantic 0.1.0 imports {name}, which dmr-core 0.1.0 does not have'
    ] == _misfits(tmp_path, source)


@pytest.mark.parametrize(
    'source',
    [
        'if TYPE_CHECKING:\n    from dmr.parsers import Gone',
        (
            'try:\n'
            '    from dmr.parsers import Gone\n'
            'except ImportError:\n'
            '    from dmr.parsers import Raw as Gone'
        ),
    ],
)
def test_plugin_can_do_without_some_names(
    tmp_path: Path,
    source: str,
) -> None:
    """Type checkers alone import it, or there is another way."""
    assert [] == _misfits(tmp_path, source)


@pytest.mark.parametrize('version', [1, 2])
def test_supported_version_is_no_misfit(tmp_path: Path, version: int) -> None:
    """A core can support several versions of the contract."""
    source = f'class A:\n    dmr_plugin_api: ClassVar[int] = {version}'

    assert [] == _misfits(tmp_path, source)


@pytest.mark.parametrize('annotation', ['', ': ClassVar[int]'])
def test_unsupported_version_is_a_misfit(
    tmp_path: Path,
    annotation: str,
) -> None:
    """The core would refuse to load the class."""
    source = f'class A:\n    dmr_plugin_api{annotation} = 3'

    assert [
        (
            'dmr-pydantic 0.1.0 needs version 3 of the plugin contract, '
            'which dmr-core 0.1.0 does not support'
        )
    ] == _misfits(tmp_path, source)
