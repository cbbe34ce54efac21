"""Each package could be released as it is."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from releasing.changelog import sections
from releasing.contents import (
    ownership_problems,
    sdist_problems,
    wheel_problems,
)
from releasing.environments import Built
from releasing.metadata import metadata_problems
from releasing.repository import Package, Repository, Tag, read_version
from tests.architecture.source import PACKAGES, ROOT, SOURCES
from tests.release.clones import Clone
from tests.release.made_wheels import make_wheel

pytestmark = pytest.mark.once

#: What users filter by; the matrix of the tests has the same versions.
_PYTHONS: Final = ('3.11', '3.12', '3.13')
_DJANGOS: Final = ('5.2', '6.0', '6.1')

each = pytest.mark.parametrize('name', SOURCES)


@each
@pytest.mark.packaging
def test_sdist_and_wheel_are_complete(
    first_release: Mapping[str, Built],
    origin: Clone,
    name: str,
) -> None:
    """They have every source file, and nothing that is none."""
    built = first_release[name]
    folder = origin.root / 'packages' / name / 'src'
    tracked = Repository(root=origin.root).tracked(folder)

    assert [] == [
        *sdist_problems(built.sdist, name, tracked),
        *wheel_problems(built.wheel, tracked),
    ]


@each
@pytest.mark.packaging
def test_paths_belong_to_the_package(
    first_release: Mapping[str, Built],
    name: str,
) -> None:
    """No two of the five wheels have the same one."""
    others = [
        built.wheel for other, built in first_release.items() if other != name
    ]

    assert [] == ownership_problems(first_release[name].wheel, others)


@each
@pytest.mark.packaging
def test_metadata_are_right(
    first_release: Mapping[str, Built],
    name: str,
) -> None:
    """Limits of requirements, licence files and links included."""
    tag = Tag(distribution=name, version=Version('0.1.0'))

    assert [] == metadata_problems(first_release[name].wheel, tag)


@each
def test_classifiers_say_what_is_tested(name: str) -> None:
    """Users who filter by them find the package."""
    hatch = tomllib.loads((ROOT / 'hatch.toml').read_text('utf-8'))
    matrices = hatch['envs']['test']['matrix']
    project = _project(name)

    for key, versions, prefix in (
        ('python', _PYTHONS, 'Programming Language :: Python :: '),
        ('django', _DJANGOS, 'Framework :: Django :: '),
    ):
        tested = {one for matrix in matrices for one in matrix[key]}
        assert set(versions) == tested
        assert [f'{prefix}{one}' for one in versions] == [
            one for one in project['classifiers'] if one.startswith(prefix)
        ]
    assert f'>={_PYTHONS[0]}' == project['requires-python']


@each
def test_limits_of_requirements_are_right(name: str, tmp_path: Path) -> None:
    """Those of the tree: the release of a clone has fixed ones."""
    project = _project(name)
    wheel = make_wheel(
        tmp_path,
        name,
        requirements=(
            *project['dependencies'],
            *(
                f'{requirement}; extra == "{extra}"'
                for extra, requirements in project.get(
                    'optional-dependencies', {}
                ).items()
                for requirement in requirements
            ),
        ),
    )
    tag = Tag(distribution=name, version=wheel.version)

    assert [] == metadata_problems(wheel, tag)


@each
def test_requirement_on_the_core_can_be_met_here(name: str) -> None:
    """Else nobody could work on the package beside the core of this tree."""
    core = Package(name='dmr-core', root=ROOT).version

    assert [] == [
        text
        for text in _project(name)['dependencies']
        if Requirement(text).name == 'dmr-core'
        and not Requirement(text).specifier.contains(core, prereleases=True)
    ]


@each
def test_changelog_is_in_order(name: str) -> None:
    """What is unreleased comes first, then the newest version."""
    changelog = (PACKAGES / name / 'CHANGELOG.md').read_text('utf-8')

    unreleased, *released = sections(changelog)

    versions = [read_version(section.name) for section in released]
    assert ('Unreleased', None) == (unreleased.name, unreleased.date)
    assert sorted(versions, reverse=True) == versions
    assert changelog.startswith(f'# Changelog of {name}\n')


def _project(name: str) -> dict[str, Any]:
    text = (PACKAGES / name / 'pyproject.toml').read_text('utf-8')
    project: dict[str, Any] = tomllib.loads(text)['project']
    return project
