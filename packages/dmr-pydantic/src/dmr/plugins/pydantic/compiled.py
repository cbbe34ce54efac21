"""Fast ways between JSON and models.

Each is made once per endpoint, at import. When a fast way fails, for whatever
reason, the plain way has the same input again: it decides, and its messages
are what clients get.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeGuard

import pydantic_core
from django.http import HttpRequest

from dmr.internal.hostile import is_ordinary_json
from dmr.parsers import Raw
from dmr.plugins.pydantic.adapters import adapter
from dmr.plugins.pydantic.shapes import Writing, how_written, reads_the_same
from dmr.renderers import Renderer
from dmr.serializer import Decoder, Encoder, Validator

#: Options that mean the same for one model and for a list of them.
_PLAIN_OPTIONS: Final = frozenset(
    (
        'by_alias',
        'exclude_unset',
        'exclude_defaults',
        'exclude_none',
    )
)
#: Options that mean the same for JSON and for Python data.
_PLAIN_MODEL_OPTIONS: Final = frozenset(('by_alias', 'by_name', 'extra'))
#: Everything that can be special about how floats are written.
_FLOATS: Final = (1.5, 1e16, 1e22, 1e-7, 123456789012345680.0, -0.0, 5e-324)


def json_decoder(
    model: Any,
    plain: Decoder,
    *,
    strict: bool | None,
    options: Mapping[str, Any],
) -> Decoder:
    """Return a decoder straight into *model*, or *plain* where it differs."""
    made = adapter(model)
    if (
        strict
        or not _PLAIN_MODEL_OPTIONS.issuperset(options)
        or not reads_the_same(made.core_schema)
    ):
        return plain
    validate_json = made.validator.validate_json
    bound: dict[str, Any] = {**options, 'strict': strict}

    def decode(buffer: Raw, request: HttpRequest) -> Any:
        # Pydantic takes NaN, and numbers of any size for an infinity.
        if (
            is_ordinary_json(buffer)
            and b'NaN' not in buffer
            and b'Infinity' not in buffer
        ):
            try:
                return validate_json(buffer, **bound)
            except ValueError:
                return plain(buffer, request)
        return plain(buffer, request)

    return decode


def bound_validator(
    model: Any,
    *,
    strict: bool | None,
    options: Mapping[str, Any],
) -> Validator:
    """Return the validator of *model*, with its options."""
    validate_python = adapter(model).validator.validate_python
    bound: dict[str, Any] = {**options, 'strict': strict}

    def validate(unstructured: Any) -> Any:
        return validate_python(unstructured, **bound)

    return validate


def models_encoder(
    plain: Encoder,
    *,
    floats_alike: bool,
    options: Mapping[str, Any],
) -> Encoder:
    """Return an encoder that writes models, and lists of them, itself.

    *plain* writes everything else.
    """
    if not _PLAIN_OPTIONS.issuperset(options):
        return plain
    to_json = adapter(Any).serializer.to_json
    # A field that has something else than it declares is not ours to judge.
    bound: dict[str, Any] = {**options, 'warnings': 'error'}

    def encode(structure: Any) -> bytes:
        trust = min(
            [how_written(kind, floats_alike) for kind in _kinds(structure)],
            default=Writing.differs,
        )
        if trust is Writing.differs:
            return plain(structure)
        try:
            written = to_json(structure, **bound)
        except (ValueError, TypeError, RecursionError):
            return plain(structure)
        if trust is Writing.unless_null and b'null' in written:
            return plain(structure)
        return written

    return encode


def writes_floats_alike(renderer: Renderer) -> bool:
    """Tell whether *renderer* writes the same digits as pydantic."""
    return all(
        renderer.render(number, repr) == pydantic_core.to_json(number)
        for number in _FLOATS
    )


def _kinds(structure: object) -> Iterable[Any]:
    if _is_list(structure):
        return set(map(type, structure))
    return (type(structure),)


def _is_list(structure: object) -> TypeGuard[list[object]]:
    return type(structure) is list
