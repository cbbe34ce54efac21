"""Read built wheels."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from packaging.metadata import Metadata
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version


# `cached_property` needs a dictionary, which slots take away.
@dataclass(frozen=True, kw_only=True)
class Wheel:
    """One wheel on the disk."""

    path: Path

    @property
    def name(self) -> str:
        """Return the distribution that the file name says."""
        return parse_wheel_filename(self.path.name)[0]

    @property
    def version(self) -> Version:
        """Return the version that the file name says."""
        return parse_wheel_filename(self.path.name)[1]

    def __str__(self) -> str:
        """Return name and version, for messages."""
        return f'{self.name} {self.version}'

    @cached_property
    def names(self) -> frozenset[str]:
        """Return all paths in it."""
        with zipfile.ZipFile(self.path) as archive:
            return frozenset(archive.namelist())

    @cached_property
    def files(self) -> frozenset[str]:
        """Return the paths that are installed, metadata left out."""
        return frozenset(
            path for path in self.names if '.dist-info/' not in path
        )

    @cached_property
    def raw_metadata(self) -> bytes:
        """Return the ``METADATA`` file."""
        return self.read(f'{self._info}/METADATA')

    @cached_property
    def metadata(self) -> Metadata:
        """Return what it says about itself; mistakes are left out."""
        return Metadata.from_email(self.raw_metadata, validate=False)

    @property
    def requirements(self) -> list[Requirement]:
        """Return what it always needs, without extras."""
        return [
            requirement
            for requirement in self.all_requirements
            if 'extra' not in str(requirement.marker or '')
        ]

    @property
    def all_requirements(self) -> list[Requirement]:
        """Return what it needs, extras included."""
        return self.metadata.requires_dist or []

    def requirement_on(self, name: str) -> Requirement | None:
        """Return what it always needs of another distribution."""
        for requirement in self.requirements:
            if canonicalize_name(requirement.name) == name:
                return requirement
        return None

    def has_licence(self, file: str) -> bool:
        """Tell whether a licence file is where metadata say."""
        return f'{self._info}/licenses/{file}' in self.names

    def read(self, path: str) -> bytes:
        """Return the content of one file."""
        with zipfile.ZipFile(self.path) as archive:
            return archive.read(path)

    def modules(self) -> Iterator[tuple[str, str]]:
        """Return path and source of each Python file."""
        with zipfile.ZipFile(self.path) as archive:
            for path in sorted(self.files):
                if path.endswith('.py'):
                    yield path, archive.read(path).decode()

    @property
    def _info(self) -> str:
        return '-'.join(self.path.name.split('-')[:2]) + '.dist-info'
