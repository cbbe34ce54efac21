"""Validate a document against the OpenAPI Specification, when asked to."""

from collections.abc import Mapping
from typing import Any

from dmr.openapi._validator import find_validator


def can_validate() -> bool:
    """Return whether openapi-spec-validator is installed."""
    return find_validator() is not None


def validate_document(document: Mapping[str, Any]) -> None:
    """Validate *document*; do nothing without openapi-spec-validator.

    Raises:
        OpenAPIValidationError: of openapi-spec-validator, when the document
            breaks the specification of its version.
    """
    validator = find_validator()
    if validator is not None:
        validator(document)
