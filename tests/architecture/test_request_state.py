"""What is remembered on a request is written and read in one place."""

import ast
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.source import SOURCES, modules

#: Documented attributes of requests.
ATTRIBUTES: Final = frozenset(
    (
        '__dmr_auth__',
        '__dmr_endpoint__',
        '__dmr_jwt__',
        '__dmr_nonstreaming_renderer__',
        '__dmr_parser__',
        '__dmr_renderer__',
        '__dmr_token__',
    )
)

OWNER: Final = 'dmr.internal.request_state'


def _mentioned(path: Path) -> set[str]:
    """Return the attributes that code names, as attribute or as text."""
    nodes = list(ast.walk(ast.parse(path.read_text('utf-8'))))
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    texts = {
        node.value
        for node in nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return (names | texts) & ATTRIBUTES


@pytest.mark.parametrize('attribute', sorted(ATTRIBUTES))
def test_one_module_touches_the_attribute(attribute: str) -> None:
    """Everybody else asks that module."""
    users = [
        module
        for distribution in SOURCES
        for module, path in modules(distribution).items()
        if attribute in _mentioned(path)
    ]

    assert [OWNER] == users
