"""Run schemathesis against demos, and read what it has found.

Two runs share the work, each with a demo of its own: the cases that follow from
the document, and those that are made up or follow from answers.
"""

import base64
import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.clients.tools import HERE, run
from tests.integration.demo.server import running_demo

#: Name → phases of schemathesis.
RUNS: Final[Mapping[str, str]] = {
    'document': 'coverage',
    'imagination': 'examples,fuzzing,stateful',
}

_SECONDS: Final = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check that one response has failed."""

    check: str
    operation: str
    status_code: int
    message: str
    answer: str

    def __str__(self) -> str:
        """Describe the finding for somebody who has to explain it."""
        return (
            f'{self.check}: {self.operation} → {self.status_code}\n'
            f'{self.message}\n{self.answer}'
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that schemathesis says at the end of a run.

    *errors* are operations that could not be tested.
    """

    findings: list[Finding]
    errors: list[Any]
    operations: Mapping[str, Any]
    is_complete: bool
    output: str


def fuzz_in_parallel(programs: Path, folder: Path) -> Mapping[str, Report]:
    """Return the report of each run; they go on at the same time."""
    folders = [folder / name for name in RUNS]
    with ThreadPoolExecutor(len(RUNS)) as pool:
        reports = pool.map(
            _fuzz,
            [programs] * len(RUNS),
            folders,
            RUNS.values(),
        )
        return dict(zip(RUNS, reports, strict=True))


def _fuzz(programs: Path, folder: Path, phases: str) -> Report:
    folder.mkdir()
    with running_demo(folder / 'library.sqlite3') as running:
        finished = run(
            [
                programs / 'schemathesis',
                '--config-file',
                HERE / 'python' / 'schemathesis.toml',
                'run',
                f'{running.address}/docs/openapi.json',
                '--checks=all',
                f'--phases={phases}',
                '--continue-on-failure',
                '--no-color',
                '--output-sanitize=false',
                '--report=json,ndjson',
                f'--report-json-path={folder / "report.json"}',
                f'--report-ndjson-path={folder / "report.ndjson"}',
            ],
            cwd=folder,
            env={
                **os.environ,
                'PYTHONPATH': str(HERE / 'python'),
                'SCHEMATHESIS_HOOKS': 'msgpack_hooks',
            },
            seconds=_SECONDS,
        )
    # 1 says that there are findings.
    if finished.returncode not in {0, 1}:
        raise RuntimeError(finished.stdout)
    summary = json.loads((folder / 'report.json').read_text('utf-8'))
    events = (folder / 'report.ndjson').read_text('utf-8').split('\n')
    return Report(
        findings=[*_findings(filter(None, events))],
        errors=summary['errors'],
        operations=summary['operations'],
        is_complete=summary['complete'],
        output=finished.stdout,
    )


def _findings(events: Iterator[str]) -> Iterator[Finding]:
    for event in map(json.loads, events):
        recorded = event.get('ScenarioFinished', {}).get('recorder', {})
        for case_id, checks in recorded.get('checks', {}).items():
            for check in checks:
                if check['status'] == 'success':
                    continue
                yield _finding(
                    check,
                    recorded['cases'][case_id]['value'],
                    recorded['interactions'][case_id]['response'] or {},
                )


def _finding(check: Any, case: Any, response: Any) -> Finding:
    content = (response.get('content') or {}).get('$base64', '')
    return Finding(
        check=check['name'],
        operation=f'{case["method"]} {case["path"]}',
        status_code=response.get('status_code', 0),
        message=check['failure_info']['failure']['message'],
        answer=base64.b64decode(content).decode('utf-8', 'replace'),
    )
