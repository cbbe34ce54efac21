"""Write the files of a new package from templates; never over others."""

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from dmr.scaffold.names import Kind, Names

#: File in every package → its template.
_COMMON: Final[Mapping[str, str]] = {
    'pyproject.toml': 'common/pyproject.toml',
    'README.md': 'common/README.md',
    'CHANGELOG.md': 'common/CHANGELOG.md',
    '.gitignore': 'common/gitignore',
    '.github/workflows/ci.yml': 'common/ci.yml',
    'tests/conftest.py': 'common/conftest.py',
    'tests/test_plugin.py': 'common/test_plugin.py',
    'src/@package@/__init__.py': 'common/init.py',
    'src/@package@/py.typed': 'common/py.typed',
}
#: The same for each kind.
_OWN: Final[Mapping[Kind, Mapping[str, str]]] = {
    Kind.serializer: {
        'src/@package@/serializer.py': 'serializer/serializer.py',
        'src/@package@/schema.py': 'serializer/schema.py',
        'tests/test_contract.py': 'serializer/test_contract.py',
    },
    Kind.parser: {
        'src/@package@/parser.py': 'parser/parser.py',
        'tests/test_contract.py': 'parser/test_contract.py',
    },
    Kind.renderer: {
        'src/@package@/parser.py': 'parser/parser.py',
        'src/@package@/renderer.py': 'renderer/renderer.py',
        'tests/test_contract.py': 'renderer/test_contract.py',
    },
}


def contents(names: Names) -> Iterator[tuple[str, str]]:
    """Return path in the package and text, for each file."""
    replacements = names.replacements()
    for path, template in sorted({**_COMMON, **_OWN[names.kind]}.items()):
        yield (
            _replaced(path, replacements),
            _replaced(_template(template), replacements),
        )


def write(names: Names, parent: Path) -> list[Path]:
    """Write the package to a new folder in *parent*, return its files.

    Raises:
        FileExistsError: there is something in the way.
        OSError: a folder or a file cannot be written.
    """
    texts = dict(contents(names))
    folder = parent / names.distribution
    folder.mkdir(parents=True)
    written: list[Path] = []
    for path, text in texts.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open('x', encoding='utf-8', newline='\n') as stream:
            stream.write(text)
        written.append(target)
    return written


def _template(name: str) -> str:
    found = files('dmr.scaffold') / 'templates' / f'{name}.tmpl'
    return found.read_text('utf-8')


def _replaced(text: str, replacements: Mapping[str, str]) -> str:
    for word, replacement in replacements.items():
        text = text.replace(word, replacement)
    return text
