"""Schemathesis tries to make the demo break the promises of its document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pytest

from tests.clients.fuzzing import RUNS, Finding, Report, fuzz_in_parallel
from tests.clients.tools import python_tool

pytestmark = [
    pytest.mark.clients,
    pytest.mark.slow,
    pytest.mark.timeout(400),
]

_BOOK: Final = '/api/books/{book_id}/'
_COVER: Final = '/api/books/{book_id}/cover/'


@dataclass(frozen=True, slots=True, kw_only=True)
class _Explanation:
    """Why findings are as it should be; *says* is a part of their text."""

    check: str
    status_code: int
    operations: frozenset[str]
    says: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        return (
            self.check == finding.check
            and self.status_code == finding.status_code
            and finding.operation in self.operations
            and self.says in f'{finding.message}\n{finding.answer}'
        )


_EXPLANATIONS: Final = (
    _Explanation(
        check='positive_data_acceptance',
        status_code=412,
        operations=frozenset((f'PUT {_BOOK}', f'PATCH {_BOOK}')),
        says='has changed, read it again',
        reason='An `If-Match` that was made up is not the ETag of the book.',
    ),
    _Explanation(
        check='positive_data_acceptance',
        status_code=400,
        operations=frozenset(
            ('POST /api/books/', f'PUT {_BOOK}', f'PATCH {_BOOK}'),
        ),
        says='ISBN',
        reason='A JSON schema cannot say how the last digit is calculated.',
    ),
    _Explanation(
        check='positive_data_acceptance',
        status_code=400,
        operations=frozenset((f'PUT {_COVER}',)),
        says='Request body is not valid UTF-8',
        reason=(
            'The part with the file has no file name. Django, like browsers, '
            'takes it for a field with text.'
        ),
    ),
    _Explanation(
        check='negative_data_rejection',
        status_code=201,
        operations=frozenset(('POST /api/authors/', 'POST /api/books/')),
        says='became boolean',
        reason='Pydantic takes `true` for 1, unless a model is strict.',
    ),
    _Explanation(
        check='response_headers_conformance',
        status_code=200,
        operations=frozenset(('PUT /api/preferences/',)),
        says='`Set-Cookie: library_branch`',
        reason=(
            'A document has one place for each header, but each cookie has a '
            'header of its own. Ours are told apart by the name of the cookie, '
            'which schemathesis takes for a part of the name of the header.'
        ),
    ),
    _Explanation(
        check='ensure_resource_availability',
        status_code=404,
        operations=frozenset((f'GET {_COVER}', f'DELETE {_COVER}')),
        says='has no cover',
        reason='A book that was just created has no cover yet.',
    ),
)


@pytest.fixture(scope='module')
def reports(
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, Report]:
    """Return the reports of all runs."""
    programs = python_tool('schemathesis')
    return fuzz_in_parallel(programs, tmp_path_factory.mktemp('fuzzing'))


@pytest.mark.parametrize('name', RUNS)
def test_run_tests_every_operation(
    reports: Mapping[str, Report],
    name: str,
) -> None:
    """Nothing is left out, and no operation makes schemathesis fail."""
    report = reports[name]

    assert report.is_complete
    assert [] == report.errors, report.output
    assert report.operations['total'] == report.operations['tested'] > 30


def test_findings_are_explained(reports: Mapping[str, Report]) -> None:
    """What is found is a bug, or its reason stands above."""
    unexplained = {
        str(finding)
        for report in reports.values()
        for finding in report.findings
        if not any(one.covers(finding) for one in _EXPLANATIONS)
    }

    assert not unexplained, '\n\n'.join(sorted(unexplained)[:20])


@pytest.mark.parametrize(
    'explanation',
    _EXPLANATIONS,
    ids=lambda one: one.reason,
)
def test_explanations_are_needed(
    reports: Mapping[str, Report],
    explanation: _Explanation,
) -> None:
    """An explanation of what is not found any more has to go."""
    findings = [
        finding for report in reports.values() for finding in report.findings
    ]

    assert any(map(explanation.covers, findings))
