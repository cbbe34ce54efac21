"""The OpenAPI object `SecurityRequirement`."""

from typing import TypeAlias

#: Name of a security scheme → scopes; all names must be satisfied together.
SecurityRequirement: TypeAlias = dict[str, list[str]]
