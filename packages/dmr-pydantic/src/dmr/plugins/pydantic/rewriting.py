"""Make validators and serializers of pydantic that treat floats as we do.

Pydantic reads and writes what is no number, and models decide about it by
themselves. Here their core schemas are copied with another decision.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias, cast

from pydantic_core import SchemaSerializer, SchemaValidator

from dmr.plugins.pydantic.shapes import READABLE, WRITABLE

_Node: TypeAlias = Mapping[str, Any]
_Change: TypeAlias = Callable[[_Node], dict[str, Any]]

#: Pydantic takes what it has made for models before, unless it is told not to.
_ANEW: Final[dict[str, Any]] = {'_use_prebuilt': False}


def serializer_with_constants(core_schema: Any) -> SchemaSerializer | None:
    """Return a serializer that writes ``NaN`` and ``Infinity`` as such.

    ``None`` where pydantic cannot be told to.
    """
    changed = _rewritten(core_schema, WRITABLE, _with_constants)
    try:
        return SchemaSerializer(changed, None, **_ANEW)
    except TypeError:
        return None


def validator_of_finite(core_schema: Any) -> SchemaValidator | None:
    """Return a validator that takes finite floats only.

    ``None`` where pydantic cannot be told to.
    """
    changed = _rewritten(core_schema, READABLE, _finite)
    try:
        return SchemaValidator(changed, None, **_ANEW)
    except TypeError:
        return None


def _with_constants(node: _Node) -> dict[str, Any]:
    config = {**node.get('config', {}), 'ser_json_inf_nan': 'constants'}
    # Only nodes with fields have a configuration.
    return {**node, 'config': config} if 'config' in node else {**node}


def _finite(node: _Node) -> dict[str, Any]:
    if node.get('type') == 'float':
        return {**node, 'allow_inf_nan': False}
    return {**node}


def _rewritten(
    node: Any,
    known: Mapping[str, tuple[str, ...]],
    change: _Change,
) -> Any:
    """Return a copy of *node*, and of the nodes inside of it, changed."""
    changed = change(node)
    for key in known.get(changed.get('type', ''), ()):
        found = changed.get(key)
        if found is not None:
            changed[key] = _rewritten_children(found, known, change)
    return changed


def _rewritten_children(
    found: Any,
    known: Mapping[str, tuple[str, ...]],
    change: _Change,
) -> Any:
    if isinstance(found, list):
        return [
            # Choices of a union may come with a label.
            (_rewritten(one[0], known, change), *one[1:])
            if isinstance(one, tuple)
            else _rewritten(one, known, change)
            for one in cast('list[Any]', found)
        ]
    if isinstance(found.get('type'), str):
        return _rewritten(found, known, change)
    return {name: _rewritten(one, known, change) for name, one in found.items()}
