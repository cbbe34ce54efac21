"""``python -m dmr``: commands that need no ``manage.py``.

Exit status: 0, what the command says about its failure (1 unless it says
more), or 2 for arguments that nobody understands.
"""

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from typing import Any, Final

import django
from django.conf import settings
from django.core.management.base import CommandError

from dmr import discovery
from dmr.commands import doctor, new_plugin, plugins, routes
from dmr.commands.base import Project, Subcommand

#: A new command is one line here.
SUBCOMMANDS: Final[tuple[Subcommand, ...]] = (
    plugins.SUBCOMMAND,
    routes.SUBCOMMAND,
    doctor.SUBCOMMAND,
    new_plugin.SUBCOMMAND,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status.

    *arguments* are those of the process unless given.
    """
    options = vars(_parser().parse_args(arguments))
    try:
        status = _run(options.pop('subcommand'), options)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever reads has seen enough, as `head` does. Python would complain
        # when it flushes the output at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return status


def _run(subcommand: Subcommand | None, options: dict[str, Any]) -> int:
    if options.pop('version'):
        print(_versions())  # noqa: T201
        return 0
    if subcommand is None:
        _parser().print_help()
        return 2
    try:
        _set_up(subcommand.project, options.pop('settings', None))
        subcommand.run(options, print)
    except CommandError as exc:
        print(f'dmr {subcommand.name}: {exc}', file=sys.stderr)  # noqa: T201
        return exc.returncode
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog='python -m dmr',
        description='Commands of dmr, a typed REST framework for Django.',
    )
    parser.add_argument(
        '--version',
        action='store_true',
        help='show what is installed and exit',
    )
    parser.set_defaults(subcommand=None)
    choices = parser.add_subparsers(title='commands', metavar='COMMAND')
    for subcommand in SUBCOMMANDS:
        one = choices.add_parser(
            subcommand.name,
            help=subcommand.help,
            description=subcommand.help,
        )
        one.set_defaults(subcommand=subcommand)
        if subcommand.project is not Project.not_used:
            one.add_argument(
                '--settings',
                metavar='MODULE',
                help='settings of the project, else DJANGO_SETTINGS_MODULE',
            )
        subcommand.add_arguments(one)
    return parser


def _versions() -> str:
    found = [f'{one.name} {one.version}' for one in discovery.distributions()]
    rest = f'Django {django.__version__}, Python {platform.python_version()}'
    return '\n'.join([*found, rest])


def _set_up(project: Project, module: str | None) -> None:
    """Set Django up, as far as the command needs it.

    Raises:
        CommandError: the project is missing or broken.
    """
    if project is Project.not_used:
        return
    if module is not None:
        os.environ['DJANGO_SETTINGS_MODULE'] = module
    if not settings.configured and not os.environ.get('DJANGO_SETTINGS_MODULE'):
        if project is Project.required:
            raise CommandError(
                'There is no project. Name its settings: '
                '`--settings project.settings`, or set '
                'DJANGO_SETTINGS_MODULE.',
                returncode=2,
            )
        settings.configure()
    try:
        django.setup()
    # Settings and apps are foreign code, which can raise anything.
    except Exception as exc:
        raise CommandError(
            f'The project cannot be loaded: {type(exc).__name__}: {exc}',
            returncode=2,
        ) from exc


if __name__ == '__main__':
    sys.exit(main())
