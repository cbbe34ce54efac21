"""What installed packages offer is found, and what is broken is contained."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import importlib_metadata
import pytest
from django.test import override_settings

from dmr import discovery, settings
from dmr.exceptions import PluginError
from dmr.parsers import JsonParser, Parser
from dmr.plugins.msgspec import MsgpackParser, MsgspecJsonParser
from dmr.plugins.pydantic import PydanticSerializer
from dmr.settings import resolve_setting
from tests.core.plugins import Installer, installing

_PARSER = """
    from dmr.parsers import JsonParser

    class MyParser(JsonParser):
        dmr_plugin_api = 1
"""


@pytest.fixture
def installer(tmp_path: Path) -> Iterator[Installer]:
    """Return what installs plugins for this test."""
    with installing(tmp_path) as found:
        yield found


def test_installed_plugins_are_listed_by_name() -> None:
    """The order is that of the names, whatever the file system says."""
    found = [str(one) for one in discovery.plugins(discovery.PARSERS)]

    core = f'(dmr-core {version("dmr-core")})'
    own = f'(dmr-msgspec {version("dmr-msgspec")})'
    plugin = 'dmr.plugins.msgspec'
    assert [
        f"dmr.parsers 'json' = dmr.parsers:JsonParser {core}",
        f"dmr.parsers 'json' = {plugin}:MsgspecJsonParser {own}",
        f"dmr.parsers 'msgpack' = {plugin}:MsgpackParser {own}",
    ] == found


def test_plugin_is_found_by_name() -> None:
    """A serializer is what its name says."""
    assert discovery.get(discovery.SERIALIZERS, 'pydantic') is (
        PydanticSerializer
    )


def test_foreign_plugin_wins_over_the_core() -> None:
    """The core's own JSON is for those who have nothing else."""
    assert discovery.get(discovery.PARSERS, 'json') is MsgspecJsonParser


def test_missing_plugin_says_what_there_is() -> None:
    """The message helps to find the right name."""
    with pytest.raises(PluginError, match=r"'nothing'.+json.+msgpack"):
        discovery.get(discovery.PARSERS, 'nothing')


def test_third_party_plugin_is_used_by_name(installer: Installer) -> None:
    """A setting names it, nobody has to import it."""
    installer.install(
        'my-parser',
        '[dmr.parsers]\nmine = my_parser:MyParser\n',
        module='my_parser',
        code=_PARSER,
    )

    with override_settings(DMR_SETTINGS={'parsers': ['mine', 'msgpack']}):
        found = [type(one).__name__ for one in resolve_setting('parsers')]

    assert ['MyParser', 'MsgpackParser'] == found


def test_two_plugins_of_one_name_clash_at_use(installer: Installer) -> None:
    """Both packages are named, and how to decide."""
    installer.install('one', '[dmr.parsers]\nsame = dmr.parsers:JsonParser\n')
    installer.install('two', '[dmr.parsers]\nsame = dmr.parsers:JsonParser\n')

    with pytest.raises(
        PluginError,
        match=r'one 1\.2.+two 1\.2.+disabled_plugins',
    ):
        discovery.get(discovery.PARSERS, 'same')
    assert discovery.get(discovery.PARSERS, 'msgpack') is MsgpackParser


def test_clash_is_decided_by_a_setting(installer: Installer) -> None:
    """The plugin that is left serves the name."""
    installer.install('one', '[dmr.parsers]\nsame = dmr.parsers:JsonParser\n')
    installer.install(
        'two',
        '[dmr.parsers]\nsame = dmr.parsers:FormUrlEncodedParser\n',
    )

    with override_settings(
        DMR_SETTINGS={'disabled_plugins': ['dmr.parsers:same@two']},
    ):
        found = discovery.get(discovery.PARSERS, 'same')

    assert found is JsonParser


def test_plugin_is_switched_off_by_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is switched off is as good as not installed."""
    monkeypatch.setenv(
        'DMR_DISABLED_PLUGINS',
        'dmr.parsers:json@dmr-msgspec, dmr.renderers:json@dmr-msgspec',
    )

    assert discovery.get(discovery.PARSERS, 'json') is JsonParser


def test_all_plugins_are_switched_off_by_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only the core itself is left."""
    monkeypatch.setenv('DMR_DISABLE_PLUGIN_AUTOLOAD', '1')

    found = [
        plugin.distribution
        for group in discovery.GROUPS
        for plugin in discovery.plugins(group)
    ]

    assert ['dmr-core', 'dmr-core'] == found


@pytest.mark.parametrize(
    ('item', 'expected'),
    [
        ('msgpack', MsgpackParser),
        ('dmr.parsers.JsonParser', JsonParser),
        (JsonParser, JsonParser),
        (JsonParser(), JsonParser),
    ],
)
def test_setting_takes_any_way_to_say_it(
    item: Any,
    expected: type[Parser],
) -> None:
    """A name, an import path, a class and an instance all do."""
    with override_settings(DMR_SETTINGS={'parsers': [item]}):
        (found,) = resolve_setting('parsers')

    assert expected is type(found)


def test_wrong_import_path_in_a_setting_names_the_setting() -> None:
    """The reader is sent to the right place."""
    with (
        override_settings(DMR_SETTINGS={'parsers': ['not.there.Parser']}),
        pytest.raises(ImportError, match=r"DMR_SETTINGS\['parsers'\].+not\."),
    ):
        resolve_setting('parsers')


def test_plugin_is_imported_when_it_is_used(installer: Installer) -> None:
    """Neither listing nor finding it is a reason."""
    installer.install(
        'my-parser',
        '[dmr.parsers]\nmine = lazy_parser:MyParser\n',
        module='lazy_parser',
        code=_PARSER,
    )

    discovery.plugins(discovery.PARSERS)
    discovery.find(discovery.PARSERS, 'mine')
    before = 'lazy_parser' in sys.modules
    discovery.get(discovery.PARSERS, 'mine')

    assert (False, True) == (before, 'lazy_parser' in sys.modules)


def test_metadata_are_scanned_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Later questions are answered from memory."""
    discovery.find(discovery.PARSERS, 'json')
    monkeypatch.setattr(importlib_metadata, 'entry_points', None)
    monkeypatch.setattr(importlib_metadata, 'distributions', None)

    found = [
        discovery.get(discovery.PARSERS, 'msgpack'),
        discovery.get(discovery.SERIALIZERS, 'pydantic'),
    ]

    assert [MsgpackParser, PydanticSerializer] == found


def test_plugin_that_is_switched_off_is_not_offered() -> None:
    """Asking for it is like asking for one that is not installed."""
    disabled = ['dmr.parsers:msgpack@dmr-msgspec']

    with (
        override_settings(DMR_SETTINGS={'disabled_plugins': disabled}),
        pytest.raises(PluginError, match=r"'msgpack'.+installed: json\)"),
    ):
        discovery.get(discovery.PARSERS, 'msgpack')


def test_default_parser_is_always_the_same_object() -> None:
    """It can be compared and listed anywhere."""
    first = settings.default_parser

    assert first is settings.default_parser


def test_importing_the_framework_asks_for_no_plugin() -> None:
    """Neither metadata are scanned nor plugins imported."""
    code = (
        'import sys; from dmr import Controller; '
        'print([name for name in ("importlib_metadata", "msgspec", "pydantic")'
        ' if name in sys.modules])'
    )

    done = subprocess.run(
        [sys.executable, '-c', code],
        capture_output=True,
        check=True,
        text=True,
    )

    assert '[]' == done.stdout.strip()
