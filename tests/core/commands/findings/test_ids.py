"""Ids of findings are stable, and each is documented once."""

import re
from pathlib import Path
from typing import Final

from dmr.commands import findings

_GUIDE: Final = Path(__file__).parents[4] / 'docs' / 'guides' / 'commands.md'
_SOURCES: Final = Path(str(findings.__file__)).parents[1]


def _used() -> set[str]:
    return {
        found
        for path in _SOURCES.rglob('*.py')
        for found in re.findall(r"id='(dmr\.D\d+)'", path.read_text('utf-8'))
    }


def test_findings_are_listed() -> None:
    """The list is at the top of the package."""
    listed = re.findall(r'^(dmr\.D\d+) ', str(findings.__doc__), re.MULTILINE)

    assert sorted(_used()) == listed


def test_findings_are_documented() -> None:
    """The guide says the same about each of them."""
    listed = dict(
        re.findall(
            r'^(dmr\.D\d+)\s+(.+)$',
            str(findings.__doc__),
            re.MULTILINE,
        ),
    )
    guide = dict(
        re.findall(
            r'^\| `(dmr\.D\d+)` \| (.+) \|$',
            _GUIDE.read_text('utf-8'),
            re.MULTILINE,
        ),
    )

    assert {key: _bare(text) for key, text in listed.items()} == {
        key: _bare(text) for key, text in guide.items()
    }


def _bare(text: str) -> str:
    return re.sub(r"[`']", '', text)
