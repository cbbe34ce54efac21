"""What is published when the tests begin, and a clone for each of them."""

import shutil
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from releasing.environments import Built, build
from releasing.repository import Repository
from tests.architecture.source import SOURCES
from tests.release.clones import Clone, clone_of, first_clone


@pytest.fixture(scope='session')
def origin(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """Return the repository at 0.1.0 of everything; nobody edits it."""
    return first_clone(tmp_path_factory.mktemp('release') / 'origin')


@pytest.fixture(scope='session')
def first_release(
    origin: Clone,
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, Built]:
    """Return what 0.1.0 of each package is, built once for all tests."""
    folder = tmp_path_factory.mktemp('first')
    repository = Repository(root=origin.root)

    def built(name: str) -> Built:
        return build(repository.package(name), folder)

    with ThreadPoolExecutor(2) as pool:
        return dict(zip(SOURCES, pool.map(built, SOURCES), strict=True))


@pytest.fixture(scope='session')
def first_wheels(
    first_release: Mapping[str, Built],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Return a folder with the wheels of 0.1.0; nobody edits it."""
    folder = tmp_path_factory.mktemp('wheels')
    for built in first_release.values():
        shutil.copy(built.wheel.path, folder)
    return folder


@pytest.fixture
def clone(origin: Clone, tmp_path: Path) -> Clone:
    """Return a clone that the test may edit."""
    return clone_of(origin, tmp_path / 'clone')


@pytest.fixture
def published(first_wheels: Path, tmp_path: Path) -> Path:
    """Return an index with 0.1.0 of everything, for this test alone."""
    return Path(shutil.copytree(first_wheels, tmp_path / 'published'))


@pytest.fixture
def nothing_published(tmp_path: Path) -> Path:
    """Return an empty index."""
    folder = tmp_path / 'published'
    folder.mkdir()
    return folder
