"""What a plugin says that it can do.

A flag is no way to skip: what is declared absent is tried too, and has to be
refused. A plugin that can do it after all fails until it says so.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Capabilities:
    """What a serializer can do beyond plain JSON data.

    The defaults describe a serializer for everything that endpoints usually
    have in their models. Switch off what your library does not know.
    """

    #: Classes made by `dataclasses.dataclass` are models.
    dataclasses: bool = True
    #: So are subclasses of ``TypedDict``.
    typed_dicts: bool = True
    #: So are subclasses of ``NamedTuple``, sent as arrays.
    named_tuples: bool = True
    #: Models may have type variables: ``Box[int]``. Needs `dataclasses`.
    generics: bool = True
    #: Models may contain themselves. Needs `dataclasses`.
    recursion: bool = True
    #: ``int | str | None`` keeps the type of what was sent.
    unions: bool = True
    #: ``Literal['a', 'b']`` allows just these values.
    literals: bool = True
    #: ``tuple[int, str]`` has a type for each place.
    tuples: bool = True
    #: ``set[int]`` and ``frozenset[int]``, sent as arrays.
    sets: bool = True
    #: Members of `enum.Enum`, sent as their values.
    enums: bool = True
    #: `datetime.datetime`, `datetime.date` and `datetime.time` (ISO 8601).
    dates: bool = True
    #: `datetime.timedelta`, in whatever notation.
    durations: bool = True
    #: `decimal.Decimal`, with all digits.
    decimals: bool = True
    #: `bytes`, in whatever notation; any bytes, not only text.
    bytes_: bool = True
    #: `uuid.UUID`, sent as text.
    uuids: bool = True
    #: ``strict=True`` coerces nothing.
    strict: bool = True
    #: Unless strict, text becomes the number or date that a model asks for.
    #: Queries, paths, headers, cookies and forms are text.
    coercion: bool = True
    #: All faults of one component are reported, not just the first.
    every_error: bool = False
    #: `field_names` knows the names of the fields of models.
    field_names: bool = True
    #: The schema generator describes models; ``None`` is its only answer
    #: otherwise.
    schemas: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatCapabilities:
    """What a format can express, for its parser and its renderer.

    The defaults are those of JSON. NaN and infinities are no capability: no
    parser accepts and no renderer writes them.
    """

    #: Anything can stand at the root, otherwise only an object.
    any_root: bool = True
    #: ``null``, ``true`` and ``false`` are not text.
    constants: bool = True
    #: Numbers are not text.
    numbers: bool = True
    #: Integers of more than 64 bits.
    big_integers: bool = True
    #: Lists and objects can be nested.
    nesting: bool = True
    #: `bytes` come back as bytes. Otherwise the serializer has to simplify
    #: them.
    bytes_: bool = False
