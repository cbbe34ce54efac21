"""What the built wheels ship."""

import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

import pytest

from releasing.contents import expected_files, owner_of
from releasing.repository import OWNED_FOLDERS as OWNS
from tests.architecture.source import PACKAGES, SOURCES

#: Builds the wheel of the package in the working directory.
_BUILD: Final = (
    'import sys; from hatchling.build import build_wheel; '
    'print(build_wheel(sys.argv[1]))'
)

pytestmark = pytest.mark.slow


def _build(distribution: str, folder: Path) -> Path:
    finished = subprocess.run(
        [sys.executable, '-c', _BUILD, str(folder)],
        cwd=PACKAGES / distribution,
        capture_output=True,
        check=False,
        text=True,
    )
    assert finished.returncode == 0, finished.stderr
    return folder / finished.stdout.split()[-1]


@pytest.fixture(scope='session')
def contents(
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, frozenset[str]]:
    """Return distribution → paths in its wheel, metadata left out."""
    folder = tmp_path_factory.mktemp('wheels')
    return {
        distribution: frozenset(
            path
            for path in zipfile.ZipFile(_build(distribution, folder)).namelist()
            if '.dist-info/' not in path
        )
        for distribution in SOURCES
    }


def test_every_distribution_has_its_folders() -> None:
    """A new package is added to the table."""
    assert set(OWNS) == set(SOURCES)


def test_no_path_is_in_two_wheels(
    contents: Mapping[str, frozenset[str]],
) -> None:
    """Else uninstalling one distribution would break another."""
    owners = Counter(path for paths in contents.values() for path in paths)

    shared = {path for path, count in owners.items() if count > 1}

    assert set() == shared


@pytest.mark.parametrize('distribution', OWNS)
def test_wheel_ships_only_its_own_folders(
    contents: Mapping[str, frozenset[str]],
    distribution: str,
) -> None:
    """The core ships `dmr` but for the folders that everybody else has."""
    strays = [
        path
        for path in contents[distribution]
        if owner_of(path) != distribution
    ]

    assert [] == strays


@pytest.mark.parametrize('distribution', OWNS)
def test_wheel_is_complete(
    contents: Mapping[str, frozenset[str]],
    distribution: str,
) -> None:
    """Every file of the source tree is shipped, apart from the shims."""
    source = SOURCES[distribution]

    sources = {
        path.relative_to(source).as_posix()
        for path in source.rglob('*')
        if path.is_file() and path.suffix not in {'.pyc', '.pyo'}
    }
    assert expected_files(distribution, sources) == contents[distribution]


@pytest.mark.parametrize('distribution', OWNS)
def test_every_folder_of_a_wheel_is_typed(
    contents: Mapping[str, frozenset[str]],
    distribution: str,
) -> None:
    """Type checkers look for ``py.typed`` in each part of `dmr`."""
    expected = {f'{folder}/py.typed' for folder in OWNS[distribution]}

    assert expected == {
        path
        for path in contents[distribution]
        if PurePosixPath(path).name == 'py.typed'
    }
