"""Keep what was measured, with what it was measured on, as JSON."""

import datetime as dt
import json
import os
import platform
import shlex
import sys
from pathlib import Path
from typing import Any, Final

from bench.race.entries import ROOT, Entry
from bench.race.environments import versions

#: The results that the documentation shows.
COMMITTED: Final = ROOT / 'bench' / 'results.json'


def read(path: Path) -> dict[str, Any]:
    """Return results; none if there is no file yet."""
    if not path.exists():
        return {}
    found: dict[str, Any] = json.loads(path.read_text('utf-8'))
    return found


def write(path: Path, part: str, found: dict[str, Any]) -> None:
    """Replace one part of the results in a file, keep the others."""
    results = {**read(path), part: found}
    text = json.dumps(results, indent=1, sort_keys=True, ensure_ascii=False)
    path.write_text(f'{text}\n', 'utf-8')


def circumstances(chosen: list[Entry]) -> dict[str, Any]:
    """Return machine, versions, date and command of this run."""
    candidates = sorted({entry.candidate for entry in chosen})
    return {
        'date': dt.datetime.now(dt.UTC).date().isoformat(),
        'command': shlex.join(['hatch', 'run', 'bench:run', *sys.argv[1:]]),
        'python': platform.python_version(),
        'system': f'{platform.system()} {platform.machine()}',
        'processor': _processor(),
        'cores': os.cpu_count(),
        'load': round(os.getloadavg()[0], 1),
        'versions': {name: versions(name) for name in candidates},
    }


def _processor() -> str:
    """Return the name of the processor, as Linux knows it."""
    information = Path('/proc/cpuinfo')
    if information.exists():
        for line in information.read_text('utf-8').splitlines():
            if line.startswith('model name'):
                return line.partition(':')[2].strip()
    return platform.processor()
