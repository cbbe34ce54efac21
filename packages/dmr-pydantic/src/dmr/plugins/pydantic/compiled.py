"""Fast ways from JSON and from Python data to models.

Each is made at import. When a fast way fails, for whatever reason, the plain
way has the same input again: it decides, and its messages are what clients get.
"""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from django.http import HttpRequest

from dmr.limits import is_long_json, is_ordinary_json, may_have_fractions
from dmr.parsers import Raw
from dmr.plugins.pydantic.adapters import adapter
from dmr.plugins.pydantic.rewriting import validator_of_finite
from dmr.plugins.pydantic.shapes import (
    is_endless,
    reads_integers_the_same,
    reads_the_same,
    takes_floats,
)
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
        or not reads_integers_the_same(made.core_schema)
    ):
        return plain
    has_decimals = not reads_the_same(made.core_schema)
    bound = _without_none({**options, 'strict': strict})
    validator = _finite_reader(made)

    def decode(buffer: Raw, request: HttpRequest) -> Any:
        if has_decimals and may_have_fractions(buffer):
            return plain(buffer, request)
        try:
            validate_json, is_closed = validator()
            if (is_closed and is_long_json(buffer)) or (
                # Pydantic takes NaN where a model takes anything.
                is_ordinary_json(buffer)
                and buffer.rfind(b'NaN') < 0
                and buffer.rfind(b'Infinity') < 0
            ):
                return validate_json(buffer, **bound)
        except ValueError:
            return plain(buffer, request)
        return plain(buffer, request)

    return decode


def _finite_reader(made: Any) -> Callable[[], tuple[Callable[..., Any], bool]]:
    """Return what gives, at first use, a function that reads JSON.

    It takes finite floats only. Beside it is told whether the model looks at
    everything that it takes.
    """

    @cache
    def reader() -> tuple[Callable[..., Any], bool]:
        core_schema = made.core_schema
        validator = (
            validator_of_finite(core_schema)
            if takes_floats(core_schema)
            else made.validator
        )
        if validator is None:
            return _refuse, False
        return validator.validate_json, not is_endless(core_schema)

    return reader


def _refuse(buffer: Raw, **_options: Any) -> Any:
    raise ValueError


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
    if bound.keys() == {'by_alias'}:
        by_alias = bound['by_alias']

        # 0.1 µs faster than below, these are the options of most models.
        def validate_by_alias(unstructured: Any) -> Any:
            return validate_python(unstructured, by_alias=by_alias)

        return validate_by_alias

    def validate(unstructured: Any) -> Any:
        return validate_python(unstructured, **bound)

    return validate


def _without_none(options: Mapping[str, Any]) -> dict[str, Any]:
    # Every option costs time, and none of them is the default of all.
    return {key: value for key, value in options.items() if value is not None}
