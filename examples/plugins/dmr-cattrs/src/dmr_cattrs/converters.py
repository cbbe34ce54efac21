"""Make the converters of cattrs that a serializer works with.

There are two for reading, strict and not, each in two forms: one that stops at
the first error, and a slower one that collects all errors with their places.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field
from functools import lru_cache
from types import NoneType, UnionType
from typing import (
    Any,
    Final,
    Literal,
    Protocol,
    TypeAlias,
    Union,
    get_args,
    get_origin,
)

from cattrs import Converter
from cattrs.cols import is_namedtuple
from cattrs.errors import StructureHandlerNotFoundError

from dmr_cattrs.classes import (
    class_factory,
    class_writer,
    is_class,
    is_typed_dict,
    typed_dict_factory,
)
from dmr_cattrs.collections import (
    Hook,
    array_factory,
    fixed_factory,
    is_array,
    is_fixed,
    is_mapping,
    mapping_factory,
)
from dmr_cattrs.errors import mismatch
from dmr_cattrs.scalars import (
    SCALARS,
    TEXT_WRITERS,
    choice_reader,
    reader,
    write_base64,
)
from dmr_cattrs.unions import union_factory

_UNIONS: Final = (Union, UnionType)

#: Bound of the converters that are kept, four or five for each serializer.
_MAX_CONVERTERS: Final = 256

_Renamed: TypeAlias = dict[type[Any], Mapping[str, str]]


class Owner(Protocol):
    """What the converters need of the serializer that they are made for."""

    @classmethod
    def configure(cls, converter: Converter) -> None:
        """Add hooks of the user's to *converter*."""
        ...

    @classmethod
    def deserialize_hook(
        cls,
        target_type: type[Any],
        to_deserialize: Any,
    ) -> Any:
        """Convert a value to a type that nobody else knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A converter that reads, and class → attribute → name for clients."""

    converter: Converter
    renamed: _Renamed = field(default_factory=dict[type[Any], Any])


def reading(owner: type[Owner], *, strict: bool, detailed: bool) -> Reading:
    """Return the converter that reads for *owner*, the same one each time."""
    return _made_to_read(owner, strict, detailed)


def writing(owner: type[Owner], *, as_text: bool) -> Converter:
    """Return the converter that writes for *owner*, the same one each time.

    Bytes stay bytes unless everything has to be written *as_text*.
    """
    return _made_to_write(owner, as_text)


@lru_cache(maxsize=_MAX_CONVERTERS)
def _made_to_read(owner: Any, strict: bool, detailed: bool) -> Reading:
    made = Reading(
        converter=Converter(
            detailed_validation=detailed,
            use_alias=True,
            structure_fallback_factory=_fallback_factory(owner),
        ),
    )
    _add_scalars(made.converter, strict=strict)
    _add_fields(made)
    _add_collections(made.converter, owner, strict=strict, detailed=detailed)
    owner.configure(made.converter)
    return made


@lru_cache(maxsize=_MAX_CONVERTERS)
def _made_to_write(owner: Any, as_text: bool) -> Converter:
    made = Converter(
        use_alias=True,
        unstruct_collection_overrides={Set: list, tuple: list},
    )
    for kind, write in TEXT_WRITERS.items():
        made.register_unstructure_hook(kind, write)
    if as_text:
        made.register_unstructure_hook(bytes, write_base64)
    made.register_unstructure_hook_factory(
        is_class,
        lambda kind: class_writer(kind, made),
    )
    made.register_unstructure_hook_factory(is_namedtuple, _named_tuple_writer)
    owner.configure(made)
    return made


def _add_scalars(converter: Converter, *, strict: bool) -> None:
    def read_scalar(given: Any, kind: Any) -> Any:
        # Most values are what they should be.
        if type(given) is kind:
            return given
        return reader(kind, strict=strict)(given)

    def literal_factory(kind: Any) -> Hook:
        read = choice_reader(
            ((_sent(one), one) for one in get_args(kind)),
            strict=strict,
        )
        return lambda given, _kind: read(given)

    for kind in SCALARS:
        converter.register_structure_hook(kind, read_scalar)
    converter.register_structure_hook_func(_is_enum, read_scalar)
    converter.register_structure_hook_func(
        lambda kind: kind is None or kind is NoneType,
        _read_none,
    )
    converter.register_structure_hook_func(
        lambda kind: kind is object,
        lambda given, _kind: given,
    )
    converter.register_structure_hook_factory(
        _is_literal,
        literal_factory,
    )


def _add_fields(made: Reading) -> None:
    converter = made.converter
    converter.register_structure_hook_factory(
        is_class,
        lambda kind: class_factory(kind, converter, made.renamed),
    )
    converter.register_structure_hook_factory(
        is_typed_dict,
        lambda kind: typed_dict_factory(kind, converter, made.renamed),
    )


def _add_collections(
    converter: Converter,
    owner: type[Owner],
    *,
    strict: bool,
    detailed: bool,
) -> None:
    def other(*, is_strict: bool) -> Converter:
        if is_strict is strict:
            return converter
        return reading(owner, strict=is_strict, detailed=detailed).converter

    register = converter.register_structure_hook_factory
    register(is_array, lambda kind: array_factory(kind, converter))
    register(is_fixed, lambda kind: fixed_factory(kind, converter))
    register(
        is_mapping,
        lambda kind: mapping_factory(kind, converter, other(is_strict=False)),
    )
    register(
        _is_union,
        lambda kind: union_factory(kind, converter, other(is_strict=True)),
    )


def _fallback_factory(owner: type[Owner]) -> Callable[[Any], Hook]:
    def make_hook(kind: Any) -> Hook:
        if not isinstance(kind, type):
            raise StructureHandlerNotFoundError(
                f'Cannot read {kind!r}: it is no type.',
                kind,
            )

        def structure(given: Any, kind: Any) -> Any:
            if isinstance(given, kind):
                return given
            return owner.deserialize_hook(kind, given)

        return structure

    return make_hook


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and hasattr(kind, '__members__')


def _is_literal(kind: Any) -> bool:
    return get_origin(kind) is Literal


def _is_union(kind: Any) -> bool:
    return get_origin(kind) in _UNIONS


def _sent(choice: Any) -> Any:
    return choice.value if _is_enum(type(choice)) else choice


def _read_none(given: Any, _kind: Any) -> None:
    if given is not None:
        raise mismatch('null', given)


def _named_tuple_writer(
    kind: Any,
    converter: Converter,
) -> Callable[[Any], list[Any]]:
    return lambda structured: [converter.unstructure(one) for one in structured]
