"""Read and cut changelogs in the format of Keep a Changelog."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from packaging.version import Version

from releasing.problems import Problem

UNRELEASED: Final = '## [Unreleased]'

_HEADING: Final = re.compile(
    r'^## \[(?P<name>[^]]+)\](?: - (?P<date>\S+))?$',
    re.MULTILINE,
)
_ENTRY: Final = re.compile(r'^- \S', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """What has changed in one version; *date* is as it is written."""

    name: str
    date: str | None
    text: str

    @property
    def is_empty(self) -> bool:
        """Tell whether no change is listed; headings alone are nothing."""
        return _ENTRY.search(self.text) is None


def sections(changelog: str) -> list[Section]:
    """Return the sections in the order of the file, newest first."""
    headings = list(_HEADING.finditer(changelog))
    ends = [heading.start() for heading in headings[1:]] + [len(changelog)]
    return [
        Section(
            name=heading['name'],
            date=heading['date'],
            text=changelog[heading.end() : end],
        )
        for heading, end in zip(headings, ends, strict=True)
    ]


def section_problems(
    changelog: str,
    version: Version,
    *,
    where: str,
    command: str,
) -> list[Problem]:
    """Say what keeps the section of *version* from being published.

    *command* is what cuts it.
    """
    found = [one for one in sections(changelog) if one.name == str(version)]
    if not found:
        return [
            Problem(
                what=f'The changelog has no section for {version}.',
                where=where,
                remedy=f'Cut it: {command}',
            ),
        ]
    section = found[0]
    heading = f'## [{version}] - YYYY-MM-DD'
    problems: list[Problem] = []
    if not _is_date(section.date):
        problems.append(
            Problem(
                what=f'The section of {version} has no date.',
                where=where,
                remedy=f'Write the heading like this: {heading}',
            ),
        )
    if section.is_empty:
        problems.append(
            Problem(
                what=f'The section of {version} is empty.',
                where=where,
                remedy='List what users notice, or release nothing.',
            ),
        )
    return problems


def cut(changelog: str, version: Version, date: dt.date) -> str:
    """Return the changelog with all that was unreleased under *version*.

    The caller has made sure that there is something.
    """
    heading = f'{UNRELEASED}\n\n## [{version}] - {date.isoformat()}'
    return changelog.replace(UNRELEASED, heading, 1)


def _is_date(text: str | None) -> bool:
    try:
        dt.date.fromisoformat(text or '')
    except ValueError:
        return False
    return True
