"""The page about the architecture shows what the tests enforce."""

import re

from tests.architecture.test_layers import ROWS
from tests.docs.documents import ROOT


def test_table_of_layers_is_that_of_the_test() -> None:
    """The rows of the page, highest first, are those of the test."""
    page = (ROOT / 'docs' / 'architecture.md').read_text('utf-8')

    shown = {
        int(number): tuple(re.findall(r'`([\w.]+)`', rooms))
        for number, rooms in re.findall(
            r'^\| (\d) \| (.+) \|$', page, re.MULTILINE
        )
    }

    assert dict(enumerate(ROWS)) == shown
