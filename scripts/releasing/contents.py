"""What a wheel and an sdist may have in them, and what they must have."""

import tarfile
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Final

from releasing.problems import Problem
from releasing.repository import CORE, OWNED_FOLDERS
from releasing.wheels import Wheel

#: The same file in every source tree, shipped by the core alone.
SHIMS: Final = frozenset(('dmr/__init__.py', 'dmr/plugins/__init__.py'))

#: Beside the sources, what every sdist has.
SDIST_FILES: Final = frozenset(
    ('CHANGELOG.md', 'LICENSE', 'README.md', 'pyproject.toml'),
)

#: What the build adds of its own.
_GENERATED: Final = frozenset(('PKG-INFO', '.gitignore'))

#: Names of files in one message.
_SHOWN: Final = 5


def ownership_problems(wheel: Wheel, others: Iterable[Wheel]) -> list[Problem]:
    """Say which paths of *wheel* belong to somebody else.

    Uninstalling one of two distributions with the same path removes it for
    both.
    """
    problems = [
        Problem(
            what=(
                f'{wheel} and {other} both ship '
                f'{_listed(wheel.files & other.files)}.'
            ),
            where=wheel.path.name,
            remedy='Keep each file in one of the two packages.',
        )
        for other in others
        if wheel.files & other.files
    ]
    strays = {path for path in wheel.files if owner_of(path) != wheel.name}
    if strays:
        owners = {owner_of(path) or 'nobody' for path in strays}
        problems.append(
            Problem(
                what=(
                    f'{wheel} ships {_listed(strays)}, '
                    f'which belongs to {", ".join(sorted(owners))}.'
                ),
                where=wheel.path.name,
                remedy=(
                    'Move it to a folder of this package: '
                    f'{", ".join(OWNED_FOLDERS[wheel.name])}.'
                ),
            ),
        )
    return problems


def owner_of(path: str) -> str | None:
    """Return the distribution that may ship *path*, if there is one."""
    owners = [
        (len(folder), name)
        for name, folders in OWNED_FOLDERS.items()
        for folder in folders
        if PurePosixPath(path).is_relative_to(folder)
    ]
    # Everybody's folders are below that of the core: the longest one decides.
    return max(owners)[1] if owners else None


def expected_files(name: str, tracked: Iterable[str]) -> frozenset[str]:
    """Return what the wheel of a package has to ship.

    *tracked* are the paths below ``src`` that git knows.
    """
    shims = frozenset[str]() if name == CORE else SHIMS
    return frozenset(tracked) - shims


def wheel_problems(wheel: Wheel, tracked: Iterable[str]) -> list[Problem]:
    """Say which files of the source tree are missing, and which are new."""
    expected = expected_files(wheel.name, tracked)
    return _difference(
        str(wheel),
        expected=expected,
        actual=wheel.files,
        where=f'packages/{wheel.name}/pyproject.toml',
    )


def sdist_problems(
    sdist: Path,
    name: str,
    tracked: Iterable[str],
) -> list[Problem]:
    """Say what the sdist lacks, and what is no source."""
    expected = {f'src/{path}' for path in tracked} | SDIST_FILES
    return _difference(
        sdist.name,
        expected=expected,
        actual=_members(sdist) - _GENERATED,
        where=f'packages/{name}/pyproject.toml',
    )


def _members(sdist: Path) -> frozenset[str]:
    with tarfile.open(sdist) as archive:
        return frozenset(
            member.name.partition('/')[2]
            for member in archive.getmembers()
            if member.isfile()
        )


def _difference(
    built: str,
    *,
    expected: Iterable[str],
    actual: Iterable[str],
    where: str,
) -> list[Problem]:
    missing = set(expected) - set(actual)
    surplus = set(actual) - set(expected)
    problems: list[Problem] = []
    if missing:
        problems.append(
            Problem(
                what=f'{built} lacks {_listed(missing)}.',
                where=where,
                remedy=(
                    'Commit these files, and look at what '
                    '[tool.hatch.build] includes and excludes.'
                ),
            ),
        )
    if surplus:
        problems.append(
            Problem(
                what=f'{built} has {_listed(surplus)}, which git does not.',
                where=where,
                remedy=(
                    'Commit or remove these files, or leave them out of '
                    '[tool.hatch.build].'
                ),
            ),
        )
    return problems


def _listed(paths: Iterable[str]) -> str:
    ordered = sorted(paths)
    shown = ', '.join(ordered[:_SHOWN])
    more = len(ordered) - _SHOWN
    return f'{shown} and {more} more' if more > 0 else shown
