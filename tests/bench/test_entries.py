"""Candidates are folders, and each of them is complete."""

from pathlib import Path

import pytest

from bench.race.entries import CANDIDATES, Entry, baseline, entries

pytestmark = pytest.mark.once

FOLDERS = sorted(path.parent for path in CANDIDATES.glob('*/candidate.toml'))


@pytest.mark.parametrize('folder', FOLDERS, ids=lambda folder: folder.name)
def test_requirements_are_exact(folder: Path) -> None:
    """Two runs install the same code, ours comes from the working tree."""
    lines = (folder / 'requirements.txt').read_text('utf-8').splitlines()

    assert not [
        line
        for line in lines
        if '==' not in line and not line.startswith(('#', '-e ./packages/'))
    ]


@pytest.mark.parametrize('entry', entries(), ids=lambda entry: entry.name)
def test_entry_has_its_interfaces(entry: Entry) -> None:
    """There is a module for each interface that is announced."""
    found = {
        interface
        for interface in ('wsgi', 'asgi')
        if (CANDIDATES / entry.candidate / f'{interface}.py').exists()
    }

    assert set(entry.interfaces) <= found


@pytest.mark.parametrize('entry', entries(), ids=lambda entry: entry.name)
def test_entry_has_a_baseline(entry: Entry) -> None:
    """There is a raw view with the same models."""
    raw = baseline(entry, entries())

    assert raw is not None
    assert ('raw', entry.models) == (raw.candidate, raw.models)
