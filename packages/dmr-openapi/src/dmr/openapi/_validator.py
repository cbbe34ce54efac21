"""The only place that imports openapi-spec-validator.

Importing it costs about 120 ms, and no request needs it.
"""

import importlib
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Validator: TypeAlias = Callable[[Mapping[str, Any]], None]


def find_validator() -> Validator | None:
    """Return what validates a document, ``None`` if it is not installed."""
    try:
        validator = importlib.import_module('openapi_spec_validator')
    except ImportError:
        return None
    validate: Validator = validator.validate
    return validate
