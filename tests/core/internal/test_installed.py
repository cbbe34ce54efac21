"""Metadata of distributions are read, whatever state they are in."""

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from dmr import discovery
from dmr.parsers import JsonParser
from tests.core.plugins import Installer, installing

_POINT = '[dmr.parsers]\nmine = dmr.parsers:JsonParser\n'


@pytest.fixture
def installer(tmp_path: Path) -> Iterator[Installer]:
    """Return what installs plugins for this test."""
    with installing(tmp_path) as found:
        yield found


def _mine() -> list[tuple[str, str]]:
    return [
        (one.distribution, one.version)
        for one in discovery.plugins(discovery.PARSERS)
        if one.name == 'mine'
    ]


def test_distributions_are_ours_and_those_with_plugins(
    installer: Installer,
) -> None:
    """Others are none of our business."""
    installer.install('with-plugins', _POINT)
    installer.install('without-plugins', '[console_scripts]\nx = x:y\n')

    found = {one.name: one.version for one in discovery.distributions()}

    ours = (
        'dmr-core',
        'dmr-msgspec',
        'dmr-openapi',
        'dmr-pydantic',
        'dmr-testing',
    )
    expected = {name: version(name) for name in ours}
    assert {**expected, 'with-plugins': '1.2'} == found


def test_requirements_are_those_that_are_declared(
    installer: Installer,
) -> None:
    """They are told as they were written."""
    installer.install('with-plugins', _POINT, requirements=['dmr-core<9'])

    (found,) = [
        one for one in discovery.distributions() if one.name == 'with-plugins'
    ]

    assert ('dmr-core<9',) == found.requirements


def test_half_removed_distribution_is_named_by_its_folder(
    installer: Installer,
    tmp_path: Path,
) -> None:
    """What it offers is found all the same, its code may still be there."""
    installer.install('half-removed', _POINT, metadata=False)

    (found,) = [one for one in discovery.distributions() if one.problem]

    assert [('half-removed', '1.2')] == _mine()
    assert str(tmp_path / 'half_removed-1.2.dist-info') == found.location
    assert discovery.get(discovery.PARSERS, 'mine') is JsonParser


@pytest.mark.parametrize(
    'damaged',
    [b'\xff\xfe\xfa', b'[dmr.parsers]\nno sign of equality\n'],
    ids=['no text', 'no entry point'],
)
def test_damaged_entry_points_hide_no_others(
    installer: Installer,
    tmp_path: Path,
    damaged: bytes,
) -> None:
    """The package with the damage is named."""
    installer.install('mine', _POINT)
    installer.install('damaged', '')
    (tmp_path / 'damaged-1.2.dist-info' / 'entry_points.txt').write_bytes(
        damaged,
    )

    problems = [one.name for one in discovery.distributions() if one.problem]

    assert ['damaged'] == problems
    assert [('mine', '1.2')] == _mine()


def test_distribution_that_is_there_twice_counts_once(
    installer: Installer,
    tmp_path: Path,
) -> None:
    """The first one on the path is the one that Python imports."""
    other = tmp_path / 'other'
    other.mkdir()
    installer.install('mine', _POINT)

    with installing(other) as first:
        first.install('mine', _POINT.replace('Json', 'MultiPart'))
        (found,) = [
            one
            for one in discovery.plugins(discovery.PARSERS)
            if one.name == 'mine'
        ]

    assert 'dmr.parsers:MultiPartParser' == found.value


def test_editable_distribution_counts_once(tmp_path: Path) -> None:
    """Its metadata may be in both places, its code is in the source tree."""
    site, source = tmp_path / 'site', tmp_path / 'source'
    for folder in (site / 'mine-1.2.dist-info', source / 'mine.egg-info'):
        folder.mkdir(parents=True)
        (folder / 'entry_points.txt').write_text(
            '[dmr.parsers]\nmine = my_parser:MyParser\n',
        )
    metadata = 'Metadata-Version: 2.1\nName: mine\nVersion: 1.2\n'
    (site / 'mine-1.2.dist-info' / 'METADATA').write_text(metadata)
    (source / 'mine.egg-info' / 'PKG-INFO').write_text(metadata)
    (site / 'mine.pth').write_text(f'{source}\n')
    (source / 'my_parser.py').write_text(
        'from dmr.parsers import JsonParser\n'
        'class MyParser(JsonParser):\n'
        '    dmr_plugin_api = 1\n',
    )
    program = (
        f'import site; site.addsitedir({str(site)!r})\n'
        'from django.conf import settings; settings.configure()\n'
        'from dmr import discovery\n'
        'print(discovery.make("dmr.parsers", "mine").__class__.__name__)\n'
    )

    finished = subprocess.run(
        [sys.executable, '-c', program],
        capture_output=True,
        check=False,
        text=True,
    )

    assert ('MyParser\n', '') == (finished.stdout, finished.stderr)
