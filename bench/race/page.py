"""Write measured numbers into the documentation, and draw the charts.

The text of the page is written by hand; what stands between two comments with
the name of a block is replaced.
"""

import re
from pathlib import Path
from typing import Any, Final

from bench.race import blocks, charts, results
from bench.race.entries import ROOT

PAGE: Final = ROOT / 'docs' / 'benchmarks.md'
CHARTS: Final = ROOT / 'docs' / 'benchmarks'

_BLOCK: Final = re.compile(
    r'(?P<start><!-- begin (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end -->)',
    re.DOTALL,
)


def write() -> None:
    """Bring page and charts up to date with the committed results."""
    found = results.read(results.COMMITTED)
    PAGE.write_text(filled(PAGE.read_text('utf-8'), found), 'utf-8')
    for path, text in drawn(found).items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, 'utf-8')


def filled(text: str, found: dict[str, Any]) -> str:
    """Return the text of the page with all blocks replaced."""

    def replace(match: re.Match[str]) -> str:
        content = blocks.BLOCKS[match['name']](found)
        return f'{match["start"]}\n{content}\n\n{match["end"]}'

    return _BLOCK.sub(replace, text)


def drawn(found: dict[str, Any]) -> dict[Path, str]:
    """Return file → chart."""
    return {
        CHARTS / f'{name}.svg': draw(found)
        for name, draw in charts.CHARTS.items()
    }


if __name__ == '__main__':
    write()
