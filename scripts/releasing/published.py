"""How a new wheel and the published ones get along."""

from collections.abc import Iterator
from dataclasses import dataclass

from packaging.version import Version

from releasing.contract import misfits
from releasing.index import Index
from releasing.problems import Problem, RefusedError
from releasing.repository import CORE, PLUGINS, Tag
from releasing.wheels import Wheel


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A core, and the newest published plugin of each kind that accepts it.

    *left_behind* are plugins whose newest version does not accept it,
    *unpublished* those of which there is no version at all.
    """

    core: Wheel
    plugins: tuple[Wheel, ...]
    left_behind: tuple[Wheel, ...]
    unpublished: tuple[str, ...]

    def only(self, name: str) -> tuple[Wheel, ...]:
        """Return its plugins without the one called *name*."""
        return tuple(one for one in self.plugins if one.name != name)


def accepts(plugin: Wheel, core: Version) -> bool:
    """Tell whether installers would put *plugin* beside this core."""
    requirement = plugin.requirement_on(CORE)
    return requirement is None or requirement.specifier.contains(
        core,
        prereleases=True,
    )


def company_of(core: Wheel, index: Index) -> Company:
    """Return the published plugins that installers put beside *core*."""
    newest = {name: index.wheels(name)[-1:] for name in PLUGINS}
    fitting = {
        name: [one for one in index.wheels(name) if accepts(one, core.version)]
        for name in PLUGINS
    }
    return Company(
        core=core,
        plugins=tuple(found[-1] for found in fitting.values() if found),
        left_behind=tuple(
            wheel
            for found in newest.values()
            for wheel in found
            if not accepts(wheel, core.version)
        ),
        unpublished=tuple(name for name, found in newest.items() if not found),
    )


def already_published(tag: Tag, index: Index) -> Iterator[Problem]:
    """Say that a version is taken: what is published never changes."""
    if tag.version in {one.version for one in index.wheels(tag.distribution)}:
        yield Problem(
            what=f'{tag.distribution} {tag.version} is published already.',
            where='the index',
            remedy='Raise the version. If the release is bad, yank it.',
        )


def broken_plugins(core: Wheel, index: Index) -> Iterator[Problem]:
    """Say which published plugins accept the new *core* and cannot use it."""
    for name in PLUGINS:
        for plugin in index.wheels(name):
            if accepts(plugin, core.version):
                yield from _breaks(core, plugin)


def accepted_cores(plugin: Wheel, index: Index) -> list[Wheel]:
    """Return the published cores that *plugin* accepts, oldest first.

    Raises:
        RefusedError: there is none.
    """
    published = index.wheels(CORE)
    requirement = plugin.requirement_on(CORE)
    if requirement is None:
        return published
    by_version = {one.version: one for one in published}
    accepted = list(requirement.specifier.filter(by_version))
    if not accepted:
        known = ', '.join(str(version) for version in by_version) or 'nothing'
        raise RefusedError(
            Problem(
                what=(
                    f'{plugin} requires {requirement}, but of {CORE} is '
                    f'published: {known}.'
                ),
                where=f'packages/{plugin.name}/pyproject.toml',
                remedy=(
                    f'Release {CORE} first, or lower the requirement if '
                    f'{plugin.name} works with an older one.'
                ),
            ),
        )
    return [by_version[version] for version in accepted]


def unusable_cores(plugin: Wheel, cores: list[Wheel]) -> Iterator[Problem]:
    """Say which published cores the new *plugin* accepts and cannot use."""
    for core in cores:
        for misfit in misfits(core, plugin):
            yield Problem(
                what=f'{misfit}, but is accepted.',
                where=f'packages/{plugin.name}/pyproject.toml',
                remedy=(
                    f'Raise the lower limit of {CORE} to the version that '
                    'has it; release that one first.'
                ),
            )


def _breaks(core: Wheel, plugin: Wheel) -> Iterator[Problem]:
    requirement = plugin.requirement_on(CORE)
    next_break = f'{core.version.major + 1}.0.0'
    for misfit in misfits(core, plugin):
        yield Problem(
            what=f'{misfit}. It is published and accepts it: {requirement}.',
            where='packages/dmr-core/src',
            remedy=(
                'Keep it beside what is new, or, because it breaks plugins, '
                f'release {CORE} {next_break}.'
            ),
        )
