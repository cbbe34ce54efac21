"""Each fault of a serializer is found by the check that is made for it."""

import dataclasses
from typing import Final

import pytest

from dmr.serializer import BaseSerializer
from dmr.test.contracts import Capabilities, check_serializer
from tests.testing.contracts.plugins import faulty
from tests.testing.contracts.plugins.correct import CorrectSerializer
from tests.testing.contracts.plugins.loud import LoudSerializer
from tests.testing.contracts.plugins.reading import ReadingSerializer

pytestmark = pytest.mark.once

#: Field names are not told by the correct one, bytes are text to pydantic.
_CAPABILITIES: Final = Capabilities(
    bytes_=False,
    every_error=True,
    field_names=False,
)

# One that others cannot import: the checks then start no process for it.
_POINT: Final = dataclasses.make_dataclass(
    'LocalPoint',
    [('x', int), ('label', str, 'none')],
)

_FAULTS: Final[list[tuple[type[BaseSerializer], str]]] = [
    (faulty.InheritsItsVersion, 'plugin.api'),
    (LoudSerializer, 'plugin.import'),
    (ReadingSerializer, 'plugin.import'),
    (faulty.LosesBigNumbers, 'values.numbers'),
    (faulty.LosesUnicode, 'values.text'),
    (faulty.NoEmptyBodies, 'values.empty_body'),
    (faulty.LosesMicroseconds, 'types.dates'),
    (faulty.LossyDecimals, 'types.decimals'),
    (faulty.SwallowsErrors, 'errors.raised'),
    (faulty.NumbersInLocations, 'errors.details'),
    (faulty.QuotesEverything, 'errors.details'),
    (faulty.ShortLocations, 'errors.location'),
    (faulty.ForgetsComponents, 'errors.component'),
    (faulty.TellsForeignErrors, 'errors.foreign'),
    (faulty.FirstErrorOnly, 'errors.every_error'),
    (faulty.NeverStrict, 'strictness.strict'),
    (faulty.CutsNumbers, 'strictness.lossless'),
    (faulty.InventsFields, 'fields.names'),
    (faulty.KnowsNoFloats, 'fields.floats'),
    (faulty.OtherFastDecoder, 'fast.decoders'),
    (faulty.OtherFastErrors, 'fast.validators'),
    (faulty.OtherFastBytes, 'fast.encoders'),
    (faulty.TrustsInstances, 'fast.checked_encoders'),
    (faulty.BypassesMethods, 'fast.overrides'),
    (faulty.OtherWhenAsync, 'requests.async'),
    (faulty.TakesNaN, 'hostile.numbers'),
    (faulty.ReadsEndlessText, 'hostile.numbers'),
    (faulty.StumblesOverDepth, 'hostile.depth'),
    (faulty.WritesNaN, 'hostile.responses'),
    (faulty.FillsInputs, 'state.inputs'),
    (faulty.Remembers, 'state.results'),
    (faulty.GrowingLocations, 'state.errors'),
    (faulty.OneDefaultForAll, 'state.defaults'),
    (faulty.OneModelPerName, 'state.models'),
    (faulty.NotReadyYet, 'state.threads'),
    (faulty.OneModelAtATime, 'state.threads'),
    (faulty.PromisesAnything, 'schemas.accepted'),
    (faulty.PromisesMore, 'schemas.produced'),
]


def test_a_correct_serializer_passes() -> None:
    """What has only the documented methods is enough."""
    report = check_serializer(CorrectSerializer, capabilities=_CAPABILITIES)

    assert report.ok, str(report)


@pytest.mark.parametrize(('serializer', 'check'), _FAULTS)
def test_a_fault_is_found_by_its_check(
    serializer: type[BaseSerializer],
    check: str,
) -> None:
    """By this check and by no other."""
    report = check_serializer(
        serializer,
        capabilities=_CAPABILITIES,
        point=_POINT,
    )

    assert (check,) == report.failed, str(report)


def test_what_is_made_at_the_first_use_is_found_in_a_fresh_process() -> None:
    """Here it had been made long ago."""
    report = check_serializer(
        faulty.MakesItsConverterLater,
        capabilities=_CAPABILITIES,
    )

    assert ('state.threads',) == report.failed, str(report)


def test_an_error_that_hides_others_is_refused() -> None:
    """Whatever other checks make of it."""
    report = check_serializer(
        faulty.HidesFaults,
        capabilities=_CAPABILITIES,
    )

    assert 'plugin.class' in report.failed
