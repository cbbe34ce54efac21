"""What a command is, whoever starts it."""

from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto, unique
from typing import Any, TypeAlias

#: Writes one line, or several.
Write: TypeAlias = Callable[[str], object]


@unique
class Project(Enum):
    """Whether a command looks at a Django project."""

    #: It does not, settings are not read.
    not_used = auto()
    #: Its settings count, if there are any.
    optional = auto()
    #: There must be one.
    required = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcommand:
    """One command, ``python -m dmr NAME``.

    *add_arguments* declares its arguments. *run* gets them by name, and
    reports a failure as Django's ``CommandError``: its message is printed, its
    ``returncode`` becomes the exit status.
    """

    name: str
    help: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[dict[str, Any], Write], None]
    project: Project = Project.not_used
