"""Assets that are copies of npm packages."""

import hashlib
import json
from importlib.metadata import distribution
from pathlib import Path

import pytest

import dmr.openapi

_STATIC = Path(dmr.openapi.__file__).parent / 'static' / 'dmr'
_RECORD = json.loads((_STATIC / 'vendored.json').read_text(encoding='utf-8'))


@pytest.mark.parametrize('tool', _RECORD)
def test_files_are_those_of_the_record(tool: str) -> None:
    """Nobody edits a copy, and nothing is there that is not recorded."""
    own = {'init.js'}

    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (_STATIC / tool).iterdir()
        if path.name not in own
    }

    assert _RECORD[tool]['files'] == found


@pytest.mark.parametrize('tool', _RECORD)
def test_record_names_version_and_licence(tool: str) -> None:
    """Whoever asks where a file comes from finds the answer."""
    package = _RECORD[tool]

    assert package['licence'] in {'MIT', 'Apache-2.0'}
    assert 'LICENSE' in package['files']
    assert package['integrity'].startswith('sha512-')
    assert 3 == len(package['version'].split('.'))


def test_package_names_all_licences() -> None:
    """Whoever looks at the metadata sees what comes with the package."""
    licences = {package['licence'] for package in _RECORD.values()}
    expression = distribution('dmr-openapi').metadata['License-Expression']

    assert {'MIT', *licences} == set(expression.split(' AND '))


def test_no_source_maps_are_missing() -> None:
    """Django's manifest storage fails on maps that are named but missing."""
    files = [*_STATIC.rglob('*.js'), *_STATIC.rglob('*.css')]

    assert [] == [
        path.name
        for path in files
        if b'sourceMappingURL=' in path.read_bytes()[-300:]
    ]
