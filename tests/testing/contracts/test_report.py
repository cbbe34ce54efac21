"""Reports say what happened, in words that lead on."""

import pytest

from dmr.test.contracts import CheckResult, Report, Status

pytestmark = pytest.mark.once

_PASSED = CheckResult(name='values.json', promise='It works.')
_FAILED = CheckResult(
    name='errors.raised',
    promise='It fails.',
    problems=('expected 1, got 2.',),
)
_EXPECTED = CheckResult(
    name='types.bytes',
    promise='Bytes come back.',
    problems=('expected 3, got 4.',),
    reason='there are no bytes',
)
_UNEXPECTED = CheckResult(
    name='types.sets',
    promise='Sets come back.',
    reason='there are no sets',
)


def test_statuses() -> None:
    """An expected failure has to fail."""
    found = [one.status for one in (_PASSED, _FAILED, _EXPECTED, _UNEXPECTED)]

    assert found == [
        Status.passed,
        Status.failed,
        Status.expected_failure,
        Status.failed,
    ]


def test_a_report_explains_all_that_did_not_pass() -> None:
    """Counts first, then one paragraph for each."""
    report = Report(
        subject='Mine',
        results=(_PASSED, _FAILED, _EXPECTED, _UNEXPECTED),
    )

    assert str(report) == (
        'Mine: 1 passed, 2 failed, 1 expected failure\n'
        'errors.raised: failed. It fails.\n'
        '  - expected 1, got 2.\n'
        '  Read on: docs/plugins/conformance-kit.md#errors\n'
        'types.bytes: expected failure. Bytes come back.\n'
        '  expected, because there are no bytes\n'
        'types.sets: failed. Sets come back.\n'
        '  It was expected to fail, because there are no sets, and passes. '
        'Remove it from `expected_failures`.'
    )


def test_many_problems_are_counted() -> None:
    """Five of them are enough to begin with."""
    result = CheckResult(
        name='values.text',
        promise='Text.',
        problems=tuple(f'{number}.' for number in range(7)),
    )

    assert str(result) == (
        'values.text: failed. Text.\n'
        '  - 0.\n  - 1.\n  - 2.\n  - 3.\n  - 4.\n'
        '  - and 2 more\n'
        '  Read on: docs/plugins/conformance-kit.md#values'
    )


def test_results_are_found_by_name() -> None:
    """And only those that there are."""
    report = Report(subject='Mine', results=(_PASSED, _FAILED))

    assert report['errors.raised'] is _FAILED
    with pytest.raises(KeyError, match=r'errors\.lost'):
        report['errors.lost']


def test_a_report_can_be_required_to_be_good() -> None:
    """The whole report is the message."""
    good = Report(subject='Mine', results=(_PASSED, _EXPECTED))
    bad = Report(subject='Mine', results=(_FAILED,))

    good.require()
    with pytest.raises(AssertionError, match=r'errors\.raised: failed'):
        bad.require()
