"""Run named checks, and keep what they find."""

import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeAlias, TypeVar

import django
from django.apps import apps
from django.test import override_settings

from dmr.test.contracts.report import CheckResult, Report


class Subject(Protocol):
    """What is checked."""

    @property
    def title(self) -> str:
        """Return how a report calls it."""
        ...


_SubjectT = TypeVar('_SubjectT', bound=Subject)

#: What a check finds, one sentence for each problem.
Problems: TypeAlias = Iterator[str]

#: Problems beyond these are not looked for.
_ENOUGH: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Generic[_SubjectT]):
    """One promise of the contract; its docstring says which."""

    name: str
    find: Callable[[_SubjectT], Problems]

    @property
    def promise(self) -> str:
        """Return the first line of the docstring."""
        return (self.find.__doc__ or '').strip().splitlines()[0]


@dataclass(frozen=True, slots=True)
class Suite(Generic[_SubjectT]):
    """All checks of one plugin."""

    checks: Sequence[Check[_SubjectT]]
    subject: _SubjectT

    @property
    def names(self) -> list[str]:
        """Return the names of the checks."""
        return [check.name for check in self.checks]

    def report(self, expected_failures: Mapping[str, str]) -> Report:
        """Run all checks.

        Raises:
            ValueError: an expected failure is not the name of a check.
        """
        self.require_known(expected_failures)
        return Report(
            subject=self.subject.title,
            results=tuple(
                self.run(name, expected_failures) for name in self.names
            ),
        )

    def run(
        self,
        name: str,
        expected_failures: Mapping[str, str],
    ) -> CheckResult:
        """Run the check *name*."""
        _prepare_django()
        check = self.checks[self.names.index(name)]
        # What a project has set must not decide how its plugins are judged.
        with override_settings(DMR_SETTINGS={}):
            problems = tuple(_problems(check, self.subject))
        return CheckResult(
            name=check.name,
            promise=check.promise,
            problems=problems,
            reason=expected_failures.get(check.name),
        )

    def require_known(self, expected_failures: Mapping[str, str]) -> None:
        """Refuse names that no check has.

        Raises:
            ValueError: an expected failure is not the name of a check.
        """
        for name in expected_failures:
            if name not in self.names:
                raise ValueError(
                    f'No check is called {name!r}, so it cannot be an expected '
                    f'failure. The checks are {", ".join(self.names)}.',
                )


def _prepare_django() -> None:
    """Load the apps of the settings, messages are translated with them.

    Raises:
        django.core.exceptions.ImproperlyConfigured: there are no settings,
            call ``django.conf.settings.configure()``.
    """
    if not apps.ready:
        django.setup()


def _problems(check: Check[_SubjectT], subject: _SubjectT) -> Iterator[str]:
    try:
        for number, problem in enumerate(check.find(subject)):
            if number == _ENOUGH:
                return
            yield problem
    # Plugins are foreign code, which can raise anything.
    except Exception as exc:
        yield (f'expected no {type(exc).__name__}, got: {exc} ({_place(exc)}).')


def _place(exc: Exception) -> str:
    *_, last = traceback.extract_tb(exc.__traceback__)
    return f'{last.filename}:{last.lineno} in {last.name}'
