"""Which environments a new wheel is tried in."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from releasing.environments import Environment, Resolution, Trial
from releasing.problems import Problem
from releasing.published import Company
from releasing.repository import CORE, PLUGINS, Repository, Tag
from releasing.wheels import Wheel

#: With the newest of all that is required, and with the oldest. Each has an
#: environment of its own, and they run at the same time.
RESOLUTIONS: Final[tuple[Resolution, ...]] = ('highest', 'lowest-direct')


def trials_of_core(company: Company, repository: Repository) -> Iterator[Trial]:
    """Return the trials of a new core: alone, and with published plugins."""
    for resolution in RESOLUTIONS:
        yield trial_of_new(
            company.core,
            core=company.core,
            resolution=resolution,
            repository=repository,
        )
        for plugin in company.plugins:
            tag = Tag(distribution=plugin.name, version=plugin.version)
            yield _trial(
                plugin,
                core=company.core,
                resolution=resolution,
                tests=repository.released_tests(tag),
            )
    if len(company.plugins) == len(PLUGINS):
        yield trial_of_all((company.core, *company.plugins), repository)


def trials_of_plugin(
    plugin: Wheel,
    *,
    oldest_core: Wheel,
    company: Company,
    repository: Repository,
) -> Iterator[Trial]:
    """Return the trials of a new plugin with the published others.

    *company* is that of the newest core which it accepts.
    """
    for core, resolution in zip(
        (company.core, oldest_core),
        RESOLUTIONS,
        strict=True,
    ):
        yield trial_of_new(
            plugin,
            core=core,
            resolution=resolution,
            repository=repository,
        )
    others = company.only(plugin.name)
    if len(others) == len(PLUGINS) - 1:
        yield trial_of_all((company.core, plugin, *others), repository)


def trial_of_new(
    wheel: Wheel,
    *,
    core: Wheel,
    resolution: Resolution,
    repository: Repository,
) -> Trial:
    """Return the trial of a wheel that was built from this tree."""
    return _trial(
        wheel,
        core=core,
        resolution=resolution,
        tests=repository.isolated_tests(wheel.name),
    )


def trial_of_all(wheels: tuple[Wheel, ...], repository: Repository) -> Trial:
    """Return the trial of all five in one environment."""
    return Trial(
        title=', '.join(str(wheel) for wheel in wheels),
        install=_installed(wheels),
        resolution='highest',
        tests=repository.isolated_tests('all'),
    )


def trial_problems(
    trials: Iterable[Trial],
    *,
    folder: Path,
    python: str,
    say: Callable[[str], None],
) -> list[Problem]:
    """Run all trials, and say which of them failed with what."""
    chosen = list(trials)

    def run(resolution: Resolution) -> list[tuple[Trial, str | None]]:
        environment = Environment(folder=folder / resolution)
        environment.create(python)
        return [
            (one, environment.failure(one))
            for one in chosen
            if one.resolution == resolution
        ]

    problems: list[Problem] = []
    with ThreadPoolExecutor(len(RESOLUTIONS)) as pool:
        for outcomes in pool.map(run, RESOLUTIONS):
            for one, failed in outcomes:
                say(f'{"failed" if failed else "passed"}: {one}')
                if failed:
                    problems.append(_problem(one, failed))
    return problems


def _trial(
    wheel: Wheel,
    *,
    core: Wheel,
    resolution: Resolution,
    tests: str,
) -> Trial:
    together = tuple({core.path: core, wheel.path: wheel}.values())
    return Trial(
        title=' and '.join(str(one) for one in together),
        install=_installed(together),
        resolution=resolution,
        tests=tests,
    )


def _problem(failed: Trial, output: str) -> Problem:
    return Problem(
        what=f'The tests fail: {failed}.\n{output}',
        where='an environment with these wheels and what they require',
        remedy=(
            'Mend the new wheel. Where an old requirement is the reason, '
            'raise its lower limit; where published plugins break, see '
            'docs/decisions/requirement-on-the-core.md.'
        ),
    )


def _installed(wheels: Iterable[Wheel]) -> tuple[str, ...]:
    """Return what an installer is given.

    The requirements of our wheels are named as well: installers that choose
    the oldest versions do so only for what they were asked for.
    """
    listed = list(wheels)
    requirements = {
        str(requirement)
        for wheel in listed
        for requirement in wheel.requirements
        if requirement.name != CORE
    }
    return (*(str(wheel.path) for wheel in listed), *sorted(requirements))
