"""Fast ways between JSON and models.

Each is made once per endpoint, at import. When a fast way fails, for whatever
reason, the plain way has the same input again: it decides, and its messages
are what clients get.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import pydantic_core
from django.http import HttpRequest

from dmr.internal.hostile import is_ordinary_json
from dmr.parsers import Raw
from dmr.plugins.pydantic.adapters import adapter
from dmr.plugins.pydantic.shapes import Writing, how_written, reads_the_same
from dmr.renderers import Renderer
from dmr.serializer import Decoder, Encoder, Validator

_DIFFERS: Final = Writing.differs

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
#: Floats that everybody writes alike, in decimals.
_ORDINARY_FLOATS: Final = (0.0, -0.0, 1.5, 1e15, 0.0001, 1 / 3, 123456.789)
#: Floats that some write with another exponent, or with none.
_ODD_FLOATS: Final = (1e16, 1e22, 1e-5, 1e-7, 2.5e17, 5e-324, 1e308)
#: Digits and signs become 0, what starts an exponent becomes e.
_AS_NUMBERS: Final = bytes(
    ord('0')
    if code in b'0123456789+-'
    else ord('e')
    if code in b'eE'
    else ord(' ')
    for code in range(256)
)


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
    bound = _without_none({**options, 'strict': strict})

    def decode(buffer: Raw, request: HttpRequest) -> Any:
        # Pydantic takes NaN, and numbers of any size for an infinity.
        if (
            is_ordinary_json(buffer)
            and buffer.rfind(b'NaN') < 0
            and buffer.rfind(b'Infinity') < 0
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
    made = adapter(model)
    # The validator itself is twice as fast, but has other names for options.
    validate_python: Callable[..., Any] = (
        made.validator.validate_python
        if _PLAIN_MODEL_OPTIONS.issuperset(options)
        else made.validate_python
    )
    bound = _without_none({**options, 'strict': strict})

    def validate(unstructured: Any) -> Any:
        return validate_python(unstructured, **bound)

    return validate


def models_encoder(
    plain: Encoder,
    *,
    renderer: Renderer | None,
    options: Mapping[str, Any],
) -> Encoder:
    """Return an encoder that writes models, and lists of them, itself.

    *plain* writes everything else. *renderer* is whose bytes are expected, it
    is ``None`` if they are pydantic's own.
    """
    if not _PLAIN_OPTIONS.issuperset(options) or not _writes_alike(
        renderer,
        _ORDINARY_FLOATS,
    ):
        return plain
    odd_floats_differ = not _writes_alike(renderer, _ODD_FLOATS)
    to_json = adapter(Any).serializer.to_json
    # A field that has something else than it declares is not ours to judge.
    bound: dict[str, Any] = {**options, 'warnings': 'error'}

    def encode(structure: Any) -> bytes:
        anything: object = structure
        kind: Any = type(anything)
        trust = (
            min(map(how_written, set(map(type, structure))), default=_DIFFERS)
            if kind is list
            else how_written(kind)
        )
        if trust is _DIFFERS:
            return plain(structure)
        try:
            written = to_json(structure, **bound)
        except (ValueError, TypeError, RecursionError):
            return plain(structure)
        if trust is Writing.unless_odd and (
            written.rfind(b'null') >= 0
            or (odd_floats_differ and _may_have_odd_float(written))
        ):
            return plain(structure)
        return written

    return encode


def _writes_alike(renderer: Renderer | None, floats: Iterable[float]) -> bool:
    return renderer is None or all(
        renderer.render(number, repr) == pydantic_core.to_json(number)
        for number in floats
    )


def _may_have_odd_float(written: bytes) -> bool:
    numbers = written.translate(_AS_NUMBERS)
    return numbers.rfind(b'0e0') >= 0 or written.rfind(b'0.0000') >= 0


def _without_none(options: Mapping[str, Any]) -> dict[str, Any]:
    # Every option costs time, and none of them is the default of all.
    return {key: value for key, value in options.items() if value is not None}
