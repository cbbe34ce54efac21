"""Schemathesis tries to make the demo break the promises of its document."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest

from tests.clients.fuzzing import RUNS, Finding, Report, fuzz_in_parallel
from tests.clients.tools import python_tool

pytestmark = [
    pytest.mark.clients,
    pytest.mark.slow,
    pytest.mark.timeout(400),
]

_BOOK: Final = '/api/books/{book_id}/'
_MEMBER: Final = '/api/members/{member_id}/'
_COVER: Final = '/api/books/{book_id}/cover/'


@dataclass(frozen=True, slots=True, kw_only=True)
class _Explanation:
    """Why findings are as they should be.

    One of *says* is a part of their text. Where it takes luck to find them,
    *body* shows what happens, when it is sent to the first operation.
    """

    check: str
    status_code: int
    operations: tuple[str, ...]
    says: tuple[str, ...]
    reason: str
    body: Any = None

    def covers(self, finding: Finding) -> bool:
        return (
            self.check == finding.check
            and self.status_code == finding.status_code
            and finding.operation in self.operations
            and any(
                text in f'{finding.message}\n{finding.answer}'
                for text in self.says
            )
        )


_EXPLANATIONS: Final = (
    _Explanation(
        check='positive_data_acceptance',
        status_code=412,
        operations=(f'PUT {_BOOK}', f'PATCH {_BOOK}'),
        says=('has changed, read it again',),
        reason='An `If-Match` that was made up is not the ETag of the book.',
    ),
    _Explanation(
        check='positive_data_acceptance',
        status_code=400,
        operations=('POST /api/books/', f'PUT {_BOOK}', f'PATCH {_BOOK}'),
        says=('ISBN',),
        reason='A JSON schema cannot say how the last digit is calculated.',
    ),
    _Explanation(
        check='positive_data_acceptance',
        status_code=400,
        operations=(f'PUT {_COVER}',),
        says=('Request body is not valid UTF-8', 'Field required'),
        reason=(
            'The part with the file has no file name. Django, like browsers, '
            'takes it for a field with text.'
        ),
    ),
    _Explanation(
        check='negative_data_rejection',
        status_code=201,
        operations=('POST /api/authors/', 'POST /api/books/'),
        says=('became boolean',),
        reason='Pydantic takes `true` for 1, unless a model is strict.',
        body={'name': 'Ebba Nyberg', 'born': True},
    ),
    _Explanation(
        check='positive_data_acceptance',
        status_code=400,
        operations=('POST /api/members/', f'PUT {_MEMBER}', f'PATCH {_MEMBER}'),
        says=('Expected `str` matching regex',),
        reason=(
            'Python takes some control characters for spaces, JavaScript does '
            'not, and `pattern` has its regular expressions.'
        ),
        body={
            'name': '\x1e',
            'email': 'ebba@example.org',
            'address': {'street': '', 'postcode': '', 'town': ''},
        },
    ),
    _Explanation(
        check='response_headers_conformance',
        status_code=200,
        operations=('PUT /api/preferences/', 'POST /api/account/login/'),
        says=('`Set-Cookie: library_branch`', '`Set-Cookie: sessionid`'),
        reason=(
            'A document has one place for each header, but each cookie has a '
            'header of its own. Ours are told apart by the name of the cookie, '
            'which schemathesis takes for a part of the name of the header.'
        ),
    ),
    _Explanation(
        check='ensure_resource_availability',
        status_code=404,
        operations=(f'GET {_COVER}', f'DELETE {_COVER}'),
        says=('has no cover',),
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
    """One is left out, the stream; no operation makes schemathesis fail."""
    report = reports[name]

    assert report.is_complete
    assert [] == report.errors, report.output
    assert report.operations['total'] - 1 == report.operations['tested'] > 40


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
    [one for one in _EXPLANATIONS if one.body is None],
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


@pytest.mark.parametrize(
    'explanation',
    [one for one in _EXPLANATIONS if one.body is not None],
    ids=lambda one: one.reason,
)
def test_rare_explanations_are_needed(
    demo: str,
    explanation: _Explanation,
) -> None:
    """What is explained still happens, found or not."""
    method, path = explanation.operations[0].split()

    status_code = _send(method, f'{demo}{path}', explanation.body)

    assert explanation.status_code == status_code


def _send(method: str, url: str, body: Any) -> int:
    request = urllib.request.Request(
        url,
        data=json.dumps(body).encode(),
        headers={'Content-Type': 'application/json'},
        method=method,
    )
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return response.status
    except urllib.error.HTTPError as exc:
        with exc:
            return exc.code
