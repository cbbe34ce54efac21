"""Import one plugin in a fresh process, and tell what else that did.

Run as a program with the name of a module. It uses the standard library alone,
so that what it sees comes from the plugin.
"""

import decimal
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

#: What is written instead of output, to be found between other output.
MARK: Final = 'dmr-contract:'
_WRITING: Final = os.O_WRONLY | os.O_RDWR
_EVENTS: Final = ('socket.connect', 'sqlite3.connect', 'subprocess.Popen')


def main(module: str) -> None:
    """Print the problems of importing *module*."""
    touched: list[str] = []
    is_watching = True

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if is_watching and (event in _EVENTS or _writes(event, arguments)):
            touched.append(f'{event} {arguments[0]!r}')

    sys.addaudithook(watch)
    before = _state()
    __import__(module)
    is_watching = False
    problems = [
        f'expected {name} to stay as it was, got {now!r} after {then!r}'
        for (name, then), (_name, now) in zip(before, _state(), strict=True)
        if then != now
    ]
    problems += [f'expected nothing outside, got {one}' for one in touched]
    problems += _settings()
    sys.stdout.write(f'\n{MARK}{json.dumps(problems)}\n')


def _state() -> list[tuple[str, object]]:
    return [
        ('the environment', dict(os.environ)),
        ('the working directory', str(Path.cwd())),
        ('the threads', sorted(one.name for one in threading.enumerate())),
        ('the signal handlers', str(signal.getsignal(signal.SIGTERM))),
        ('the exception hook', str(sys.excepthook)),
        ('the recursion limit', sys.getrecursionlimit()),
        (
            'the handlers of logging',
            [str(one) for one in logging.root.handlers],
        ),
        ('the precision of decimals', decimal.getcontext().prec),
    ]


def _writes(event: str, arguments: tuple[Any, ...]) -> bool:
    if event != 'open' or not isinstance(arguments[2], int):
        return False
    path = str(arguments[0])
    return bool(arguments[2] & _WRITING) and not (
        '__pycache__' in path or path == os.devnull
    )


def _settings() -> Iterator[str]:
    # Django is there, since every plugin needs the core.
    from django.apps import apps  # noqa: PLC0415  (not before the plugin)
    from django.conf import settings  # noqa: PLC0415

    if settings.configured:
        yield "expected Django's settings not to be read, they were"
    if apps.ready:
        yield "expected Django's apps not to be loaded, they were"


if __name__ == '__main__':
    main(*sys.argv[1:])
