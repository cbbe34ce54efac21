"""Write the document of a router."""

from typing import TYPE_CHECKING

from dmr.openapi.config import OpenAPIConfig, default_config
from dmr.openapi.core.context import OpenAPIContext
from dmr.openapi.objects import OpenAPI

if TYPE_CHECKING:
    from dmr.routing import Router


def build_schema(
    router: 'Router',
    *,
    context: OpenAPIContext | None = None,
    config: OpenAPIConfig | None = None,
) -> OpenAPI:
    """Describe every controller below *router*.

    A *context* carries its own configuration; without both, the settings'
    ``openapi_config`` counts.

    Raises:
        ValueError: when both *context* and *config* are given.
        DocumentError: when the description contradicts itself.
        UnsolvableAnnotationsError: when there is no schema for a model.
    """
    if context is not None and config is not None:
        raise ValueError(
            'Passing both `context` and `config` is not supported. '
            'Give the config to the context.',
        )
    if context is None:
        context = OpenAPIContext(config=config or default_config())
    document: OpenAPI = router.get_schema(context)
    return document
