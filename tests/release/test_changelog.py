"""Changelogs are read and cut."""

import datetime as dt

import pytest
from packaging.version import Version

from releasing.changelog import Section, cut, section_problems, sections

pytestmark = pytest.mark.any_django

_TEXT = """\
# Changelog

## [Unreleased]

### Added

- A thing.

## [0.1.0] - 2026-01-01

- The first.
"""


def _problems(heading: str, text: str = '- A thing.') -> list[str]:
    return [
        problem.what
        for problem in section_problems(
            f'# Changelog\n\n{heading}\n\n{text}\n\n## [0.1.0] - 2026-01-01\n',
            Version('0.2.0'),
            where='CHANGELOG.md',
            command='prepare',
        )
    ]


def test_sections_are_read_in_order() -> None:
    """A heading without a date is one, too."""
    assert [
        Section(
            name='Unreleased',
            date=None,
            text='\n\n### Added\n\n- A thing.\n\n',
        ),
        Section(name='0.1.0', date='2026-01-01', text='\n\n- The first.\n'),
    ] == sections(_TEXT)


def test_cutting_keeps_everything() -> None:
    """What was unreleased gets a version, and a new place is left."""
    expected = _TEXT.replace(
        '## [Unreleased]\n',
        '## [Unreleased]\n\n## [0.2.0] - 2026-02-01\n',
    )

    assert expected == cut(_TEXT, Version('0.2.0'), dt.date(2026, 2, 1))


def test_dated_section_with_a_change_is_right() -> None:
    """That is all that is needed."""
    assert [] == _problems('## [0.2.0] - 2026-02-01')


@pytest.mark.parametrize(
    'heading',
    ['## [0.2.0]', '## [0.2.0] - soon', '## [0.2.0] - 2026-02-30'],
)
def test_section_without_a_date_is_wrong(heading: str) -> None:
    """A day that does not exist is none."""
    assert ['The section of 0.2.0 has no date.'] == _problems(heading)


@pytest.mark.parametrize('text', ['', '### Added', 'See elsewhere.'])
def test_empty_section_is_wrong(text: str) -> None:
    """Headings alone say nothing."""
    assert ['The section of 0.2.0 is empty.'] == _problems(
        '## [0.2.0] - 2026-02-01',
        text,
    )


@pytest.mark.parametrize('heading', ['## [Unreleased]', '## 0.2.0'])
def test_missing_section_is_wrong(heading: str) -> None:
    """Unreleased is no version."""
    assert ['The changelog has no section for 0.2.0.'] == _problems(heading)
