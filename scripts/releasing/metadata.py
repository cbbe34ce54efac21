"""What the index and installers are told about a wheel."""

import re
from collections.abc import Iterator
from typing import Final

from packaging.metadata import InvalidMetadata, Metadata
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from releasing.problems import Problem
from releasing.repository import CORE, OWNED_FOLDERS, Tag
from releasing.wheels import Wheel

#: Operators that keep later versions out.
_CAPS: Final = frozenset(('<', '<=', '==', '===', '~='))

#: What people filter by.
_CLASSIFIERS: Final = frozenset(('Framework :: Django', 'Typing :: Typed'))

#: A link or an image in Markdown, and where it leads.
_LINK: Final = re.compile(r'\]\((?P<target>[^)\s]+)\)')


def metadata_problems(wheel: Wheel, tag: Tag) -> list[Problem]:
    """Say what is wrong with the metadata of *wheel*."""
    try:
        metadata = Metadata.from_email(wheel.raw_metadata, validate=True)
    except ExceptionGroup as group:
        return [
            _problem(
                wheel,
                f'{wheel} has invalid metadata: {_reasons(group)}.',
                'Mend the field.',
            ),
        ]
    return [
        *_identity_problems(wheel, metadata, tag),
        *_description_problems(wheel, metadata),
        *_licence_problems(wheel, metadata),
        *_requirement_problems(wheel),
    ]


def next_first_number(version: Version) -> Version:
    """Return the version that a plugin written for *version* stays below."""
    return Version(str(version.major + 1))


def _identity_problems(
    wheel: Wheel,
    metadata: Metadata,
    tag: Tag,
) -> Iterator[Problem]:
    built = (canonicalize_name(metadata.name), metadata.version)
    if built != (tag.distribution, tag.version):
        yield _problem(
            wheel,
            f'The wheel says {built[0]} {built[1]}, the tag says {tag}.',
            'Set name and version as the tag has them.',
        )
    if metadata.requires_python is None:
        yield _problem(
            wheel,
            f'{wheel} does not say which Pythons it supports.',
            'Set requires-python.',
        )
    missing = _CLASSIFIERS - set(metadata.classifiers or ())
    if missing:
        yield _problem(
            wheel,
            f'{wheel} lacks {", ".join(sorted(missing))}.',
            'Add it to the classifiers.',
        )


def _description_problems(
    wheel: Wheel, metadata: Metadata
) -> Iterator[Problem]:
    text = metadata.description or ''
    kind = metadata.description_content_type or ''
    if not text.strip() or not kind.startswith('text/markdown'):
        yield _problem(
            wheel,
            f'{wheel} has no description in Markdown.',
            'Set readme = "README.md".',
        )
    if not metadata.summary:
        yield _problem(
            wheel,
            f'{wheel} has no summary.',
            'Set description to one sentence.',
        )
    for found in _LINK.finditer(text):
        target = found['target']
        if not target.startswith(('https://', 'mailto:', '#')):
            yield Problem(
                what=f'{target!r} leads nowhere on the page of the index.',
                where=f'packages/{wheel.name}/README.md',
                remedy='Link a whole address, or leave it out.',
            )


def _licence_problems(wheel: Wheel, metadata: Metadata) -> Iterator[Problem]:
    files = metadata.license_files or []
    if not metadata.license_expression or not files:
        yield _problem(
            wheel,
            f'{wheel} does not say its licence.',
            'Set license and license-files.',
        )
    for file in files:
        if not wheel.has_licence(file):
            yield _problem(
                wheel,
                f'{wheel} does not ship {file}, which its metadata name.',
                'Correct license-files.',
            )


def _requirement_problems(wheel: Wheel) -> Iterator[Problem]:
    if wheel.name != CORE and wheel.requirement_on(CORE) is None:
        yield _problem(
            wheel,
            f'{wheel} does not require {CORE}.',
            f'Add "{CORE}>=0.1,<1" with the right numbers to dependencies.',
        )
    for requirement in wheel.all_requirements:
        name = canonicalize_name(requirement.name)
        if name == wheel.name:
            continue
        if name not in OWNED_FOLDERS:
            yield from _foreign_problems(wheel, requirement)
        elif wheel.name == CORE:
            yield _problem(
                wheel,
                f'The core requires {requirement}.',
                'Turn it around: plugins require the core.',
            )
        else:
            yield from _own_problems(wheel, requirement)


def _foreign_problems(
    wheel: Wheel,
    requirement: Requirement,
) -> Iterator[Problem]:
    if _lowest(requirement) is None:
        yield _problem(
            wheel,
            f'{wheel} requires {requirement} without a lower limit.',
            'Write >= and the oldest version that the tests pass with.',
        )
    caps = [one for one in requirement.specifier if one.operator in _CAPS]
    if caps:
        yield _problem(
            wheel,
            f'{wheel} requires {requirement}, which keeps new versions out.',
            'Leave a lower limit alone; exclude a broken version with !=.',
        )


def _own_problems(wheel: Wheel, requirement: Requirement) -> Iterator[Problem]:
    lowest = _lowest(requirement)
    caps = [
        Version(one.version)
        for one in requirement.specifier
        if one.operator == '<'
    ]
    expected = None if lowest is None else [next_first_number(lowest)]
    if caps != expected:
        yield _problem(
            wheel,
            f'{wheel} requires {requirement}, which are not the limits of '
            'a package of this repository.',
            'Write the oldest version that works, and the next first number: '
            f'"{requirement.name}>=0.1,<1".',
        )


def _lowest(requirement: Requirement) -> Version | None:
    lowest = [
        Version(one.version)
        for one in requirement.specifier
        if one.operator == '>='
    ]
    return max(lowest, default=None)


def _problem(wheel: Wheel, what: str, remedy: str) -> Problem:
    return Problem(
        what=what,
        where=f'packages/{wheel.name}/pyproject.toml',
        remedy=remedy,
    )


def _reasons(group: ExceptionGroup[Exception]) -> str:
    return '; '.join(
        f'{exc.field}: {exc}' if isinstance(exc, InvalidMetadata) else str(exc)
        for exc in group.exceptions
    )
