"""Type adapters of models, made once and kept."""

from collections.abc import Mapping
from typing import (
    Annotated,
    Any,
    ForwardRef,
    Literal,
    get_args,
    get_origin,
)

import pydantic

from dmr.files import FileBody
from dmr.settings import bounded_cache

_InstanceOf: Any = pydantic.InstanceOf


def adapter(model: Any) -> 'pydantic.TypeAdapter[Any]':
    """Return the adapter of *model*, a cached one if there is one."""
    # Equal annotations may differ in the order of unions, hence ``repr``.
    spelling = '' if isinstance(model, type) else repr(model)
    if "'" in spelling and _has_forward_references(model):
        # A name means something else for everybody who asks; here it is the
        # caller of the method that has called this function.
        return pydantic.TypeAdapter(model, _parent_depth=4)
    try:
        return _cached(model, spelling)
    except TypeError:
        # Metadata in ``Annotated`` need not be hashable.
        return _adapter(model)


def rebuilt_adapter(
    model: Any,
    namespace: Mapping[str, Any],
) -> 'pydantic.TypeAdapter[Any]':
    """Return an adapter of *model* that knows the names in *namespace*."""
    made = pydantic.TypeAdapter(model)
    made.rebuild(force=True, _types_namespace=dict(namespace))
    return made


@bounded_cache
def _cached(model: Any, spelling: str) -> 'pydantic.TypeAdapter[Any]':
    return _adapter(model)


def _adapter(model: Any) -> 'pydantic.TypeAdapter[Any]':
    return pydantic.TypeAdapter(
        _InstanceOf[model] if _is_file(model) else model
    )


def _has_forward_references(model: Any) -> bool:
    if isinstance(model, str | ForwardRef):
        return True
    origin = get_origin(model)
    if origin is Literal:
        return False
    arguments = get_args(model)
    return any(
        map(
            _has_forward_references,
            arguments[:1] if origin is Annotated else arguments,
        ),
    )


def _is_file(model: object) -> bool:
    # It stands for the content of a file and has no fields.
    return isinstance(model, type) and issubclass(model, FileBody)
