"""Plugins that cannot be used: who is named, and what goes on to work."""

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import importlib_metadata
import pytest
from django.urls import path

from dmr import Controller, discovery
from dmr.exceptions import PluginError
from dmr.parsers import JsonParser
from dmr.plugins.msgspec import MsgpackParser, MsgspecSerializer
from dmr.settings import resolve_setting
from dmr.test import DMRRequestFactory
from tests.core.plugins import Installer, installing


class _Controller(Controller[MsgspecSerializer]):
    def get(self) -> str:
        return 'works'


urlpatterns = [path('x/', _Controller.as_view())]

_OWN = """
    from dmr.parsers import JsonParser, Parser

    class Own(JsonParser):
        dmr_plugin_api = 1
"""

#: Group, what the entry point points to, code of its module, what is told.
_BROKEN = {
    'raises at import': (
        'dmr.parsers',
        'broken:P',
        'raise ZeroDivisionError("oops")',
        'cannot be imported: ZeroDivisionError: oops',
    ),
    'ends the process at import': (
        'dmr.parsers',
        'broken:P',
        'import sys; sys.exit("bye")',
        'cannot be imported: SystemExit: bye',
    ),
    'syntax error': (
        'dmr.parsers',
        'broken:P',
        'class',
        'cannot be imported: SyntaxError: ',
    ),
    'no such attribute': (
        'dmr.parsers',
        'broken:Missing',
        '',
        "cannot be imported: AttributeError: module 'broken' has no",
    ),
    'no such module': (
        'dmr.parsers',
        'not_there:P',
        '',
        "cannot be imported: ModuleNotFoundError: No module named 'not_there'",
    ),
    'no import path': (
        'dmr.parsers',
        'what is this?',
        '',
        'cannot be imported: ValueError: ',
    ),
    'a class that is no serializer': (
        'dmr.serializers',
        'broken:S',
        'class S: dmr_plugin_api = 1',
        (
            "points to <class 'broken.S'>, which is no "
            'dmr.serializer.BaseSerializer.'
        ),
    ),
    'an instance in place of a serializer': (
        'dmr.serializers',
        'broken:S',
        'S = 5',
        'points to 5, which is no dmr.serializer.BaseSerializer.',
    ),
    'a function in place of a serializer': (
        'dmr.serializers',
        'broken:make',
        'def make(): return 1',
        'which is no dmr.serializer.BaseSerializer.',
    ),
    'a class that is no parser': (
        'dmr.parsers',
        'dmr.renderers:JsonRenderer',
        '',
        (
            "points to <class 'dmr.renderers.JsonRenderer'>, which is no "
            'dmr.parsers.Parser.'
        ),
    ),
    'a module in place of a parser': (
        'dmr.parsers',
        'broken',
        '',
        'which is no dmr.parsers.Parser.',
    ),
    'a factory that makes something else': (
        'dmr.parsers',
        'broken:make',
        'def make(): return 5',
        'made 5, which is no dmr.parsers.Parser.',
    ),
    'a factory that raises': (
        'dmr.renderers',
        'broken:make',
        'def make(): raise ZeroDivisionError("oops")',
        'cannot be called without arguments: ZeroDivisionError: oops.',
    ),
    'a factory with arguments': (
        'dmr.parsers',
        'broken:make',
        'def make(what): ...',
        'cannot be called without arguments: TypeError: make() missing 1',
    ),
    'a class with arguments': (
        'dmr.parsers',
        'broken:P',
        """
        from dmr.parsers import Parser

        class P(Parser):
            dmr_plugin_api = 1

            def __init__(self, what): ...
        """,
        'cannot be called without arguments: TypeError: ',
    ),
}

#: What a module says about its version of the contract, what is told.
_INCOMPATIBLE = {
    'another version': (
        'Own.dmr_plugin_api = 99',
        (
            'was written for version 99 of the plugin contract, this core has '
            '[1]. Install versions of bad-one and dmr-core that fit each other.'
        ),
    ),
    'no version': (
        'del Own.dmr_plugin_api',
        (
            'does not say for which version of the plugin contract it was '
            'written, this core has [1]. Its author writes '
            '`dmr_plugin_api = 1` into the class Own itself'
        ),
    ),
    'the version of its base class': (
        'class Derived(Own): ...\nOwn = Derived',
        'into the class Derived itself: what a base class says does not count',
    ),
    'a factory whose class has no version': (
        'class Derived(Own): ...\nOwn = lambda: Derived()',
        'into the class Derived itself',
    ),
}


@pytest.fixture
def installer(tmp_path: Path) -> Iterator[Installer]:
    """Return what installs plugins for this test."""
    with installing(tmp_path) as found:
        yield found


def _assert_the_rest_works(dmr_rf: DMRRequestFactory) -> None:
    response = _Controller.as_view()(dmr_rf.get('/x/'))

    assert discovery.get(discovery.PARSERS, 'msgpack') is MsgpackParser
    assert resolve_setting('renderers')
    assert HTTPStatus.OK == response.status_code
    assert b'"works"' == response.content


def _use(group: str, name: str) -> object:
    if group == discovery.SERIALIZERS:
        return discovery.get(group, name)
    return discovery.make(group, name)


