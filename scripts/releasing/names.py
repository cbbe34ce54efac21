"""Which names a wheel defines, and which it takes from the core.

Read from the source: nothing is installed or imported for it.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final

from releasing.contents import owner_of
from releasing.repository import CORE
from releasing.wheels import Wheel

#: Statements of a module whose parts are run with it.
_BLOCKS: Final = (ast.If, ast.Try, ast.With, ast.For, ast.While)
_DEFINITIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)

#: Who catches one of these can do without the name.
_MISSING: Final = frozenset(('ImportError', 'ModuleNotFoundError'))


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """``from module import attribute``, or the module alone."""

    module: str
    attribute: str | None

    def __str__(self) -> str:
        """Return the path of what is imported."""
        if self.attribute is None:
            return self.module
        return f'{self.module}.{self.attribute}'


# `cached_property` needs a dictionary, which slots take away.
@dataclass(frozen=True, kw_only=True)
class Definitions:
    """What the modules of one wheel define at their top level."""

    wheel: Wheel

    @cached_property
    def sources(self) -> Mapping[str, str]:
        """Return module → its source."""
        return {
            module_name(path): source for path, source in self.wheel.modules()
        }

    def has(self, name: Name) -> bool:
        """Tell whether importing *name* finds something."""
        if str(name) in self.sources:
            return True
        return (
            name.module in self.sources
            and name.attribute is not None
            and not {name.attribute, '__getattr__'}.isdisjoint(
                self._names(name.module),
            )
        )

    def _names(self, module: str) -> Iterator[str]:
        for statement in _top_level(ast.parse(self.sources[module]).body):
            if (
                isinstance(statement, ast.ImportFrom)
                and statement.names[0].name == '*'
                and statement.module is not None
                and statement.module in self.sources
            ):
                yield from self._names(statement.module)
            else:
                yield from _bound(statement)


def names_of_the_core(wheel: Wheel) -> set[Name]:
    """Return what a plugin imports from the core when it is run.

    Imports for type checkers alone are left out, and so are those that the
    plugin can do without.
    """
    return {
        Name(module=module, attribute=attribute)
        for _file, source in wheel.modules()
        for module, attribute in _imported(ast.parse(source).body)
        if owner_of(f'{module.replace(".", "/")}/') == CORE
        and owner_of(_path(module, attribute)) == CORE
    }


def module_name(path: str) -> str:
    """Return how the module in the file *path* is imported."""
    parts = PurePosixPath(path).with_suffix('').parts
    return '.'.join(parts[:-1] if parts[-1] == '__init__' else parts)


def _path(module: str, attribute: str | None) -> str:
    return f'{module}.{attribute or ""}'.rstrip('.').replace('.', '/')


def _imported(body: Iterable[ast.AST]) -> Iterator[tuple[str, str | None]]:
    for node in body:
        if isinstance(node, ast.Import):
            yield from ((alias.name, None) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            # A relative import stays inside of the plugin.
            if not node.level:
                yield from (
                    (node.module or '', alias.name) for alias in node.names
                )
        elif isinstance(node, ast.If) and _is_for_checkers(node):
            yield from _imported(node.orelse)
        elif isinstance(node, ast.Try) and _can_do_without(node):
            yield from _imported(
                [*node.handlers, *node.orelse, *node.finalbody],
            )
        else:
            yield from _imported(ast.iter_child_nodes(node))


def _is_for_checkers(node: ast.If) -> bool:
    return ast.unparse(node.test).endswith('TYPE_CHECKING')


def _can_do_without(node: ast.Try) -> bool:
    """Tell whether a missing name is caught, and not raised again."""
    return any(
        handler.type is not None
        and not _MISSING.isdisjoint(ast.unparse(handler.type).split())
        and not any(isinstance(one, ast.Raise) for one in ast.walk(handler))
        for handler in node.handlers
    )


def _top_level(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """Return the statements that are run with the module, nested ones too."""
    for statement in body:
        yield statement
        if isinstance(statement, _BLOCKS):
            nested = [
                child
                for child in ast.walk(statement)
                if isinstance(child, ast.stmt) and child is not statement
            ]
            yield from nested


def _bound(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, _DEFINITIONS):
        yield statement.name
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        for alias in statement.names:
            yield alias.asname or alias.name.partition('.')[0]
    elif isinstance(statement, (ast.Assign, ast.AnnAssign)):
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
