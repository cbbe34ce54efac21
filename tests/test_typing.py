"""Types are a feature: checkers find what is wrong in code of users."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

# The environments of the version matrix have no checkers; the default one does.
pytestmark = pytest.mark.once

_HERE: Final = Path(__file__).parent / 'user_code'
_SOURCES: Final = (Path(__file__).parents[1] / 'packages').glob('*/src')
_MYPY_ERROR: Final = re.compile(r'^(.+?):(\d+): error:', re.MULTILINE)

#: The packages in this repository, whatever is installed.
_ENVIRONMENT: Final = {
    **os.environ,
    'MYPYPATH': os.pathsep.join(map(str, _SOURCES)),
}


def _marked(name: str, checker: str) -> list[int]:
    lines = (_HERE / name).read_text('utf-8').splitlines()
    marks = ('# wrong: ', f'# wrong for {checker}: ')
    return [
        number
        for number, line in enumerate(lines, 1)
        if any(mark in line for mark in marks)
    ]


def _run(*command: str) -> str:
    return subprocess.run(
        [sys.executable, '-m', *command],
        cwd=_HERE,
        env=_ENVIRONMENT,
        check=False,
        capture_output=True,
        text=True,
    ).stdout


def _lines_by_mypy(name: str) -> list[int]:
    printed = _run(
        'mypy',
        '--config-file=mypy.ini',
        '--follow-imports=silent',
        '--no-error-summary',
        '--cache-dir=/dev/null',
        name,
    )
    return sorted({int(line) for _, line in _MYPY_ERROR.findall(printed)})


def _lines_by_pyright(name: str) -> list[int]:
    report = json.loads(_run('pyright', '--outputjson', '--project', '.'))
    return sorted(
        {
            one['range']['start']['line'] + 1
            for one in report['generalDiagnostics']
            if one['severity'] == 'error' and Path(one['file']).name == name
        },
    )


_CHECKERS: Final = {'mypy': _lines_by_mypy, 'pyright': _lines_by_pyright}


@pytest.mark.slow
@pytest.mark.parametrize('checker', _CHECKERS)
@pytest.mark.parametrize('name', ['right.py', 'wrong.py'])
def test_errors_are_where_they_are_marked(name: str, checker: str) -> None:
    """Wrong code is an error, right code is not."""
    assert _marked(name, checker) == _CHECKERS[checker](name)


def test_there_is_something_to_find() -> None:
    """The comparison above can fail."""
    assert [] == _marked('right.py', 'mypy')
    assert len(_marked('wrong.py', 'pyright')) > 10
