"""Tell ``null`` that stands for ``None`` from ``null`` that stands for ``NaN``.

Msgspec writes both alike. Where a model says which of its fields have numbers,
a look for ``null`` in just these fields is enough, and much quicker than a look
at all the data.
"""

from collections.abc import Callable, Iterator
from operator import countOf
from typing import Any, Final, TypeAlias, get_args, get_origin

import msgspec
from msgspec import inspect

from dmr.plugins.msgspec.shapes import (
    FLOATLESS,
    children_of,
    is_taken_as_is,
)
from dmr.settings import bounded_cache

#: Tells of data, and of what was written for them, that ``null`` is ``None``.
Explains: TypeAlias = Callable[[Any, bytes], bool]

#: More searches take longer than a look at all the data.
_MAX_SEARCHES: Final = 6
_KNOWN: Final = (
    *FLOATLESS,
    inspect.DecimalType,
    inspect.ListType,
    inspect.SetType,
    inspect.FrozenSetType,
    inspect.VarTupleType,
    inspect.TupleType,
)


def explanation_of(model: Any) -> Explains | None:
    """Return what explains ``null`` in JSON of a struct or a list of them.

    ``None`` where nothing may be ``None``, and where *model* is something
    else, is too big, or may have numbers elsewhere than in fields of structs.
    """
    is_list = get_origin(model) is list
    kind = get_args(model)[0] if is_list else model
    return _explanation(kind, is_list) if is_taken_as_is(kind) else None


# Equal models have one encoder.
@bounded_cache
def _explanation(kind: Any, is_list: bool) -> Explains | None:
    found = _Found()
    try:
        found.look_at_fields(inspect.type_info(kind))
    # Models are arbitrary user code, msgspec evaluates their annotations.
    except Exception:
        return None
    suspicious, nested = tuple(found.suspicious), tuple(found.nested)
    if not found.has_none or len(suspicious) > _MAX_SEARCHES:
        return None

    def explains(structure: Any, written: bytes) -> bool:
        return (
            _are_all(kind, structure) if is_list else type(structure) is kind
        ) and not (
            # Something else may be derived from what is inside.
            any(map(type.__subclasses__, nested))
            or any(written.rfind(text) >= 0 for text in suspicious)
        )

    return explains


def _are_all(kind: Any, structure: Any) -> bool:
    anything: object = structure
    return type(anything) is list and (
        countOf(map(type, structure), kind) == len(structure)
    )


class _UnknownError(Exception):
    """There may be a number that is not the value of a field."""


class _Found:
    """What is inside of a struct.

    *suspicious* is how ``NaN`` would look in JSON where there is no ``None``,
    *nested* are the structs.
    """

    def __init__(self) -> None:
        self.has_none = False
        self.suspicious: set[bytes] = set()
        self.nested: set[Any] = set()
        self._seen: list[Any] = []

    def look_at_fields(self, node: Any) -> None:
        """Look into a struct, at import.

        Raises:
            _UnknownError: there may be numbers that are no fields.
        """
        if node.array_like:
            raise _UnknownError
        if any(node is one for one in self._seen):
            return
        self._seen.append(node)
        for field in node.fields:
            inside = list(_alternatives(field.type))
            floats = [
                one for one in inside if isinstance(one, inspect.FloatType)
            ]
            if floats or not any(
                isinstance(one, inspect.NoneType) for one in inside
            ):
                # What is no number is found where text should be, too.
                name = msgspec.json.encode(field.encode_name)
                self.suspicious.add(name + b':null')
            for one in inside:
                if one not in floats:
                    self._look_into(one)

    def _look_into(self, node: Any) -> None:
        self.has_none = self.has_none or isinstance(node, inspect.NoneType)
        if isinstance(node, inspect.StructType):
            self.nested.add(get_origin(node.cls) or node.cls)
            self.look_at_fields(node)
            return
        if not _is_known(node):
            raise _UnknownError
        for child in children_of(node):
            for one in _alternatives(child):
                self._look_into(one)


def _is_known(node: Any) -> bool:
    if isinstance(node, inspect.EnumType):
        return all(isinstance(one.value, int | str) for one in node.cls)
    if isinstance(node, inspect.DictType):
        return isinstance(node.key_type, FLOATLESS)
    return isinstance(node, _KNOWN)


def _alternatives(node: Any) -> Iterator[Any]:
    if isinstance(node, inspect.UnionType | inspect.Metadata):
        for child in children_of(node):
            yield from _alternatives(child)
    else:
        yield node
