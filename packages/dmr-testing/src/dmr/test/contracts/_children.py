"""Fresh processes, for what can only be seen once in each."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from dmr.test.contracts._calling import short
from dmr.test.contracts._import_child import MARK

_TIMEOUT_SECONDS: Final = 60
_HERE: Final = Path(__file__).parent


def import_problems(plugin: Any) -> Iterator[str]:
    """Import *plugin* in a fresh process without settings."""
    name = _import_name(plugin)
    if name is None:
        yield (
            f'expected {plugin!r} to be importable by its name in another '
            'process, it is not. Define it at the top of a module.'
        )
        return
    finished = _run('_import_child.py', name[0])
    problems = _problems(finished)
    if problems is None:
        yield (
            f'importing {name[0]} without settings: expected it to work, '
            f'got {short(_last_line(finished.stderr))}'
        )
        return
    yield from (f'{problem}.' for problem in problems)
    output = finished.stdout.partition(f'\n{MARK}')[0] + finished.stderr
    if output.strip():
        yield f'expected no output, got {short(output.strip())!r}.'


def cold_problems(plugin: Any, point: Any) -> Iterator[str]:
    """Use *plugin* in several threads of a fresh process at once."""
    name, model = _import_name(plugin), _import_name(point)
    if name is None or model is None:
        return  # `plugin.import` tells
    finished = _run('_threads_child.py', *name, *model)
    problems = _problems(finished)
    if problems is None:
        yield (
            'first use in several threads of a fresh process: expected '
            f'results, got {short(_last_line(finished.stderr))} (exit status '
            f'{finished.returncode}).'
        )
    else:
        yield from problems


def _import_name(plugin: Any) -> tuple[str, str] | None:
    """Return module and name of *plugin*, if others can import it."""
    module: str = getattr(plugin, '__module__', '__main__')
    qualname: str = getattr(plugin, '__qualname__', '')
    found: Any = None if module == '__main__' else sys.modules.get(module)
    for name in qualname.split('.'):
        found = getattr(found, name, None)
    return (module, qualname) if found is plugin else None


@cache
def _run(
    program: str,
    *arguments: str,
) -> 'subprocess.CompletedProcess[str]':
    """Run one of our programs; half a second for something that stays."""
    environment = {
        **os.environ,
        'PYTHONPATH': os.pathsep.join(path for path in sys.path if path),
    }
    environment.pop('DJANGO_SETTINGS_MODULE', None)
    return subprocess.run(  # noqa: S603  (our own program)
        # The folder of the program has modules that hide others.
        [sys.executable, '-P', str(_HERE / program), *arguments],
        capture_output=True,
        check=False,
        env=environment,
        text=True,
        timeout=_TIMEOUT_SECONDS,
    )


def _problems(
    finished: 'subprocess.CompletedProcess[str]',
) -> list[str] | None:
    for line in finished.stdout.splitlines():
        if line.startswith(MARK):
            found: list[str] = json.loads(line.removeprefix(MARK))
            return found
    return None


def _last_line(text: str) -> str:
    return (text.strip().splitlines() or ['nothing'])[-1]
