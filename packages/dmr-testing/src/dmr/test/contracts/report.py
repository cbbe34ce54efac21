"""What came out of the checks, for people and for programs."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

#: Where each check is explained.
_PAGE: Final = 'docs/plugins/conformance-kit.md'
#: So many problems of one check are shown, the others counted.
_SHOWN: Final = 5


@enum.unique
class Status(enum.StrEnum):
    """How a check ended."""

    passed = 'passed'
    failed = 'failed'
    expected_failure = 'expected failure'


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckResult:
    """How one check ended, and why.

    *promise* is what the check looks at, in one sentence. *problems* say what
    was expected and what happened instead. *reason* is why a failure was
    expected, ``None`` if it was not.
    """

    name: str
    promise: str
    problems: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def status(self) -> Status:
        """Return how it ended; an expected failure has to fail."""
        if self.reason is None:
            return Status.failed if self.problems else Status.passed
        return Status.expected_failure if self.problems else Status.failed

    @property
    def read_on(self) -> str:
        """Return where the documentation explains this check."""
        return f'{_PAGE}#{self.name.split(".", 1)[0]}'

    def __str__(self) -> str:
        """Say everything about this check that its author needs."""
        lines = [f'{self.name}: {self.status}. {self.promise}']
        if self.status is Status.expected_failure:
            lines.append(f'  expected, because {self.reason}')
        elif self.reason is not None:
            lines.append(
                f'  It was expected to fail, because {self.reason}, and '
                'passes. Remove it from `expected_failures`.',
            )
        elif self.problems:
            lines += [f'  - {problem}' for problem in self.problems[:_SHOWN]]
            if len(self.problems) > _SHOWN:
                lines.append(f'  - and {len(self.problems) - _SHOWN} more')
            lines.append(f'  Read on: {self.read_on}')
        return '\n'.join(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How all checks of one plugin ended."""

    subject: str
    results: tuple[CheckResult, ...]

    @property
    def ok(self) -> bool:
        """Tell whether nothing failed that was not expected to."""
        return not self.failed

    @property
    def failed(self) -> tuple[str, ...]:
        """Return the names of the checks that failed, in their order."""
        return tuple(
            result.name
            for result in self.results
            if result.status is Status.failed
        )

    def require(self) -> None:
        """Raise `AssertionError` with the whole report unless all is well.

        Raises:
            AssertionError: a check failed.
        """
        if not self.ok:
            raise AssertionError(str(self))

    def __getitem__(self, name: str) -> CheckResult:
        """Return the result of the check *name*.

        Raises:
            KeyError: there is no such check in this report.
        """
        for result in self.results:
            if result.name == name:
                return result
        raise KeyError(name)

    def __iter__(self) -> Iterator[CheckResult]:
        """Go through the results in their order."""
        return iter(self.results)

    def __str__(self) -> str:
        """Count what passed, explain what did not."""
        counts = ', '.join(
            f'{count} {status}'
            for status in Status
            if (count := self._count(status)) or status is Status.passed
        )
        explained = [
            str(result)
            for result in self.results
            if result.status is not Status.passed
        ]
        return '\n'.join([f'{self.subject}: {counts}', *explained])

    def _count(self, status: Status) -> int:
        return sum(result.status is status for result in self.results)
