"""The packages of this repository, their tags and their files."""

import re
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from packaging.version import InvalidVersion, Version

from releasing.problems import Problem, RefusedError

CORE: Final = 'dmr-core'

#: Distribution → folders of its wheel that belong to it and nobody else.
#: The core has all of `dmr` that is not named here.
OWNED_FOLDERS: Final[dict[str, tuple[str, ...]]] = {
    CORE: ('dmr',),
    'dmr-pydantic': ('dmr/plugins/pydantic',),
    'dmr-msgspec': ('dmr/plugins/msgspec',),
    'dmr-openapi': ('dmr/openapi',),
    'dmr-testing': ('dmr/test', 'dmr_pytest'),
}

PLUGINS: Final = tuple(name for name in OWNED_FOLDERS if name != CORE)

_VERSION_LINE: Final = re.compile(r'^version = "(.*)"$', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """What is released: ``dmr-core-v0.2.0``."""

    distribution: str
    version: Version

    def __str__(self) -> str:
        """Return it as git knows it."""
        return f'{self.distribution}-v{self.version}'


def read_tag(text: str) -> Tag:
    """Return the parts of a tag.

    Raises:
        RefusedError: it has another form, or no package has that name.
    """
    distribution, _, version = text.rpartition('-v')
    if distribution not in OWNED_FOLDERS:
        raise RefusedError(
            Problem(
                what=f'No package of this repository belongs to {text!r}.',
                where='the name of the tag',
                remedy=(
                    'Name it PACKAGE-vVERSION, with one of '
                    f'{", ".join(OWNED_FOLDERS)}: dmr-core-v0.2.0.'
                ),
            ),
        )
    return Tag(distribution=distribution, version=read_version(version))


def read_version(text: str) -> Version:
    """Return a version that is written as installers write it.

    Raises:
        RefusedError: it is none, or has a shorter form.
    """
    try:
        version = Version(text)
    except InvalidVersion:
        version = None
    if version is None or str(version) != text or len(version.release) != 3:
        raise RefusedError(
            Problem(
                what=f'{text!r} is not a version in its normal form.',
                where='the name of the tag',
                remedy='Write three numbers: 0.2.0, or 0.2.0rc1.',
            ),
        )
    return version


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """One distribution as it is in the working tree."""

    name: str
    root: Path

    @property
    def folder(self) -> Path:
        """Return where its ``pyproject.toml`` is."""
        return self.root / 'packages' / self.name

    @property
    def pyproject(self) -> Path:
        """Return the file that has its version."""
        return self.folder / 'pyproject.toml'

    @property
    def changelog(self) -> Path:
        """Return the file that tells users what has changed."""
        return self.folder / 'CHANGELOG.md'

    @property
    def version(self) -> Version:
        """Return the version that a build would have."""
        project = tomllib.loads(self.pyproject.read_text('utf-8'))
        return Version(project['project']['version'])

    def set_version(self, version: Version) -> None:
        """Write another version, and leave the rest of the file alone."""
        text = self.pyproject.read_text('utf-8')
        changed = _VERSION_LINE.sub(f'version = "{version}"', text, count=1)
        self.pyproject.write_text(changed, 'utf-8')


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """A clone of this repository."""

    root: Path

    def package(self, name: str) -> Package:
        """Return one of the five packages."""
        return Package(name=name, root=self.root)

    def where(self, path: Path) -> str:
        """Return a path as people in this clone write it."""
        return path.relative_to(self.root).as_posix()

    def uncommitted(self) -> list[str]:
        """Return the files that git would ask about."""
        return self._git('status', '--porcelain').splitlines()

    def commit_of(self, revision: str) -> str | None:
        """Return the commit that a tag or ``HEAD`` points to, if it exists."""
        found = self._git(
            'rev-parse',
            '--verify',
            '--quiet',
            f'{revision}^{{commit}}',
            check=False,
        )
        return found.strip() or None

    def tracked(self, folder: Path) -> frozenset[str]:
        """Return the files below *folder* that git knows, relative to it."""
        listed = self._git('ls-files', '-z', '--', str(folder))
        return frozenset(
            (self.root / path).relative_to(folder).as_posix()
            for path in listed.split('\0')
            if path
        )

    def isolated_tests(self, name: str) -> str:
        """Return the tests of a wheel that is built from this tree."""
        return (self.root / _isolated_tests(name)).read_text('utf-8')

    def released_tests(self, tag: Tag) -> str:
        """Return the tests that a published wheel was released with.

        Without its tag these are the tests of this tree.
        """
        if self.commit_of(f'refs/tags/{tag}') is None:
            return self.isolated_tests(tag.distribution)
        path = _isolated_tests(tag.distribution)
        return self._git('show', f'refs/tags/{tag}:{path}')

    def _git(self, *arguments: str, check: bool = True) -> str:
        finished = subprocess.run(
            ['git', *arguments],
            cwd=self.root,
            capture_output=True,
            check=check,
            encoding='utf-8',
        )
        return finished.stdout


def _isolated_tests(name: str) -> str:
    return f'tests/isolated/test_{name.removeprefix("dmr-")}.py'
