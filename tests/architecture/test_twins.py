"""Synchronous and asynchronous twins say the same."""

import ast
from pathlib import Path
from typing import Final

import pytest
from typing_extensions import override

from tests.architecture.source import CORE

_Function = ast.FunctionDef | ast.AsyncFunctionDef

#: Names that must be among the pairs, so that finding none is noticed.
EXPECTED: Final = {'compile_run', 'guard', 'recover'}


class _AsSync(ast.NodeTransformer):
    """Turn the asynchronous twin into what its brother should be."""

    def visit_Await(self, node: ast.Await) -> ast.AST:
        return self.visit(node.value)  # type: ignore[no-any-return]  # untyped

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        fields = _fields(self.generic_visit(node))
        fields['name'] = _sync_name(node.name)
        return ast.FunctionDef(**fields)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> ast.AST:
        return ast.For(**_fields(self.generic_visit(node)))

    def visit_AsyncWith(self, node: ast.AsyncWith) -> ast.AST:
        return ast.With(**_fields(self.generic_visit(node)))

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return ast.Name(id=_sync_name(node.id), ctx=node.ctx)

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if isinstance(node.value, str):
            return ast.Constant(value=_sync_name(node.value))
        return node

    @override
    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return ast.Attribute(
            value=self.visit(node.value),
            attr=_sync_name(node.attr),
            ctx=node.ctx,
        )


def _fields(node: ast.AST) -> dict[str, object]:
    return dict(ast.iter_fields(node))


def _sync_name(name: str) -> str:
    for word, replacement in (
        ('_async_', '_'),
        ('_async', ''),
        ('Async', 'Sync'),
    ):
        name = name.replace(word, replacement)
    return name


def _said(function: _Function) -> str:
    """Return arguments and body of *function*, as if it were synchronous."""
    body = function.body[ast.get_docstring(function) is not None :]
    plain = ast.FunctionDef(
        name=_sync_name(function.name),
        args=function.args,
        body=body,
        decorator_list=function.decorator_list,
        returns=function.returns,
    )
    transformed = _AsSync().visit(plain)
    return ast.unparse(ast.fix_missing_locations(transformed))


def _functions(scope: ast.Module | ast.ClassDef) -> dict[str, _Function]:
    return {
        node.name: node
        for node in scope.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }


def _pairs(path: Path) -> list[tuple[_Function, _Function]]:
    tree = ast.parse(path.read_text('utf-8'))
    scopes = [
        tree,
        *(one for one in tree.body if isinstance(one, ast.ClassDef)),
    ]
    return [
        (functions[_sync_name(name)], twin)
        for functions in map(_functions, scopes)
        for name, twin in functions.items()
        if name.endswith('_async') and _sync_name(name) in functions
    ]


PAIRS: Final = [
    pytest.param(*pair, id=pair[0].name)
    for path in sorted((CORE / 'endpoint').glob('*.py'))
    for pair in _pairs(path)
]


def test_twins_are_found() -> None:
    """The comparison below has something to compare."""
    assert {param.id for param in PAIRS} >= EXPECTED


@pytest.mark.parametrize(('function', 'twin'), PAIRS)
def test_twins_differ_by_await_only(
    function: _Function,
    twin: _Function,
) -> None:
    """Whatever one of them learns, the other one learns too."""
    assert _said(function) == _said(twin)
