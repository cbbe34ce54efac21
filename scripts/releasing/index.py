"""What is published: on an index of packages, or in a folder of wheels."""

import hashlib
import json
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

from packaging.utils import (
    InvalidWheelFilename,
    parse_wheel_filename,
)
from packaging.version import Version

from releasing.problems import Problem, RefusedError
from releasing.wheels import Wheel

PYPI: Final = 'https://pypi.org/simple/'

_JSON: Final = 'application/vnd.pypi.simple.v1+json'
_SECONDS: Final = 60


class Index(Protocol):
    """Where published wheels come from."""

    def wheels(self, name: str) -> list[Wheel]:
        """Return the wheels of a distribution, oldest version first."""
        ...


def open_index(place: str, downloads: Path) -> Index:
    """Return the index at *place*, an address or a folder.

    Raises:
        RefusedError: there is no such folder.
    """
    if place.startswith(('https://', 'http://')):
        return SimpleIndex(url=place, downloads=downloads)
    folder = Path(place).absolute()
    if not folder.is_dir():
        # Else everything would look as if nothing were published yet.
        raise RefusedError(
            Problem(
                what=f'There is no folder {place!r}.',
                where='--index',
                remedy='Name a folder of wheels, or an address.',
            ),
        )
    return Folder(path=folder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """Wheels in a folder, as ``--find-links`` of installers knows them."""

    path: Path

    def wheels(self, name: str) -> list[Wheel]:
        """Return the wheels of a distribution, oldest version first."""
        return _ordered(
            Wheel(path=path)
            for path in self.path.glob('*.whl')
            if _distribution(path.name) == name
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SimpleIndex:
    """An index with the simple API in JSON; wheels go to *downloads*."""

    url: str
    downloads: Path

    def wheels(self, name: str) -> list[Wheel]:
        """Return the wheels of a distribution, oldest version first.

        Yanked ones are left out, as installers do.
        """
        page = f'{self.url.rstrip("/")}/{name}/'
        return _ordered(
            Wheel(path=self._download(page, file))
            for file in _files(page)
            if not file.get('yanked')
            and _distribution(file['filename']) == name
        )

    def _download(self, page: str, file: dict[str, Any]) -> Path:
        path = self.downloads / str(file['filename'])
        if not path.exists():
            address = urllib.parse.urljoin(page, file['url'])
            with urllib.request.urlopen(address, timeout=_SECONDS) as answer:
                content = answer.read()
            if hashlib.sha256(content).hexdigest() != file['hashes']['sha256']:
                raise ValueError(f'{address} is not what the index lists.')
            path.write_bytes(content)
        return path


@cache
def _files(page: str) -> list[dict[str, Any]]:
    request = urllib.request.Request(page, headers={'Accept': _JSON})
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:
            return list(json.load(answer)['files'])
    except OSError as exc:
        if isinstance(exc, urllib.error.HTTPError) and exc.code == 404:
            # Nothing of that name was ever published.
            return []
        raise RefusedError(
            Problem(
                what=f'{page} does not answer: {exc}',
                where='--index',
                remedy='Try again later: what is published has to be known.',
            ),
        ) from exc


def _distribution(filename: str) -> str | None:
    try:
        return parse_wheel_filename(filename)[0]
    except InvalidWheelFilename:
        return None


def _ordered(wheels: Iterable[Wheel]) -> list[Wheel]:
    return sorted(wheels, key=_version)


def _version(wheel: Wheel) -> Version:
    return wheel.version
