"""Describe how to authenticate."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dmr.openapi.core.context import OpenAPIContext
    from dmr.openapi.objects import SecurityRequirement
    from dmr.security import AsyncAuth, SyncAuth


@dataclass(frozen=True, slots=True)
class SecuritySchemeGenerator:
    """Collect the schemes that auth objects bring, return what they need."""

    context: 'OpenAPIContext'

    def __call__(
        self,
        auth: 'Sequence[SyncAuth | AsyncAuth] | None',
    ) -> 'list[SecurityRequirement] | None':
        """Return alternative requirements, ``None`` if there is no auth.

        Raises:
            NameCollisionError: when two schemes have one name.
        """
        if not auth:
            return None
        requirements: list[SecurityRequirement] = []
        registry = self.context.registries.security_scheme
        for authenticator in auth:
            for name, scheme in authenticator.security_schemes.items():
                registry.register(name, scheme, self.context.place)
            requirement = dict(authenticator.security_requirement)
            if requirement not in requirements:
                requirements.append(requirement)
        return requirements
