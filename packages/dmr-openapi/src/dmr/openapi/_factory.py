"""The only place that imports polyfactory.

Importing it, and faker with it, costs about 80 ms, and no request needs it.
"""

import dataclasses
import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dmr.serializer import BaseSerializer


def build_example(
    annotation: Any,
    serializer: 'type[BaseSerializer]',
    seed: int,
) -> Any:
    """Return an example of *annotation* as JSON values.

    ``None`` if polyfactory is not installed or cannot make one: an example
    is a convenience, no document fails for lack of it.
    """
    try:
        factories = importlib.import_module('polyfactory.factories')
    except ImportError:
        return None
    holder = dataclasses.make_dataclass('Example', [('value', annotation)])
    try:
        factory = factories.DataclassFactory.create_factory(holder)
        factory.seed_random(seed)
        return serializer.to_python(factory.build().value)
    except Exception:
        return None
