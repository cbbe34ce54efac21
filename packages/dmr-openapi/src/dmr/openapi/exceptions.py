"""Everything that can be wrong with the description of an API.

::

    ValueError
    └── DocumentError             the description cannot be written
        ├── NameCollisionError    two things claim one name
        ├── MethodNotSupportedError   the OpenAPI version lacks the method
        └── ConfigError           a wrong `OpenAPIConfig`

A model without a schema raises `dmr.exceptions.UnsolvableAnnotationsError`.
"""

from typing import final


class DocumentError(ValueError):
    """An OpenAPI document cannot be written."""


@final
class NameCollisionError(DocumentError):
    """Two different things claim one name; the message names both."""


@final
class MethodNotSupportedError(DocumentError):
    """An HTTP method does not exist in the configured OpenAPI version."""


@final
class ConfigError(DocumentError):
    """A field of `OpenAPIConfig` has a wrong value."""
