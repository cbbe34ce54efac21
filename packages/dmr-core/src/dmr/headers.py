"""Describe response headers: those that exist, and those to add."""

from dataclasses import dataclass
from typing import ClassVar, final


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderSpec:
    """Describe a header that the response already has.

    A *required* header must be present when responses are validated. With
    *skip_validation* it is only documented: something behind the framework
    sets it, such as a middleware or a proxy.
    """

    description: str | None = None
    deprecated: bool = False
    example: str | None = None
    required: bool = True
    skip_validation: bool = False

    is_actionable: ClassVar[bool] = False

    def to_spec(self) -> 'HeaderSpec':
        """Return itself, like `NewHeader.to_spec` does."""
        return self


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class NewHeader:
    """Add a header with a fixed *value* to the response."""

    description: str | None = None
    deprecated: bool = False
    example: str | None = None
    value: str

    is_actionable: ClassVar[bool] = True

    def to_spec(self) -> HeaderSpec:
        """Describe the header that will be added."""
        return HeaderSpec(
            description=self.description,
            deprecated=self.deprecated,
            example=self.example,
        )
