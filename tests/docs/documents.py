"""Find the documents of the repository and the examples in them."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Final

from sybil import Document, Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

from tests.docs.console import run_console

ROOT: Final = Path(__file__).parents[2]

#: Every document with examples, for users and for maintainers.
DOCUMENTS: Final = (
    ROOT / 'README.md',
    ROOT / 'CONTRIBUTING.md',
    *sorted(ROOT.glob('packages/*/README.md')),
    *sorted(ROOT.glob('examples/plugins/*/README.md')),
    *sorted(
        path
        for path in ROOT.glob('docs/**/*.md')
        if '_build' not in path.parts and 'reference' not in path.parts
    ),
)

#: A whole project: its own test writes it to a folder and runs it.
TUTORIAL: Final = ROOT / 'docs' / 'getting-started.md'

#: A package from an empty folder: its own test follows it in a shell.
PLUGIN_TUTORIAL: Final = ROOT / 'docs' / 'plugins' / 'tutorial.md'

_PARSERS: Final = (
    PythonCodeBlockParser(),
    CodeBlockParser('console', run_console),
)


def examples(path: Path) -> Iterator[Example]:
    """Return the examples of one document, in order.

    They share one namespace, which is that of a module: models and URLs in it
    can be found by name, as in a real project.
    """
    sybil = Sybil(_PARSERS, path=str(path.parent), patterns=[path.name])
    document: Document = sybil.parse(path)
    name = 'example_' + path.relative_to(ROOT).with_suffix('').as_posix()
    module = ModuleType(name.replace('/', '_').replace('-', '_'))
    sys.modules[module.__name__] = module
    document.namespace = vars(module)
    yield from document.examples()
