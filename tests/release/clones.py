"""Clones of this repository, in which releases can go wrong."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.architecture.source import ROOT, SOURCES

#: What a release needs of the repository.
_COPIED: Final = (
    '.gitignore',
    'LICENSE',
    'packages',
    'scripts',
    'tests/isolated',
)

_CHANGELOG: Final = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- All.\n'

#: Of vendored scripts, which are megabytes, only the names matter here.
_ENOUGH_BYTES: Final = 100_000

#: Nobody's configuration of git decides what tests see.
_GIT: Final = (
    'git',
    *('-c', 'user.name=Tests', '-c', 'user.email=tests@example.invalid'),
    *('-c', 'commit.gpgsign=false', '-c', 'core.hooksPath=/dev/null'),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clone:
    """One clone: edit it, commit, release."""

    root: Path

    def release(self, *arguments: str | Path) -> tuple[int, str, str]:
        """Run the script; return exit code, output and errors."""
        finished = subprocess.run(
            [sys.executable, 'scripts/release.py', *arguments],
            cwd=self.root,
            capture_output=True,
            check=False,
            encoding='utf-8',
        )
        return finished.returncode, finished.stdout, finished.stderr

    def edit(self, path: str, pattern: str, replacement: str) -> None:
        """Replace the only match of a regular expression in one file."""
        file = self.root / path
        text, count = re.subn(
            pattern,
            replacement,
            file.read_text('utf-8'),
            flags=re.MULTILINE,
        )
        assert count == 1, (path, pattern, count)
        file.write_text(text, 'utf-8')

    def prepare(self, distribution: str, version: str) -> None:
        """Set a version with something in its changelog."""
        self.edit(
            f'packages/{distribution}/CHANGELOG.md',
            r'## \[Unreleased\]\n',
            '## [Unreleased]\n\n### Added\n\n- More.\n',
        )
        code, _output, errors = self.release(
            'prepare', distribution, version, '--date', '2026-02-01'
        )
        assert code == 0, errors

    def commit(self) -> None:
        """Commit all that was edited or written."""
        self.git('add', '--all')
        self.git('commit', '--quiet', '--message', 'Change something')

    def git(self, *arguments: str) -> None:
        """Run a command of git."""
        subprocess.run([*_GIT, *arguments], cwd=self.root, check=True)


def first_clone(root: Path) -> Clone:
    """Return a repository whose five packages are all tagged as 0.1.0.

    The story is the same whatever versions the packages have today.
    """
    listed = subprocess.run(
        [*_GIT, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding='utf-8',
    )
    for path in listed.stdout.split('\0'):
        if path.startswith(_COPIED) and (ROOT / path).is_file():
            _copy(ROOT / path, root / path)
    clone = Clone(root=root)
    for name in SOURCES:
        project = f'packages/{name}/pyproject.toml'
        clone.edit(project, '^version = ".*"$', 'version = "0.1.0"')
        if name != 'dmr-core':
            clone.edit(project, r'"dmr-core\b[^"]*"', '"dmr-core>=0.1,<1"')
        (root / 'packages' / name / 'CHANGELOG.md').write_text(_CHANGELOG)
    clone.git('init', '--quiet', '--initial-branch', 'main')
    for name in SOURCES:
        clone.release('prepare', name, '0.1.0', '--date', '2026-01-01')
    clone.commit()
    for name in SOURCES:
        clone.git('tag', f'{name}-v0.1.0')
    return clone


def clone_of(origin: Clone, root: Path) -> Clone:
    """Return a clone of its own for a test that edits."""
    origin.git('clone', '--quiet', os.fspath(origin.root), os.fspath(root))
    return Clone(root=root)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open('rb') as content:
        target.write_bytes(content.read(_ENOUGH_BYTES))
