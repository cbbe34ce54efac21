"""Invent example values for models, where polyfactory is installed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dmr.openapi._factory import build_example
from dmr.settings import Settings, resolve_setting

if TYPE_CHECKING:
    from dmr.serializer import BaseSerializer


def add_example(
    raw: Mapping[str, Any],
    annotation: Any,
    serializer: 'type[BaseSerializer]',
) -> Mapping[str, Any]:
    """Return *raw* with an example, if the settings ask for examples.

    The setting ``openapi_examples_seed`` switches it on. One seed always
    gives the same values. Examples that a model brings itself are kept.
    """
    seed = resolve_setting(Settings.openapi_examples_seed)
    if seed is None or 'example' in raw or 'examples' in raw:
        return raw
    example = build_example(annotation, serializer, seed)
    return raw if example is None else {**raw, 'example': example}
