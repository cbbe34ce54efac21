"""Whether a plugin works with a core, as far as their sources tell."""

import ast
from collections.abc import Iterator
from functools import cache
from typing import Final

from releasing.names import Definitions, names_of_the_core
from releasing.wheels import Wheel

#: Where the core says which versions of the contract it supports.
SUPPORTED: Final = 'SUPPORTED_PLUGIN_API'

#: Where a plugin says for which version it was written.
NEEDED: Final = 'dmr_plugin_api'


def misfits(core: Wheel, plugin: Wheel) -> list[str]:
    """Return what *plugin* needs and *core* does not have, in words."""
    unsupported = needed_versions(plugin) - supported_versions(core)
    definitions = _definitions(core)
    missing = sorted(
        str(name)
        for name in names_of_the_core(plugin)
        if not definitions.has(name)
    )
    return [
        *(
            f'{plugin} needs version {version} of the plugin contract, '
            f'which {core} does not support'
            for version in sorted(unsupported)
        ),
        *(
            f'{plugin} imports {name}, which {core} does not have'
            for name in missing
        ),
    ]


def supported_versions(core: Wheel) -> frozenset[int]:
    """Return the versions of the plugin contract that *core* supports."""
    return frozenset(
        number for value in _assigned(core, SUPPORTED) for number in value
    )


def needed_versions(plugin: Wheel) -> frozenset[int]:
    """Return the versions of the contract that its classes are written for."""
    return frozenset(
        number for value in _assigned(plugin, NEEDED) for number in value
    )


@cache
def _definitions(core: Wheel) -> Definitions:
    # Several plugins are compared with one core.
    return Definitions(wheel=core)


def _assigned(wheel: Wheel, name: str) -> Iterator[list[int]]:
    """Return the numbers in what is assigned to *name*, anywhere."""
    for _path, source in wheel.modules():
        if name not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if _assigns(node, name):
                yield [
                    constant.value
                    for constant in ast.walk(node)
                    if isinstance(constant, ast.Constant)
                    and isinstance(constant.value, int)
                ]


def _assigns(node: ast.AST, name: str) -> bool:
    if isinstance(node, ast.Assign):
        return any(ast.unparse(target) == name for target in node.targets)
    return isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == name
