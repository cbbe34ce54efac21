"""Plugins are listed, and those that cannot be used are named."""

import json
import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from tests.core.plugins import Installer, installing

_GOOD = """
    from dmr.parsers import JsonParser

    class Good(JsonParser):
        dmr_plugin_api = 1
"""


@pytest.fixture
def installer(tmp_path: Path) -> Iterator[Installer]:
    """Return what installs plugins for this test."""
    with installing(tmp_path) as found:
        yield found


def _json(*arguments: str) -> list[dict[str, Any]]:
    printed = StringIO()
    call_command('dmr_plugins', '--json', *arguments, stdout=printed)
    found: list[dict[str, Any]] = json.loads(printed.getvalue())
    return found


def _of(distribution: str, *arguments: str) -> list[dict[str, Any]]:
    return [
        one for one in _json(*arguments) if one['distribution'] == distribution
    ]


def test_table_has_one_line_for_each_plugin() -> None:
    """The text is for people, in no more than 100 columns."""
    printed = StringIO()

    call_command('dmr_plugins', stdout=printed)

    assert (
        'kind        name      distribution  version  contract  status\n'
        'serializer  msgspec   dmr-msgspec   0.1.0    1         ok\n'
        'serializer  pydantic  dmr-pydantic  0.1.0    1         ok\n'
        'parser      json      dmr-core      0.1.0    1         ok\n'
        'parser      json      dmr-msgspec   0.1.0    1         '
        'ok, serves JSON\n'
        'parser      msgpack   dmr-msgspec   0.1.0    1         ok\n'
        'renderer    json      dmr-core      0.1.0    1         ok\n'
        'renderer    json      dmr-msgspec   0.1.0    1         '
        'ok, serves JSON\n'
        'renderer    msgpack   dmr-msgspec   0.1.0    1         ok\n'
        'openapi     openapi   dmr-openapi   0.1.0    -         ok\n'
    ) == re.sub(r'\d+\.\d+\.\d+', '0.1.0', printed.getvalue())


def test_json_has_everything(installer: Installer) -> None:
    """Programs get more than fits into a table."""
    installer.install(
        'my-parser',
        '[dmr.parsers]\ngood = good:Good\n',
        module='good',
        code=_GOOD,
    )

    assert [
        {
            'name': 'good',
            'kind': 'parser',
            'value': 'good:Good',
            'distribution': 'my-parser',
            'version': '1.2',
            'contract': 1,
            'status': 'ok',
            'reason': '',
            'serves_json': False,
            'spec': 'dmr.parsers:good@my-parser',
        },
    ] == _of('my-parser')


def test_disabled_plugin_is_not_imported(installer: Installer) -> None:
    """It is listed with what switches it off."""
    installer.install('bad', '[dmr.parsers]\nbad = not_there:P\n')

    with override_settings(
        DMR_SETTINGS={'disabled_plugins': ['dmr.parsers:bad@bad']},
    ):
        (found,) = _of('bad', '--check')

    assert ('disabled', "switched off by DMR_SETTINGS['disabled_plugins']") == (
        found['status'],
        found['reason'],
    )


@pytest.mark.parametrize(
    ('variable', 'given'),
    [
        ('DMR_DISABLED_PLUGINS', 'dmr.parsers:msgpack@dmr-msgspec'),
        ('DMR_DISABLE_PLUGIN_AUTOLOAD', '1'),
    ],
)
def test_environment_that_disables_is_named(
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    given: str,
) -> None:
    """Nobody has to search for it."""
    monkeypatch.setenv(variable, given)

    (found,) = [
        one
        for one in _of('dmr-msgspec')
        if one['spec'].startswith(
            'dmr.parsers:msgpack',
        )
    ]

    assert f'switched off by {variable}' == found['reason']


def test_clash_is_told_for_both(installer: Installer) -> None:
    """Neither of them can be used."""
    installer.install('one', '[dmr.parsers]\nsame = dmr.parsers:JsonParser\n')
    installer.install('two', '[dmr.parsers]\nsame = dmr.parsers:JsonParser\n')

    found = [*_of('one'), *_of('two')]

    assert ['clash', 'clash'] == [one['status'] for one in found]
    assert 'one 1.2' in found[0]['reason']
    assert 'two 1.2' in found[0]['reason']


def test_plugin_for_another_contract_is_incompatible(
    installer: Installer,
) -> None:
    """That is not the same as broken: another version helps."""
    installer.install(
        'later',
        '[dmr.parsers]\nlater = later:Good\n',
        module='later',
        code=_GOOD.replace('= 1', '= 99'),
    )

    (found,) = _of('later')

    assert 'incompatible' == found['status']


def test_import_that_sleeps_is_given_up(installer: Installer) -> None:
    """Who sleeps is named, and the others are listed all the same."""
    installer.install(
        'sleeper',
        '[dmr.parsers]\nasleep = asleep:P\n',
        module='asleep',
        code='import time; time.sleep(60)',
    )

    listed = _json('--timeout', '0.5')

    unusable = [one for one in listed if one['status'] != 'ok']
    assert ['sleeper'] == [one['distribution'] for one in unusable]
    assert (
        "dmr.parsers 'asleep' = asleep:P (sleeper 1.2) has not been imported "
        'within 0.5 s. Its module must not do work when it is imported.'
    ) == unusable[0]['reason']


def test_check_fails_and_names_the_plugin(installer: Installer) -> None:
    """The list is printed before."""
    installer.install('bad', '[dmr.parsers]\nbad = not_there:P\n')
    printed = StringIO()

    with pytest.raises(
        CommandError,
        match=r'^1 of 10 plugins cannot be used: dmr\.parsers:bad@bad$',
    ):
        call_command('dmr_plugins', '--check', stdout=printed)

    assert (
        "dmr.parsers:bad@bad: dmr.parsers 'bad' = not_there:P (bad 1.2) "
        'cannot be imported:\nModuleNotFoundError'
    ) in printed.getvalue()


def test_broken_plugin_is_listed_without_failing(installer: Installer) -> None:
    """To look is not to check."""
    installer.install('bad', '[dmr.parsers]\nbad = not_there:P\n')

    (found,) = _of('bad')

    assert 'broken' == found['status']


def test_lines_fit_a_terminal(installer: Installer) -> None:
    """Reasons are wrapped."""
    installer.install('bad', '[dmr.parsers]\nbad = not_there:P\n')
    printed = StringIO()

    call_command('dmr_plugins', stdout=printed)

    assert max(map(len, printed.getvalue().splitlines())) <= 100
