"""Record the calls for every supported Python and Django.

``hatch run bench:record``: small environments, made with uv, which stay in the
folder of the race. A Python that is missing is named and left out.
"""

import runpy
import subprocess
from pathlib import Path
from typing import Final

from bench.race.entries import ROOT
from bench.race.environments import environment, variables

#: The script that tests all versions knows which, and where they are.
_MATRIX: Final = runpy.run_path(str(ROOT / '.ci' / 'matrix.py'))


def interpreter(python: Path, version: str, django: str) -> Path:
    """Return an interpreter that has this Django and our packages."""
    return environment(
        f'calls-{version}-{django}',
        [
            f'django~={django}.0',
            '-e ./packages/dmr-core',
            '-e ./packages/dmr-msgspec',
            '-e ./packages/dmr-pydantic',
        ],
        str(python),
    )


def main() -> None:
    """Record all combinations, one after the other."""
    for version, supported in _MATRIX['MATRIX'].items():
        folder = _MATRIX['real_folder'](version)
        if folder is None:
            print(f'Python {version}: left out, not on this machine')
            continue
        for django in supported:
            program = interpreter(folder / 'python', version, django)
            subprocess.run(
                [str(program), '-m', 'bench.calls.compare'],
                cwd=ROOT,
                env=variables({}),
                check=True,
            )
            print(f'Python {version}, Django {django}: recorded')


if __name__ == '__main__':
    main()
