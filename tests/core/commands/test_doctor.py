"""The doctor collects findings, tells the way out, and fails if asked to."""

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from tests.core.commands import shop
from tests.core.plugins import Installer, installing


@pytest.fixture
def installer(tmp_path: Path) -> Iterator[Installer]:
    """Return what installs plugins for this test."""
    with installing(tmp_path) as found:
        yield found


def _printed(*arguments: str) -> str:
    printed = StringIO()
    call_command('dmr_doctor', *arguments, stdout=printed)
    return printed.getvalue()


def _failed(*arguments: str) -> tuple[str, str]:
    printed = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command('dmr_doctor', *arguments, stdout=printed)
    return str(caught.value), printed.getvalue()


def test_sound_project_has_no_faults() -> None:
    """What is left is who serves JSON."""
    found = json.loads(_printed('--json'))

    assert [('dmr.I001', 'info')] == [
        (one['id'], one['level']) for one in found
    ]


def test_silenced_findings_are_not_told() -> None:
    """The setting is the one that silences system checks."""
    with override_settings(SILENCED_SYSTEM_CHECKS=['dmr.I001']):
        assert 'Nothing is wrong.\n' == _printed()


def test_finding_has_an_id_and_the_way_out() -> None:
    """The text is for people, in no more than 100 columns."""
    with override_settings(
        DEBUG=True,
        SILENCED_SYSTEM_CHECKS=['dmr.I001'],
    ):
        printed = _printed()

    assert (
        'dmr.D011 warning\n'
        '  DEBUG is on: responses with status 500 tell clients what has '
        'happened inside.\n'
        '  → Set DEBUG = False where others can reach the project.\n'
    ) == printed


def test_system_checks_are_included() -> None:
    """An error fails the command, and stands first."""
    with override_settings(DEBUG=True, DMR_SETTINGS={'parser': []}):
        message, printed = _failed('--json')

    assert '1 of 3 findings are serious.' == message
    assert [
        {
            'id': 'dmr.E001',
            'level': 'error',
            'message': "DMR_SETTINGS has an unknown key 'parser'.",
            'hint': "Did you mean 'parsers'?",
        },
        'dmr.D011',
        'dmr.I001',
    ] == [
        one if one['level'] == 'error' else one['id']
        for one in json.loads(printed)
    ]


@pytest.mark.parametrize(
    ('level', 'serious'),
    [('warning', '1 of 2'), ('info', '2 of 2')],
)
def test_level_that_fails_is_chosen(level: str, serious: str) -> None:
    """Worse levels fail as well."""
    with override_settings(DEBUG=True):
        message, _text = _failed('--fail-level', level)

    assert f'{serious} findings are serious.' == message


def test_urls_that_cannot_be_imported_are_a_finding(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The doctor himself stays alive."""
    (tmp_path / 'urls_of_nobody.py').write_text('1 / 0')
    monkeypatch.syspath_prepend(tmp_path)

    with override_settings(ROOT_URLCONF='urls_of_nobody'):
        _message, printed = _failed()

    assert (
        'dmr.D005 error\n'
        '  The URLs of urls_of_nobody cannot be imported: ZeroDivisionError: '
        'division by zero\n'
        '  → Correct this first, endpoints have not been looked at.\n'
    ) in printed
    assert (
        'dmr.D007 error\n'
        '  The system check check_documents has failed: ZeroDivisionError: '
        'division by zero\n'
    ) in printed


def test_plugin_that_cannot_be_used_is_a_finding(installer: Installer) -> None:
    """The finding names the package."""
    installer.install('bad-one', '[dmr.parsers]\nbad = not_there:P\n')

    _message, printed = _failed()

    assert printed.startswith('dmr.E003 error\n')
    assert 'bad-one 1.2' in printed


def _everything_wrong() -> dict[str, Any]:
    return {
        'DEBUG': True,
        'DATA_UPLOAD_MAX_MEMORY_SIZE': None,
        'MIDDLEWARE': [],
        'ROOT_URLCONF': shop,
        'USE_X_FORWARDED_HOST': True,
        'WSGI_APPLICATION': 'tests.core.commands.findings.test_serving.asgi',
        'DMR_SETTINGS': {
            'global_error_handler': 'not.there',
            'disabled_plugins': ['dmr.parsers:nothing@nobody'],
            'no_such_key': 1,
        },
    }


def test_every_finding_has_a_way_out(installer: Installer) -> None:
    """Nobody is left alone with a fault."""
    installer.install('half', '[dmr.parsers]\n', metadata=False)

    with override_settings(**_everything_wrong()):
        _message, printed = _failed('--json')

    found = json.loads(printed)
    assert len(found) > 8
    assert [] == [one for one in found if not one['hint']]


def test_lines_fit_a_terminal() -> None:
    """Messages are wrapped."""
    with override_settings(**_everything_wrong()):
        _message, printed = _failed()

    assert max(map(len, printed.splitlines())) <= 100
