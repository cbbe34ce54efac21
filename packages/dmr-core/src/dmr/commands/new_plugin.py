"""``new-plugin``: write a package for a serializer, parser or renderer."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from dmr.commands.base import Subcommand, Write
from dmr.scaffold.files import write as write_files
from dmr.scaffold.names import BadNameError, Kind, names_of


def add_arguments(parser: ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        'kind',
        choices=[str(kind) for kind in Kind],
        help='what the plugin is',
    )
    parser.add_argument(
        'name',
        metavar='NAME',
        help="name of the distribution, such as 'dmr-example'",
    )
    parser.add_argument(
        '--media-type',
        metavar='TYPE',
        help='what a parser reads or a renderer writes (application/NAME)',
    )
    parser.add_argument(
        '--directory',
        type=Path,
        default=Path(),
        metavar='FOLDER',
        help='where the folder of the package is made (here)',
    )


def run(options: dict[str, Any], write: Write) -> None:
    """Write the package, and say what to do with it.

    Raises:
        CommandError: the name cannot be used, or there is something already.
    """
    parent: Path = options['directory']
    try:
        names = names_of(
            Kind(options['kind']),
            options['name'],
            media_type=options['media_type'],
        )
        written = write_files(names, parent)
    except BadNameError as exc:
        raise CommandError(str(exc), returncode=2) from exc
    except FileExistsError as exc:
        raise CommandError(
            f'{exc.filename} exists already, nothing was written. Remove it, '
            'or choose another name or --directory.',
        ) from exc
    except OSError as exc:
        raise CommandError(f'Cannot write the package: {exc}') from exc
    folder = parent / names.distribution
    write(
        f'Wrote {len(written)} files to {folder}. Now:\n\n'
        f'  cd {folder}\n'
        "  python -m pip install -e '.[test]'\n"
        '  python -m pytest\n\n'
        'Tests fail where something has to be written. They say what.',
    )


SUBCOMMAND = Subcommand(
    name='new-plugin',
    help='Write a package for a serializer, a parser or a renderer.',
    add_arguments=add_arguments,
    run=run,
)
