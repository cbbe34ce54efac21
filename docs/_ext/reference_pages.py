"""Write one reference page per public module, before Sphinx reads them.

The public names are listed once, in the table that the tests use.
"""

import inspect
import typing
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from sphinx.application import Sphinx

from tests.architecture.public_names import NAMES

_INTRODUCTION: Final = """\
# Reference

Every public name, where it is imported from. What is not listed here is
internal and may change at any time.

```{toctree}
:maxdepth: 1

"""


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the writer of the pages."""
    app.connect('builder-inited', write_pages)
    return {'parallel_read_safe': True, 'parallel_write_safe': True}


def write_pages(app: Sphinx) -> None:
    """Write the index and a page for each module."""
    folder = Path(app.srcdir) / 'reference'
    folder.mkdir(exist_ok=True)
    pages = {f'{module}.md': '\n'.join(_page(module)) for module in NAMES}
    listing = '\n'.join(sorted(NAMES))
    pages['index.md'] = f'{_INTRODUCTION}{listing}\n```\n'
    for stale in folder.glob('*.md'):
        if stale.name not in pages:
            stale.unlink()
    for name, text in pages.items():
        _write(folder / name, text)


def _write(path: Path, text: str) -> None:
    # Sphinx reads a page again when its file is newer.
    if not path.exists() or path.read_text('utf-8') != text:
        path.write_text(text, 'utf-8')


def _page(module: str) -> Iterator[str]:
    yield f'# {module}\n\n```{{eval-rst}}\n.. automodule:: {module}\n'
    for name in NAMES[module].split():
        home = _home(module, name)
        if home == module:
            yield from _directive(module, name)
        else:
            yield f'- ``{name}``: see :doc:`{home}`\n'
    yield '```\n'


def _find(module: str, name: str) -> Any:
    """Return what ``from module import name`` gives."""
    namespace: dict[str, Any] = {}
    exec(f'from {module} import {name}', namespace)
    return namespace[name]


def _directive(module: str, name: str) -> Iterable[str]:
    found = _find(module, name)
    path = f'{module}.{name}'
    if inspect.isclass(found):
        return [
            f'.. autoclass:: {path}\n   :members:\n   :show-inheritance:\n',
        ]
    if inspect.isroutine(found):
        return [f'.. autofunction:: {path}\n']
    if inspect.ismodule(found):
        return [f'- ``{path}``\n']
    if typing.get_origin(found) is not None:
        # The docstring of an alias is that of what it stands for.
        return [f'.. py:data:: {path}\n\n   Alias of ``{found}``.\n']
    return [f'.. autodata:: {path}\n   :no-value:\n']


def _home(module: str, name: str) -> str:
    """Return the page that describes a name which several modules export."""
    found = _find(module, name)
    if inspect.ismodule(found):
        return found.__name__ if found.__name__ in NAMES else module
    exporting = [
        other
        for other, names in NAMES.items()
        if name in names.split() and _find(other, name) is found
    ]
    defining = getattr(found, '__module__', None)
    if defining in exporting:
        return defining
    # A package re-exports what a private module of it defines.
    return min(exporting, key=lambda one: (one == 'dmr', len(one)))
