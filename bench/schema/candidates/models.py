"""The models that all candidates use: twenty sets, shared by all endpoints."""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

MODELS = 20


def count() -> int:
    """Return how many operations to define, two for each path."""
    return int(sys.argv[1])


def report(
    imported: float,
    defined: float,
    build: Callable[[], dict[str, Any]],
) -> None:
    """Print the processor time of import, definition and first document."""
    document = build()
    written = time.process_time()
    operations = sum(
        method in {'get', 'post'}
        for path_item in document['paths'].values()
        for method in path_item
    )
    sys.stdout.write(
        json.dumps(
            {
                'import': imported,
                'define': defined - imported,
                'document': written - defined,
                'operations': operations,
            }
        ),
    )
