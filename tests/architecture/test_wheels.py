"""What the built wheels ship."""

import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

import pytest

from tests.architecture.source import PACKAGES, SOURCES

#: Distribution → folders that its wheel may ship files in.
OWNS: Final = {
    'dmr-core': ('dmr',),
    'dmr-pydantic': ('dmr/plugins/pydantic',),
    'dmr-msgspec': ('dmr/plugins/msgspec',),
    'dmr-openapi': ('dmr/openapi',),
    'dmr-testing': ('dmr/test', 'dmr_pytest'),
}

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
    """The core ships `dmr`, everybody else a folder in it."""
    strays = [
        path
        for path in contents[distribution]
        if not any(
            PurePosixPath(path).is_relative_to(folder)
            for folder in OWNS[distribution]
        )
    ]

    assert [] == strays


def test_core_ships_nothing_of_the_others(
    contents: Mapping[str, frozenset[str]],
) -> None:
    """The folders of the other distributions are missing in the core."""
    foreign = [
        path
        for path in contents['dmr-core']
        for owner, folders in OWNS.items()
        for folder in folders
        if owner != 'dmr-core' and PurePosixPath(path).is_relative_to(folder)
    ]

    assert [] == foreign


@pytest.mark.parametrize('distribution', OWNS)
def test_wheel_is_complete(
    contents: Mapping[str, frozenset[str]],
    distribution: str,
) -> None:
    """Every file of the source tree is shipped, apart from the shims."""
    source = SOURCES[distribution]
    shims = {'dmr/__init__.py', 'dmr/plugins/__init__.py'}

    expected = {
        path.relative_to(source).as_posix()
        for path in source.rglob('*')
        if path.is_file() and path.suffix not in {'.pyc', '.pyo'}
    }
    if distribution != 'dmr-core':
        expected -= shims
    assert expected == contents[distribution]


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
