"""Each fault of a parser or renderer is found by the check made for it."""

from typing import Any, Final

import pytest

from dmr.parsers import JsonParser
from dmr.test.contracts import Sample, check_parser, check_renderer
from tests.testing.contracts.plugins import faulty_formats as faulty

pytestmark = pytest.mark.once

_PARSERS: Final = [
    (faulty.InheritingParser, 'plugin.api'),
    (faulty.FloatParser, 'values.samples'),
    (faulty.NoEmptyParser, 'values.empty_body'),
    (faulty.TrailingParser, 'hostile.malformed'),
    (faulty.LeakingParser, 'hostile.mutations'),
    (faulty.NaNParser, 'hostile.numbers'),
    (faulty.SurrogateParser, 'hostile.text'),
    (faulty.DeepParser, 'hostile.depth'),
    (faulty.FirstKeyParser, 'hostile.unusual'),
    (faulty.KeepingParser, 'state.results'),
    (faulty.CachingParser, 'state.results'),
    (faulty.SharingParser, 'state.threads'),
]
_RENDERERS: Final = [
    (faulty.InheritingRenderer, 'plugin.api'),
    (faulty.OtherTypeRenderer, 'plugin.media_type'),
    (faulty.OrderingRenderer, 'values.json'),
    (faulty.FloatRenderer, 'values.numbers'),
    (faulty.AsciiRenderer, 'values.text'),
    (faulty.SpaceRenderer, 'values.standard_types'),
    (faulty.ChangingRenderer, 'values.same_bytes'),
    (faulty.DeafRenderer, 'hooks.unknown'),
    (faulty.OnceRenderer, 'hooks.again'),
    (faulty.NullRenderer, 'hostile.impossible'),
    (faulty.StumblingRenderer, 'hostile.depth'),
    (faulty.EmptyingRenderer, 'state.inputs'),
    (faulty.SharingRenderer, 'state.threads'),
]


@pytest.mark.parametrize(('parser', 'check'), _PARSERS)
def test_a_fault_of_a_parser_is_found_by_its_check(
    parser: Any,
    check: str,
) -> None:
    """By this check and by no other."""
    report = check_parser(parser)

    assert (check,) == report.failed, str(report)


@pytest.mark.parametrize(('renderer', 'check'), _RENDERERS)
def test_a_fault_of_a_renderer_is_found_by_its_check(
    renderer: Any,
    check: str,
) -> None:
    """By this check and by no other."""
    report = check_renderer(renderer)

    assert (check,) == report.failed, str(report)


def test_what_only_looks_like_a_parser_is_refused() -> None:
    """Controllers do not take it either."""
    report = check_parser(faulty.NotAParser)  # type: ignore[arg-type]

    assert 'plugin.class' in report.failed


def test_a_function_that_makes_parsers_passes() -> None:
    """A factory need not be a class."""
    report = check_parser(faulty.make_json_parser)

    assert report.ok, str(report)


def test_a_wrong_name_of_an_entry_point_is_found() -> None:
    """JSON of the core is hidden by that of another package."""
    report = check_parser(JsonParser, plugin_name='json')

    assert ('plugin.entry_point',) == report.failed, str(report)


def test_samples_are_compared() -> None:
    """What an author says of a body has to be true."""
    report = check_parser(
        JsonParser,
        samples=[Sample(body=b'[1]', parsed=[2])],
    )

    assert ('values.samples',) == report.failed, str(report)
