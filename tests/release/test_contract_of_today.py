"""What is read from the wheels of today is what Python finds in them."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec

import pytest

from dmr import discovery
from releasing.contract import misfits, needed_versions, supported_versions
from releasing.environments import Built
from releasing.names import names_of_the_core
from tests.architecture.source import SOURCES

pytestmark = [pytest.mark.packaging, pytest.mark.slow]

_PLUGINS = [name for name in SOURCES if name != 'dmr-core']


def test_supported_versions_are_those_of_the_core(
    first_release: Mapping[str, Built],
) -> None:
    """The constant is found wherever it is."""
    core = first_release['dmr-core'].wheel

    assert discovery.SUPPORTED_PLUGIN_API == supported_versions(core)


@pytest.mark.parametrize('name', ['dmr-pydantic', 'dmr-msgspec'])
def test_serializers_say_their_version(
    first_release: Mapping[str, Built], name: str
) -> None:
    """As a literal, which is what the release reads."""
    assert {1} == needed_versions(first_release[name].wheel)


@pytest.mark.parametrize('name', _PLUGINS)
def test_names_of_a_plugin_can_be_imported(
    first_release: Mapping[str, Built],
    name: str,
) -> None:
    """Every name that is found in its source exists."""
    names = names_of_the_core(first_release[name].wheel)

    missing = [
        str(one)
        for one in names
        if not hasattr(import_module(one.module), one.attribute or '__name__')
        and find_spec(str(one)) is None
    ]

    assert names
    assert [] == missing


@pytest.mark.parametrize('name', _PLUGINS)
def test_plugins_of_today_fit_the_core(
    first_release: Mapping[str, Built], name: str
) -> None:
    """Nothing is taken for missing that is there."""
    core = first_release['dmr-core'].wheel

    assert [] == misfits(core, first_release[name].wheel)
