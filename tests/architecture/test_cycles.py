"""Modules import each other in one direction."""

from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.source import SOURCES, all_imports, modules


def _graph(distribution: str) -> dict[str, set[str]]:
    """Return module → the modules that it imports at run time."""
    known = modules(distribution)
    graph: dict[str, set[str]] = {module: set() for module in known}
    for found in all_imports(distribution):
        if found.typing_only:
            continue
        submodule = f'{found.module}.{found.name}'
        target = submodule if submodule in known else found.module
        if target in known and target != found.importer:
            graph[found.importer].add(target)
    return graph


@pytest.mark.parametrize('distribution', SOURCES)
def test_no_import_cycles(distribution: str) -> None:
    """The modules of a distribution can be put in order."""
    graph = _graph(distribution)

    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as exc:
        pytest.fail(f'Modules import in a circle: {exc.args[1]}')

    assert set(graph) == set(order)
