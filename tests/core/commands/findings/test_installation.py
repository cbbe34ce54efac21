"""The doctor sees what is installed, and what does not fit."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings

from dmr.commands.findings.installation import (
    app_findings,
    distribution_findings,
    handler_findings,
    plugin_findings,
)
from tests.core.plugins import Installer, installing


@pytest.fixture
def installer(tmp_path: Path) -> Iterator[Installer]:
    """Return what installs plugins for this test."""
    with installing(tmp_path) as found:
        yield found


def test_missing_app_is_told() -> None:
    """Without it there are no translations and no commands."""
    with override_settings(INSTALLED_APPS=[]):
        assert ['dmr.D001'] == [one.id for one in app_findings()]


def test_versions_that_fit_are_not_told() -> None:
    """This repository is released together."""
    assert [] == list(distribution_findings())


def test_version_that_does_not_fit_is_told(installer: Installer) -> None:
    """Both sides are named."""
    installer.install(
        'dmr-later',
        '',
        requirements=['dmr-core<10,>=9', 'django'],
    )

    (finding,) = distribution_findings()

    assert 'dmr.D002' == finding.id
    assert (
        'dmr-later 1.2 requires dmr-core<10,>=9, but dmr-core '
        f'{version("dmr-core")} is installed.'
    ) == finding.msg
    assert (
        'Install versions that fit each other: '
        '`pip install --upgrade dmr-later dmr-core`.'
    ) == finding.hint


def test_half_removed_distribution_is_told(
    installer: Installer,
    tmp_path: Path,
) -> None:
    """Its folder is named, nothing else is left of it."""
    installer.install('dmr-half', '', metadata=False)

    (finding,) = distribution_findings()

    assert 'dmr.D003' == finding.id
    assert finding.msg.startswith('dmr-half 1.2 is half removed')
    assert str(tmp_path / 'dmr_half-1.2.dist-info') in finding.hint


@pytest.mark.parametrize(
    ('disabled', 'expected'),
    [
        (['dmr.parsers:json@dmr-msgspec'], []),
        (['dmr.parsers:json@dmr_msgspec'], ['dmr.D004']),
        (['json'], ['dmr.D004']),
    ],
)
def test_disabled_plugin_that_nobody_offers_is_told(
    disabled: list[str],
    expected: list[str],
) -> None:
    """It is a spelling mistake, or a package that has gone."""
    with override_settings(DMR_SETTINGS={'disabled_plugins': disabled}):
        assert expected == [one.id for one in plugin_findings()]


@pytest.mark.parametrize(
    ('handler', 'expected'),
    [
        ('not.there', ['dmr.D006']),
        ('dmr.errors.global_error_handler', []),
        (print, []),
    ],
)
def test_error_handler_that_cannot_be_imported_is_told(
    handler: Any,
    expected: list[str],
) -> None:
    """Else it is found missing when the first error happens."""
    with override_settings(DMR_SETTINGS={'global_error_handler': handler}):
        assert expected == [one.id for one in handler_findings()]
