"""The command that shows what has changed."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError

_OLD: Any = {
    'openapi': '3.1.0',
    'paths': {'/a': {'get': {}}, '/b': {'get': {}}},
}
_NEW: Any = {
    'openapi': '3.1.0',
    'paths': {'/a': {'get': {}}, '/c': {'get': {}}},
}


def _write(path: Path, document: Any) -> str:
    dump = json.dumps if path.suffix == '.json' else yaml.safe_dump
    path.write_text(dump(document), encoding='utf-8')
    return str(path)


def test_breaking_change_fails(capsys: Any, tmp_path: Path) -> None:
    """Both kinds are listed, and the exit status is not zero."""
    old = _write(tmp_path / 'old.json', _OLD)
    new = _write(tmp_path / 'new.yaml', _NEW)

    with pytest.raises(CommandError, match='1 breaking of 2 changes'):
        call_command('dmr_schema_diff', old, new)

    assert (
        'Breaking:\n'
        '  #/paths/~1b: path removed\n'
        'Compatible:\n'
        '  #/paths/~1c: path added\n'
    ) == capsys.readouterr().out


def test_compatible_change_passes(capsys: Any, tmp_path: Path) -> None:
    """Additions do not fail."""
    old = _write(tmp_path / 'old.json', {**_OLD, 'paths': {}})
    new = _write(tmp_path / 'new.json', _NEW)

    call_command('dmr_schema_diff', old, new)

    assert capsys.readouterr().out.startswith('Compatible:\n')


def test_no_change(capsys: Any, tmp_path: Path) -> None:
    """Nothing is said explicitly."""
    old = _write(tmp_path / 'old.json', _OLD)

    call_command('dmr_schema_diff', old, old)

    assert 'No changes.\n' == capsys.readouterr().out


@pytest.mark.parametrize('text', ['{', '[]', '{"swagger": "2.0"}'])
def test_what_is_no_document_is_an_error(tmp_path: Path, text: str) -> None:
    """The message names the file."""
    path = tmp_path / 'old.json'
    path.write_text(text, encoding='utf-8')

    with pytest.raises(CommandError, match=r'old\.json'):
        call_command('dmr_schema_diff', str(path), str(path))


def test_missing_file_is_an_error(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(CommandError, match=r'missing\.json'):
        call_command(
            'dmr_schema_diff',
            str(tmp_path / 'missing.json'),
            str(tmp_path / 'missing.json'),
        )
