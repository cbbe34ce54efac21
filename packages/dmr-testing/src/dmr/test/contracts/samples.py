"""Models and data that plugins are checked with.

Models of the standard library are here, those of other libraries come from
the author of a plugin.
"""

import dataclasses
import enum
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, NotRequired, Protocol, TypeVar

from typing_extensions import TypedDict

from dmr.parsers import JsonParser, Parser
from dmr.renderers import JsonRenderer, Renderer

_ItemT = TypeVar('_ItemT')


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A body that does not fit a model.

    *loc* is where its only fault is: names and indexes, as text. *in_schema*
    is False where a schema cannot say what is wrong.
    """

    body: Any
    loc: tuple[str, ...] = ()
    in_schema: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A model of your own library, with data for it.

    *body* is what a client sends and gets back: plain data without defaults
    to be filled in. *wrong* are bodies that have to be refused.
    """

    model: Any
    body: Any
    wrong: tuple[Wrong, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A parser and a renderer of the same media type.

    *malformed* are bodies that are none of it. Those of JSON are known.
    """

    parser: Parser = dataclasses.field(default_factory=JsonParser)
    renderer: Renderer = dataclasses.field(default_factory=JsonRenderer)
    malformed: tuple[bytes, ...] = ()

    def __str__(self) -> str:
        """Return the media type."""
        return self.parser.content_type


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Bytes of a format, and the data that they stand for.

    *content_type* is sent with it where that has parameters, as the boundary
    of a form; otherwise it is that of the parser.
    """

    body: bytes
    parsed: Any
    content_type: str | None = None


class ParserFactory(Protocol):
    """Makes a parser; a class without arguments is one."""

    def __call__(self) -> Parser:
        """Return a new parser."""
        ...


class RendererFactory(Protocol):
    """Makes a renderer; a class without arguments is one."""

    def __call__(self) -> Renderer:
        """Return a new renderer."""
        ...


class Nested(Protocol):
    """Writes bodies that are nested."""

    def __call__(self, levels: int, /) -> bytes:
        """Return a valid body of *levels* lists or objects in each other."""
        ...


class Color(enum.Enum):
    """An enumeration of text."""

    red = 'red'
    blue = 'blue'


class Level(enum.IntEnum):
    """An enumeration of numbers."""

    low = 1
    high = 2


@dataclass
class Point:
    """The model that most checks use."""

    x: int
    label: str = 'none'


@dataclass
class Basket:
    """A model whose defaults can be changed."""

    name: str
    items: list[int] = dataclasses.field(default_factory=list[int])
    notes: dict[str, str] = dataclasses.field(default_factory=dict[str, str])


@dataclass
class Tree:
    """A model that contains itself."""

    name: str
    children: list['Tree']


@dataclass
class Box(Generic[_ItemT]):
    """A generic model."""

    item: _ItemT


@dataclass
class Line:
    """A model of other models."""

    start: Point
    stops: list[Point]
    named: dict[str, Point]


class PointDict(TypedDict):
    """A model that is a dictionary."""

    x: int
    label: NotRequired[str]


class PointTuple(NamedTuple):
    """A model that is a tuple."""

    x: int
    label: str = 'none'
