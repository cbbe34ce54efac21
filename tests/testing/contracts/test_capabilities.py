"""Flags say what a plugin can do, and are held to it."""

import dataclasses
from decimal import Decimal
from typing import Any, Final

import pytest

from dmr.parsers import JsonParser, Parser
from dmr.renderers import JsonRenderer
from dmr.test.contracts import (
    Capabilities,
    Format,
    FormatCapabilities,
    check_parser,
    check_renderer,
    check_serializer,
)
from tests.testing.contracts.plugins.correct import (
    CorrectSerializer,
    InvalidError,
)
from tests.testing.contracts.plugins.faulty import NeverStrict

pytestmark = pytest.mark.once

_CORRECT: Final = Capabilities(
    bytes_=False,
    every_error=True,
    field_names=False,
)
_TYPES: Final = (
    'typed_dicts',
    'named_tuples',
    'generics',
    'recursion',
    'unions',
    'literals',
    'tuples',
    'sets',
    'enums',
    'dates',
    'durations',
    'decimals',
    'uuids',
)


class RefusingSerializer(CorrectSerializer):
    """Knows no decimals, and says so."""

    dmr_plugin_api = 1

    @classmethod
    def from_python(
        cls,
        unstructured: Any,
        model: Any,
        *,
        strict: bool | None,
    ) -> Any:
        if 'Decimal' in repr(model):
            raise InvalidError(
                [{'msg': 'No decimals', 'loc': [], 'type': 'value_error'}],
            )
        return super().from_python(unstructured, model, strict=strict)


class LosingSerializer(CorrectSerializer):
    """Knows no decimals, and takes them for numbers."""

    dmr_plugin_api = 1

    @classmethod
    def from_python(
        cls,
        unstructured: Any,
        model: Any,
        *,
        strict: bool | None,
    ) -> Any:
        made = super().from_python(unstructured, model, strict=strict)
        return float(made) if isinstance(made, Decimal) else made


@dataclasses.dataclass
class _LocalPoint:
    x: int
    label: str = 'none'


def test_what_can_be_done_has_to_be_declared() -> None:
    """Each flag that is off without need is found."""
    capabilities = dataclasses.replace(
        _CORRECT,
        every_error=False,
        coercion=False,
        schemas=False,
        **dict.fromkeys(_TYPES, False),
    )

    report = check_serializer(CorrectSerializer, capabilities=capabilities)

    expected = {f'types.{flag}' for flag in _TYPES}
    expected |= {
        'errors.every_error',
        'strictness.coercion',
        'schemas.exist',
    }
    assert expected == set(report.failed), str(report)


def test_strictness_has_to_be_declared() -> None:
    """One that is never strict says so."""
    lax = dataclasses.replace(_CORRECT, strict=False)

    report = check_serializer(NeverStrict, capabilities=lax)

    assert report.ok, str(report)
    assert check_serializer(CorrectSerializer, capabilities=lax).failed == (
        'strictness.strict',
    )


def test_what_is_absent_may_be_refused() -> None:
    """With an error that says so."""
    report = check_serializer(
        RefusingSerializer,
        capabilities=dataclasses.replace(_CORRECT, decimals=False),
    )

    assert report.ok, str(report)


def test_what_is_absent_must_not_be_lost() -> None:
    """Digits that are gone without a word are found."""
    report = check_serializer(
        LosingSerializer,
        capabilities=dataclasses.replace(_CORRECT, decimals=False),
    )

    assert report.failed == ('types.decimals',), str(report)


def test_a_capability_that_is_missing_is_found() -> None:
    """The default is that everything is known."""
    report = check_serializer(RefusingSerializer, capabilities=_CORRECT)

    assert 'types.decimals' in report.failed


def test_without_dataclasses_a_model_is_needed() -> None:
    """Checks of nothing would prove nothing."""
    with pytest.raises(ValueError, match='give `point`'):
        check_serializer(
            CorrectSerializer,
            capabilities=Capabilities(dataclasses=False),
        )


def test_other_models_can_take_part() -> None:
    """Any with the two fields."""
    report = check_serializer(
        CorrectSerializer,
        capabilities=_CORRECT,
        point=_LocalPoint,
    )

    assert report.ok, str(report)


def test_formats_have_to_be_supported() -> None:
    """A serializer that refuses them cannot be checked with them."""

    class OnlyOther(CorrectSerializer):
        @classmethod
        def is_supported(cls, pluggable: Any) -> bool:
            return False

    with pytest.raises(ValueError, match='does not support application/json'):
        check_serializer(OnlyOther, formats=[Format()])


@pytest.mark.parametrize(
    ('capabilities', 'check'),
    [
        (FormatCapabilities(bytes_=True), 'values.bytes'),
        (FormatCapabilities(big_integers=False), 'values.numbers'),
    ],
)
def test_formats_say_what_they_can(
    capabilities: FormatCapabilities,
    check: str,
) -> None:
    """JSON of the core has no bytes, and integers of any size."""
    report = check_renderer(JsonRenderer, capabilities=capabilities)

    assert report.failed == (check,), str(report)


def test_of_other_formats_samples_are_needed() -> None:
    """Nobody knows the bytes of a format that is not JSON."""

    def make() -> Parser:
        return JsonParser('application/x-unknown')

    report = check_parser(make, samples=())

    assert 'Give `samples`' in str(report['values.samples'])
    assert 'Give `nested`' in str(report['hostile.depth'])
