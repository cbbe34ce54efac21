"""Everything that is checked before a package is published.

Cheap checks come first. Problems of one step are reported together; later
steps need what the earlier ones have found to be right.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from releasing.changelog import section_problems
from releasing.contents import (
    ownership_problems,
    sdist_problems,
    wheel_problems,
)
from releasing.environments import Built, Trial, build
from releasing.index import Index
from releasing.metadata import metadata_problems
from releasing.problems import Problem, refuse_if
from releasing.published import (
    accepted_cores,
    already_published,
    broken_plugins,
    company_of,
    unusable_cores,
)
from releasing.repository import (
    CORE,
    OWNED_FOLDERS,
    Repository,
    Tag,
    read_tag,
)
from releasing.trials import (
    trial_of_new,
    trial_problems,
    trials_of_core,
    trials_of_plugin,
)
from releasing.wheels import Wheel


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """Checks releases of one clone against what is published.

    *python* is for the environments in which wheels are tried, *workspace* a
    folder for them. *say* is told what was found to be right.
    """

    repository: Repository
    index: Index
    python: str
    workspace: Path
    say: Callable[[str], None]

    def check(self, tag_name: str, out: Path) -> Built:
        """Build the package of a tag into *out*, and check everything.

        Raises:
            RefusedError: it must not be published.
        """
        tag = read_tag(tag_name)
        refuse_if(self._source_problems(tag))
        refuse_if(already_published(tag, self.index))
        self.say(f'{tag}: version, changelog and working tree agree')
        built = build(self.repository.package(tag.distribution), out)
        refuse_if(self._content_problems(tag, built))
        self.say('sdist, wheel and metadata are complete')
        refuse_if(self._try(self._trials(built.wheel)))
        return built

    def check_oldest_core(self, name: str) -> None:
        """Try a plugin as it is here with the oldest core that it accepts.

        Raises:
            RefusedError: its lower limit is wrong.
        """
        plugin = self._built_here(name)
        core = self._oldest_core(plugin)
        refuse_if(unusable_cores(plugin, [core]))
        oldest = trial_of_new(
            plugin,
            core=core,
            resolution='lowest-direct',
            repository=self.repository,
        )
        refuse_if(self._try([oldest]))

    def _source_problems(self, tag: Tag) -> Iterator[Problem]:
        package = self.repository.package(tag.distribution)
        if package.version != tag.version:
            yield Problem(
                what=f'The tag says {tag.version}, the package says '
                f'{package.version}.',
                where=self.repository.where(package.pyproject),
                remedy=f'Raise the version: {_prepare(tag)}',
            )
        yield from section_problems(
            package.changelog.read_text('utf-8'),
            tag.version,
            where=self.repository.where(package.changelog),
            command=_prepare(tag),
        )
        yield from self._git_problems(tag)

    def _git_problems(self, tag: Tag) -> Iterator[Problem]:
        uncommitted = self.repository.uncommitted()
        if uncommitted:
            yield Problem(
                what='Not everything is committed: '
                f'{", ".join(line.strip() for line in uncommitted)}.',
                where='the working tree',
                remedy='Commit it, or put it away with git stash.',
            )
        tagged = self.repository.commit_of(f'refs/tags/{tag}')
        if tagged not in {None, self.repository.commit_of('HEAD')}:
            yield Problem(
                what=f'The tag {tag} exists and is not this commit.',
                where=f'commit {tagged}',
                remedy=f'git checkout {tag}, or choose another version.',
            )

    def _content_problems(self, tag: Tag, built: Built) -> Iterator[Problem]:
        package = self.repository.package(tag.distribution)
        sources = self.repository.tracked(package.folder / 'src')
        yield from sdist_problems(built.sdist, package.name, sources)
        yield from wheel_problems(built.wheel, sources)
        yield from ownership_problems(built.wheel, self._others(tag))
        yield from metadata_problems(built.wheel, tag)

    def _others(self, tag: Tag) -> list[Wheel]:
        """Return the newest published wheels of the other packages."""
        return [
            wheel
            for name in OWNED_FOLDERS
            for wheel in self.index.wheels(name)[-1:]
            if name != tag.distribution
        ]

    def _built_here(self, name: str) -> Wheel:
        package = self.repository.package(name)
        return build(package, self.workspace / 'built').wheel

    def _trials(self, wheel: Wheel) -> Iterable[Trial]:
        if wheel.name == CORE:
            return self._trials_of_core(wheel)
        return self._trials_of_plugin(wheel)

    def _trials_of_core(self, core: Wheel) -> Iterator[Trial]:
        company = company_of(core, self.index)
        for plugin in company.left_behind:
            self.say(
                f'note: {plugin} does not accept {core}, who uses it stays '
                f'with an older core: {plugin.requirement_on(CORE)}',
            )
        for name in company.unpublished:
            self.say(f'note: {name} is not published yet')
        refuse_if(broken_plugins(core, self.index))
        for plugin in company.plugins:
            self.say(f'{plugin} finds the contract and the names it needs')
        return trials_of_core(company, self.repository)

    def _trials_of_plugin(self, plugin: Wheel) -> Iterator[Trial]:
        cores = accepted_cores(plugin, self.index)
        refuse_if(unusable_cores(plugin, cores))
        self.say(f'accepted cores: {", ".join(str(one) for one in cores)}')
        return trials_of_plugin(
            plugin,
            oldest_core=cores[0],
            company=company_of(cores[-1], self.index),
            repository=self.repository,
        )

    def _oldest_core(self, plugin: Wheel) -> Wheel:
        if self.index.wheels(CORE):
            return accepted_cores(plugin, self.index)[0]
        core = self._built_here(CORE)
        self.say(f'note: no core is published, {core} is that of this tree')
        return core

    def _try(self, trials: Iterable[Trial]) -> list[Problem]:
        return trial_problems(
            trials,
            folder=self.workspace,
            python=self.python,
            say=self.say,
        )


def _prepare(tag: Tag) -> str:
    return f'hatch run release prepare {tag.distribution} {tag.version}'
