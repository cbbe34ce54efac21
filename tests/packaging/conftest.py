"""Wheels, and one environment with nothing else, shared by the tests."""

import shutil
from pathlib import Path

import pytest

from tests.packaging.environments import (
    OUTSIDE,
    Environment,
    build_all,
    core_packages,
    make_environment,
)


@pytest.fixture(scope='session')
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheels of our packages and of the plugins."""
    folder = tmp_path_factory.mktemp('wheels')
    sources = tmp_path_factory.mktemp('outside')
    for one in sorted(OUTSIDE.glob('dmr-*')):
        shutil.copytree(one, sources / one.name)
    build_all([*core_packages(), *sorted(sources.iterdir())], folder)
    return folder


@pytest.fixture(scope='session')
def clean(
    wheels: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Environment:
    """Return an environment with the wheels of the plugins and of the core.

    The tools that tests and editable installs need are there too; no other
    serializer is.
    """
    made = make_environment(tmp_path_factory.mktemp('clean') / 'env')
    made.install(
        *('--find-links', wheels),
        *('dmr-cattrs', 'dmr-cbor', 'dmr-openapi', 'dmr-testing[pytest]'),
        *('hatchling', 'editables', 'hypothesis'),
    )
    return made
