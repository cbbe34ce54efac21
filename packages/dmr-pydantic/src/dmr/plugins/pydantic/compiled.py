"""Fast ways from JSON and from Python data to models.

Each is made once per endpoint, at import. When a fast way fails, for whatever
reason, the plain way has the same input again: it decides, and its messages
are what clients get.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from django.http import HttpRequest

from dmr.internal.hostile import is_long, is_ordinary_json
from dmr.parsers import Raw
from dmr.plugins.pydantic.adapters import adapter
from dmr.plugins.pydantic.rewriting import validator_of_finite
from dmr.plugins.pydantic.shapes import is_endless, reads_the_same
from dmr.serializer import Decoder, Validator

#: Options that mean the same for JSON and for Python data.
_PLAIN_MODEL_OPTIONS: Final = frozenset(('by_alias', 'by_name', 'extra'))


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

    validate_long = _long_reader(made.core_schema)

    def decode(buffer: Raw, request: HttpRequest) -> Any:
        try:
            if is_long(buffer):
                read = validate_long()
                if read is not None:
                    return read(buffer, **bound)
            # Pydantic takes NaN, and numbers of any size for an infinity.
            if (
                is_ordinary_json(buffer)
                and buffer.rfind(b'NaN') < 0
                and buffer.rfind(b'Infinity') < 0
            ):
                return validate_json(buffer, **bound)
        except ValueError:
            return plain(buffer, request)
        return plain(buffer, request)

    return decode


def _long_reader(core_schema: Any) -> Callable[[], Callable[..., Any] | None]:
    """Return what gives, at first use, a function that reads long bodies.

    There is none if the model takes anything, which has to be looked at.
    """

    @cache
    def reader() -> Callable[..., Any] | None:
        if is_endless(core_schema):
            return None
        validator = validator_of_finite(core_schema)
        return None if validator is None else validator.validate_json

    return reader


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


def _without_none(options: Mapping[str, Any]) -> dict[str, Any]:
    # Every option costs time, and none of them is the default of all.
    return {key: value for key, value in options.items() if value is not None}
