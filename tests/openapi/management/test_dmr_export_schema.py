"""The command that writes a document."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError

from dmr.openapi.objects import Info, OpenAPI, PathItem
from tests.openapi.shop import SCHEMA

_SHOP = 'tests.openapi.shop:SCHEMA'

INVALID = OpenAPI(
    info=Info(title='T', version='1'),
    openapi='3.1.0',
    paths={'no-slash': PathItem()},
)
NO_DOCUMENT = 1


def _export(capsys: Any, *arguments: str, **options: Any) -> str:
    call_command('dmr_export_schema', *arguments, **options)
    out: str = capsys.readouterr().out
    return out


@pytest.mark.parametrize('path', [_SHOP, 'tests.openapi.shop.SCHEMA'])
def test_document_is_written_as_json(capsys: Any, path: str) -> None:
    """Both ways to name a document are understood."""
    written = _export(capsys, path)

    assert SCHEMA.convert() == json.loads(written)


def test_document_is_written_as_yaml(capsys: Any) -> None:
    """YAML says the same."""
    written = _export(capsys, _SHOP, '--format=yaml')

    assert SCHEMA.convert() == yaml.safe_load(written)


@pytest.mark.parametrize(
    ('options', 'start'),
    [
        ({}, '{\n"info": {\n'),
        ({'indent': 2}, '{\n  "info": {\n'),
        ({'indent': None}, '{"info":{"title"'),
        ({'sort_keys': True, 'indent': None}, '{"components":'),
    ],
)
def test_layout(capsys: Any, options: dict[str, Any], start: str) -> None:
    """Options decide about white space and order."""
    assert _export(capsys, _SHOP, **options).startswith(start)


@pytest.mark.parametrize(
    ('arguments', 'expected'),
    [([], '"title":"\\u00dc"'), (['--no-ensure-ascii'], '"title":"Ü"')],
)
def test_other_characters(
    capsys: Any,
    arguments: list[str],
    expected: str,
) -> None:
    """JSON has ASCII characters only, unless it is asked to have others."""
    written = _export(capsys, f'{__name__}:UMLAUT', *arguments, indent=None)

    assert expected in written


UMLAUT = OpenAPI(
    info=Info(title='Ü', version='1'),
    openapi='3.1.0',
    paths={},
)


def test_invalid_document_is_not_written(capsys: Any) -> None:
    """Validation is on."""
    with pytest.raises(Exception, match='no-slash'):
        _export(capsys, f'{__name__}:INVALID')

    assert '' == capsys.readouterr().out


def test_validation_can_be_skipped(capsys: Any) -> None:
    """Somebody may want to see an invalid document."""
    written = _export(capsys, f'{__name__}:INVALID', '--skip-validation')

    assert ['no-slash'] == list(json.loads(written)['paths'])


def test_committed_file_is_checked(capsys: Any, tmp_path: Path) -> None:
    """In CI a stale file is an error."""
    committed = tmp_path / 'openapi.json'
    committed.write_text(_export(capsys, _SHOP), encoding='utf-8')

    written = _export(capsys, _SHOP, f'--check={committed}')

    assert f'{committed} is the current document.\n' == written


def test_stale_file_is_an_error(capsys: Any, tmp_path: Path) -> None:
    """The message says what to do."""
    committed = tmp_path / 'openapi.json'
    committed.write_text('{}', encoding='utf-8')

    with pytest.raises(CommandError, match='is not the current document'):
        _export(capsys, _SHOP, f'--check={committed}')


def test_missing_file_is_an_error(capsys: Any, tmp_path: Path) -> None:
    """A file that is not there is not current."""
    with pytest.raises(CommandError, match='Cannot read'):
        _export(capsys, _SHOP, f'--check={tmp_path / "missing.json"}')


@pytest.mark.parametrize(
    ('path', 'error'),
    [
        ('tests.openapi.missing:SCHEMA', ImportError),
        ('tests.openapi.shop:MISSING', ImportError),
        ('tests.openapi.shop.MISSING', ImportError),
        (f'{__name__}:NO_DOCUMENT', AttributeError),
    ],
)
def test_wrong_path_is_an_error(
    capsys: Any,
    path: str,
    error: type[Exception],
) -> None:
    """What is not there, or is no document, cannot be written."""
    with pytest.raises(error):
        _export(capsys, path)


def test_unknown_format_is_an_error(capsys: Any) -> None:
    """There are two formats."""
    with pytest.raises(CommandError, match='invalid choice'):
        _export(capsys, _SHOP, '--format=xml')


@pytest.mark.slow
def test_document_is_the_same_in_every_process() -> None:
    """Nothing depends on the order of sets, so files can be committed."""
    code = (
        'import django; django.setup(); '
        'from django.core.management import call_command; '
        f'call_command("dmr_export_schema", "{_SHOP}")'
    )

    written = {
        subprocess.run(
            [sys.executable, '-c', code],
            check=True,
            capture_output=True,
            env={
                **os.environ,
                'DJANGO_SETTINGS_MODULE': 'tests.settings',
                'PYTHONHASHSEED': seed,
            },
        ).stdout
        for seed in ('1', '2', '3')
    }

    assert 1 == len(written)
    assert SCHEMA.convert() == json.loads(written.pop())
