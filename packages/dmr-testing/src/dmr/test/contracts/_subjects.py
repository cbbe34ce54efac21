"""What is checked: a plugin, with everything its author says of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from dmr.serializer import BaseSchemaGenerator, BaseSerializer
from dmr.test.contracts.capabilities import Capabilities, FormatCapabilities
from dmr.test.contracts.samples import (
    Example,
    Format,
    Nested,
    ParserFactory,
    Point,
    RendererFactory,
    Sample,
)

#: What a serializer is tried with unless its author says more.
JSON_ONLY: Final = (Format(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class SerializerSubject:
    """A serializer, see `dmr.test.contracts.check_serializer`."""

    serializer: type[BaseSerializer]
    capabilities: Capabilities
    plugin_name: str | None
    formats: Sequence[Format]
    point: Any
    examples: Sequence[Example]

    @property
    def title(self) -> str:
        """Return how a report calls it."""
        return self.serializer.__qualname__

    def __post_init__(self) -> None:
        """Refuse what nothing can be checked with.

        Raises:
            ValueError: there is no model, or no format is supported.
        """
        require_models(self.capabilities, self.point)
        for one in self.formats:
            if not (
                self.serializer.is_supported(one.parser)
                and self.serializer.is_supported(one.renderer)
            ):
                raise ValueError(
                    f'{self.serializer.__qualname__} says that it does not '
                    f'support {one}. Give `formats` that it supports.',
                )


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaSubject:
    """A schema generator, and perhaps the serializer that it belongs to."""

    generator: type[BaseSchemaGenerator]
    capabilities: Capabilities
    point: Any
    examples: Sequence[Example]

    @property
    def title(self) -> str:
        """Return how a report calls it."""
        return self.generator.__qualname__

    def __post_init__(self) -> None:
        """Refuse what nothing can be checked with.

        Raises:
            ValueError: there is no model.
        """
        require_models(self.capabilities, self.point)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParserSubject:
    """A parser, see `dmr.test.contracts.check_parser`."""

    factory: ParserFactory
    capabilities: FormatCapabilities
    plugin_name: str | None
    samples: Sequence[Sample]
    malformed: Sequence[bytes]
    nested: Nested | None

    @property
    def title(self) -> str:
        """Return how a report calls it."""
        return _name(self.factory)


@dataclass(frozen=True, slots=True, kw_only=True)
class RendererSubject:
    """A renderer, see `dmr.test.contracts.check_renderer`."""

    factory: RendererFactory
    capabilities: FormatCapabilities
    plugin_name: str | None

    @property
    def title(self) -> str:
        """Return how a report calls it."""
        return _name(self.factory)


def require_models(capabilities: Capabilities, point: Any) -> None:
    """Refuse to check without any model.

    Raises:
        ValueError: the model that is there needs what is declared absent.
    """
    if point is Point and not capabilities.dataclasses:
        raise ValueError(
            'Without `dataclasses` the checks need a model of your own: give '
            '`point`, a model of the fields `x: int` and `label: str`.',
        )


def _name(factory: object) -> str:
    return str(getattr(factory, '__qualname__', repr(factory)))