@pytest.mark.parametrize(
    ('group', 'value', 'code', 'told'),
    _BROKEN.values(),
    ids=_BROKEN,
)
def test_broken_plugin_harms_only_who_uses_it(
    installer: Installer,
    dmr_rf: DMRRequestFactory,
    group: str,
    value: str,
    code: str,
    told: str,
) -> None:
    """The message names group, name, value, package, cause and way out."""
    installer.install(
        'bad-one',
        f'[{group}]\nbad = {value}\n',
        module='broken',
        code=code,
    )

    with pytest.raises(PluginError) as caught:
        _use(group, 'bad')

    message = str(caught.value)
    assert message.startswith(f"{group} 'bad' = {value} (bad-one 1.2) ")
    assert told in message
    assert message.endswith(
        'Reinstall or upgrade bad-one, or switch it off with '
        f"DMR_SETTINGS['disabled_plugins'] = ['{group}:bad@bad-one'].",
    )
    assert 'broken' == caught.value.fault
    _assert_the_rest_works(dmr_rf)


@pytest.mark.parametrize(
    ('code', 'told'),
    _INCOMPATIBLE.values(),
    ids=_INCOMPATIBLE,
)
def test_plugin_for_another_contract_is_refused(
    installer: Installer,
    dmr_rf: DMRRequestFactory,
    code: str,
    told: str,
) -> None:
    """Its version is what its own class says, and nothing else."""
    installer.install(
        'bad-one',
        '[dmr.parsers]\nbad = later:Own\n',
        module='later',
        code=f'{_OWN}\n    ' + code.replace('\n', '\n    '),
    )

    with pytest.raises(PluginError) as caught:
        discovery.make(discovery.PARSERS, 'bad')

    assert 'incompatible' == caught.value.fault
    assert told in str(caught.value)
    _assert_the_rest_works(dmr_rf)


def test_version_of_a_base_class_does_not_matter(installer: Installer) -> None:
    """A plugin may build upon one that was written for another contract."""
    installer.install(
        'good-one',
        '[dmr.parsers]\ngood = later:Good\n',
        module='later',
        code=f'{_OWN}'
        '\n    Own.dmr_plugin_api = 99'
        '\n    class Good(Own): dmr_plugin_api = 1',
    )

    made = discovery.make(discovery.PARSERS, 'good')

    assert isinstance(made, JsonParser)


def test_plugin_that_sleeps_keeps_nobody_else_waiting(
    installer: Installer,
    dmr_rf: DMRRequestFactory,
) -> None:
    """It is not imported unless somebody asks for it."""
    installer.install(
        'sleeper',
        '[dmr.parsers]\nasleep = sleeps_for_long:P\n',
        module='sleeps_for_long',
        code='import time; time.sleep(3600)',
    )

    assert 'asleep' in {one.name for one in discovery.plugins('dmr.parsers')}
    _assert_the_rest_works(dmr_rf)


def test_one_package_that_offers_a_name_twice(
    installer: Installer,
    dmr_rf: DMRRequestFactory,
) -> None:
    """No setting can decide that, its authors have to."""
    installer.install(
        'bad-one',
        '[dmr.parsers]\n'
        'same = dmr.parsers:JsonParser\n'
        'same = dmr.parsers:MultiPartParser\n',
    )

    with pytest.raises(PluginError) as caught:
        discovery.get(discovery.PARSERS, 'same')

    assert (
        "dmr.parsers 'same' is offered more than once: "
        "dmr.parsers 'same' = dmr.parsers:JsonParser (bad-one 1.2), "
        "dmr.parsers 'same' = dmr.parsers:MultiPartParser (bad-one 1.2). "
        'That is a mistake of bad-one: tell its authors, and uninstall it or '
        'take another version.'
    ) == str(caught.value)
    assert 'clash' == caught.value.fault
    _assert_the_rest_works(dmr_rf)


def test_half_removed_plugin_says_so(
    installer: Installer,
    tmp_path: Path,
    dmr_rf: DMRRequestFactory,
) -> None:
    """Its folder of metadata is all that is left to name it."""
    installer.install(
        'bad-one',
        '[dmr.parsers]\nbad = not_there:P\n',
        metadata=False,
    )

    with pytest.raises(PluginError) as caught:
        discovery.get(discovery.PARSERS, 'bad')

    message = str(caught.value)
    assert message.startswith("dmr.parsers 'bad' = not_there:P (bad-one 1.2)")
    assert f'Its metadata in {tmp_path / "bad_one-1.2.dist-info"}' in message
    _assert_the_rest_works(dmr_rf)


def test_requests_ask_for_no_plugin(
    dmr_rf: DMRRequestFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was found at import is all that they need."""
    view = _Controller.as_view()
    monkeypatch.setattr(importlib_metadata, 'entry_points', None)
    monkeypatch.setattr(importlib_metadata, 'distributions', None)
    discovery._scan.cache_clear()

    answers = [view(dmr_rf.generic(method, '/x/')) for method in ('GET', 'PUT')]

    assert [200, 405] == [one.status_code for one in answers]
    with pytest.raises(TypeError):
        discovery.find(discovery.PARSERS, 'json')
