"""Read the source of all distributions, without importing it."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ROOT / 'packages'
CORE: Final = PACKAGES / 'dmr-core' / 'src' / 'dmr'

#: Distribution → folder of its sources.
SOURCES: Final = {
    folder.name: folder / 'src' for folder in sorted(PACKAGES.glob('dmr-*'))
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One imported name: ``from module import name``, or ``import module``.

    *deferred* imports are inside of a function, *typing_only* ones are below
    ``if TYPE_CHECKING:``.
    """

    importer: str
    module: str
    name: str | None
    line: int
    deferred: bool
    typing_only: bool

    def __str__(self) -> str:
        name = f' import {self.name}' if self.name else ''
        return f'{self.importer}:{self.line}: {self.module}{name}'


def modules(distribution: str) -> dict[str, Path]:
    """Return module name → file of one distribution, shims left out."""
    source = SOURCES[distribution]
    return {
        _module_name(path, source): path
        for path in sorted(source.rglob('*.py'))
        if not is_shim(path)
    }


def is_shim(path: Path) -> bool:
    """Tell whether this file is one of the shared package files."""
    return path.name == '__init__.py' and path.parent.name in {
        'dmr',
        'plugins',
    }


def imports(importer: str, path: Path) -> list[Import]:
    """Return every import of a module, those inside of functions too."""
    tree = ast.parse(path.read_text(encoding='utf-8'), filename=str(path))
    package = importer if path.name == '__init__.py' else _parent(importer)
    return list(_walk(tree, importer=importer, package=package))


def all_imports(distribution: str) -> list[Import]:
    """Return every import of one distribution."""
    return [
        found
        for importer, path in modules(distribution).items()
        for found in imports(importer, path)
    ]


def _walk(
    node: ast.AST,
    *,
    importer: str,
    package: str,
    deferred: bool = False,
    typing_only: bool = False,
) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        below_typing = typing_only or (
            isinstance(node, ast.If)
            and child in node.body
            and ast.unparse(node.test).endswith('TYPE_CHECKING')
        )
        for module, name in _imported(child, package):
            yield Import(
                importer=importer,
                module=module,
                name=name,
                line=getattr(child, 'lineno', 0),
                deferred=deferred,
                typing_only=below_typing,
            )
        yield from _walk(
            child,
            importer=importer,
            package=package,
            deferred=deferred
            or isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)),
            typing_only=below_typing,
        )


def _imported(node: ast.AST, package: str) -> Iterator[tuple[str, str | None]]:
    if isinstance(node, ast.Import):
        yield from ((alias.name, None) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        module = _absolute(node, package)
        yield from ((module, alias.name) for alias in node.names)


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ''
    parents = package.split('.')
    base = parents[: len(parents) - node.level + 1]
    return '.'.join([*base, *([node.module] if node.module else [])])


def _parent(module: str) -> str:
    return module.rpartition('.')[0]


def _module_name(path: Path, source: Path) -> str:
    parts = path.relative_to(source).with_suffix('').parts
    if parts[-1] == '__init__':
        parts = parts[:-1]
    return '.'.join(parts)
