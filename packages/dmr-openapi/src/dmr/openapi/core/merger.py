"""Merge what the endpoints say with what the configuration says."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dmr.openapi.exceptions import NameCollisionError
from dmr.openapi.objects import Components, Info, OpenAPI, Paths

if TYPE_CHECKING:
    from dmr.openapi.core.context import OpenAPIContext


@dataclass(frozen=True, slots=True)
class ConfigMerger:
    """Make the document out of its parts."""

    context: 'OpenAPIContext'

    def __call__(self, paths: Paths, components: Components) -> OpenAPI:
        """Return the whole document.

        Raises:
            NameCollisionError: when the configuration defines a component
                that the endpoints define differently.
        """
        config = self.context.config
        return OpenAPI(
            info=Info(
                title=config.title,
                version=config.version,
                summary=config.summary,
                description=config.description,
                terms_of_service=config.terms_of_service,
                contact=config.contact,
                license=config.license,
            ),
            openapi=config.openapi_version,
            servers=config.servers,
            paths=paths,
            webhooks=config.webhooks,
            components=self._components(components),
            security=config.security,
            tags=config.tags,
            external_docs=config.external_docs,
        )

    def _components(self, generated: Components) -> Components:
        configured = self.context.config.components or ()
        if isinstance(configured, Components):
            configured = (configured,)
        merged = generated
        for components in configured:
            merged = _merge(merged, components)
        return merged


def _merge(first: Components, second: Components) -> Components:
    return Components(
        **{
            field.name: _merge_field(
                field.name,
                getattr(first, field.name),
                getattr(second, field.name),
            )
            for field in dataclasses.fields(Components)
        }
    )


def _merge_field(
    kind: str,
    first: Mapping[str, Any] | None,
    second: Mapping[str, Any] | None,
) -> Mapping[str, Any] | None:
    if first is None or second is None:
        return second if first is None else first
    for name in first.keys() & second.keys():
        if first[name] != second[name]:
            raise NameCollisionError(
                f'Different {kind} under a single name: {name}. One comes '
                'from `OpenAPIConfig.components`, another from the endpoints '
                'or from `components` as well. Rename one of them.',
            )
    return {**first, **second}
