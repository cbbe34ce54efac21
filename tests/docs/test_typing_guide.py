"""The guide to typing marks exactly the lines that mypy complains about."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from tests.docs.documents import ROOT

_GUIDE: Final = ROOT / 'docs' / 'guides' / 'typing.md'
_CODE: Final = re.compile(r'^```py\n(.*?)^```', re.MULTILINE | re.DOTALL)
_ERROR: Final = re.compile(r'^.+?:(\d+):(?:\d+:)? error:', re.MULTILINE)


# The environments of the version matrix have no checkers.
@pytest.mark.once
@pytest.mark.slow
def test_marked_lines_are_wrong(tmp_path: Path) -> None:
    """No other line is an error, and none of these is right."""
    (code,) = _CODE.findall(_GUIDE.read_text('utf-8'))
    (tmp_path / 'guide.py').write_text(code, 'utf-8')
    configuration = ROOT / 'tests' / 'user_code' / 'mypy.ini'

    printed = subprocess.run(
        [
            *(sys.executable, '-m', 'mypy', 'guide.py'),
            f'--config-file={configuration}',
            '--follow-imports=silent',
            '--cache-dir=/dev/null',
        ],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    ).stdout

    marked = [
        number
        for number, line in enumerate(code.splitlines(), 1)
        if '# error: ' in line
    ]
    assert marked == sorted({int(line) for line in _ERROR.findall(printed)})
