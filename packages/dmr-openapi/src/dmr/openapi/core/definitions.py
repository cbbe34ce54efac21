"""What component names mean, and whether two meanings are the same."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dmr.openapi.exceptions import NameCollisionError
from dmr.openapi.schema_compare import Definitions, SchemaComparison
from dmr.openapi.schema_loader import JsonSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One named JSON schema, with everything needed to tell it from others.

    *owner* is for messages. *definitions* is what references in it mean, and
    *other_mode* makes the definitions of the same model in the other mode.
    *example* is invented, so it does not tell models apart. *short_name* can
    be used instead of the name if nothing else claims it, as with the only
    use of a generic class; *title* is for the case that it cannot.
    """

    raw: JsonSchema
    definitions: Definitions
    generator: type
    owner: str
    other_mode: Callable[[], Definitions]
    example: Any = None
    short_name: str | None = None
    title: str | None = None


def check_same(name: str, first: Definition, second: Definition) -> None:
    """Check that *name* means the same to both.

    Raises:
        NameCollisionError: when it does not.
    """
    if first.raw == second.raw and first.generator is second.generator:
        return
    if not _same(first, second.raw, second.definitions, second.generator):
        raise _collision(name, first, second)


def modes_differ(
    name: str,
    request: Definition | None,
    response: Definition | None,
) -> bool:
    """Return whether the two modes of one model look different.

    Raises:
        NameCollisionError: when they are modes of two different models.
    """
    if request is None or response is None or request.raw == response.raw:
        return False
    if request.generator is not response.generator and _same(
        request,
        response.raw,
        response.definitions,
        response.generator,
    ):
        return False
    definitions = response.other_mode()
    as_request = definitions.get(name)
    if as_request is not None and not _same(
        request,
        as_request,
        definitions,
        response.generator,
    ):
        raise _collision(name, request, response)
    return True


def _same(
    definition: Definition,
    raw: JsonSchema,
    definitions: Definitions,
    generator: type,
) -> bool:
    comparison = SchemaComparison(
        left_definitions=definition.definitions,
        right_definitions=definitions,
        wording=definition.generator is generator,
    )
    return comparison.same(definition.raw, raw)


def _collision(
    name: str,
    first: Definition,
    second: Definition,
) -> NameCollisionError:
    return NameCollisionError(
        f'Different schemas under a single name: {name}. '
        f'One is used by {first.owner}, another by {second.owner}. '
        'Rename one of the models, or give it another title.',
    )
