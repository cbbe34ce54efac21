"""Invent example values for models, where polyfactory is installed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dmr.openapi._factory import build_example
from dmr.settings import Settings, resolve_setting

if TYPE_CHECKING:
    from dmr.serializer import BaseSerializer


def invent_example(
    raw: Mapping[str, Any],
    annotation: Any,
    serializer: 'type[BaseSerializer]',
) -> Any:
    """Return an example of *annotation*, if the settings ask for examples.

    The setting ``openapi_examples_seed`` switches it on. One seed always
    gives the same values. ``None`` if *raw* brings an example itself, or if
    none can be made.
    """
    seed = resolve_setting(Settings.openapi_examples_seed)
    if seed is None or 'example' in raw or 'examples' in raw:
        return None
    return build_example(annotation, serializer, seed)
