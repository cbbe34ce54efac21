"""Find the line of a project's own code that is at work now.

Libraries are passed over: what matters is who has asked them.
"""

import asyncio
import sysconfig
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import dmr


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One line in a file."""

    filename: str
    line: int
    function: str

    def __str__(self) -> str:
        """Say it as editors and terminals understand it."""
        path = Path(self.filename)
        if path.is_relative_to(Path.cwd()):
            path = path.relative_to(Path.cwd())
        return f'{path}:{self.line} in {self.function}'


def own_place(task: 'asyncio.Task[Any] | None') -> Place | None:
    """Return the innermost line that is no library's, if there is one.

    Threads that work for asynchronous code do not know who waits for them:
    then it is the line at which *task* waits.
    """
    running = _first_own(traceback.walk_stack(None))
    if running is not None or task is None:
        return running
    return _first_own(reversed([*_waiting(task)]))


def running_task() -> 'asyncio.Task[Any] | None':
    """Return the task that runs now, ``None`` in synchronous code."""
    try:
        return asyncio.current_task()
    except RuntimeError:
        return None


def _waiting(task: 'asyncio.Task[Any]') -> Iterator[tuple[FrameType, int]]:
    """Return the frames of *task*, from the outermost to where it waits."""
    waiting: Any = task.get_coro()
    while waiting is not None:
        frame = getattr(waiting, 'cr_frame', None)
        if frame is not None:
            yield frame, frame.f_lineno
        waiting = getattr(waiting, 'cr_await', None)


def _first_own(frames: Iterator[tuple[FrameType, int]]) -> Place | None:
    for frame, line in frames:
        filename = frame.f_code.co_filename
        if not _is_library(filename):
            return Place(
                filename=filename,
                line=line,
                function=frame.f_code.co_name,
            )
    return None


@cache
def _is_library(filename: str) -> bool:
    # Names such as ``<frozen importlib._bootstrap>`` are no files.
    return filename.startswith(('<', *_libraries()))


@cache
def _libraries() -> tuple[str, ...]:
    paths = sysconfig.get_paths()
    folders = {
        *(paths[name] for name in ('stdlib', 'platstdlib')),
        *(paths[name] for name in ('purelib', 'platlib')),
        # An editable installation is somewhere else.
        *dmr.__path__,
    }
    return tuple(f'{folder}/' for folder in sorted(folders))
