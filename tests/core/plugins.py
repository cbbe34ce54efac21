"""Install plugins for one test: real packages in a folder on the path."""

import contextlib
import importlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from textwrap import dedent

from dmr import discovery


class Installer:
    """Make distributions in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def install(
        self,
        distribution: str,
        entry_points: str,
        *,
        module: str | None = None,
        code: str = '',
        metadata: bool = True,
        requirements: Sequence[str] = (),
    ) -> None:
        """Write a distribution, its entry points and perhaps a module."""
        info = self._folder / f'{distribution.replace("-", "_")}-1.2.dist-info'
        info.mkdir()
        (info / 'entry_points.txt').write_text(dedent(entry_points))
        if metadata:
            lines = [f'Requires-Dist: {one}\n' for one in requirements]
            (info / 'METADATA').write_text(
                f'Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n'
                + ''.join(lines),
            )
        if module is not None:
            (self._folder / f'{module}.py').write_text(dedent(code))
        _forget()


@contextlib.contextmanager
def installing(folder: Path) -> Iterator[Installer]:
    """Install distributions into *folder*, which is on the path meanwhile."""
    modules = set(sys.modules)
    sys.path.insert(0, str(folder))
    try:
        yield Installer(folder)
    finally:
        sys.path.remove(str(folder))
        for name in set(sys.modules) - modules:
            if getattr(sys.modules[name], '__file__', None) is not None and str(
                folder,
            ) in str(sys.modules[name].__file__):
                del sys.modules[name]
        _forget()


def _forget() -> None:
    importlib.invalidate_caches()
    discovery._scan.cache_clear()
