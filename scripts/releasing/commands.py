"""The commands of ``scripts/release.py``."""

import argparse
import datetime as dt
import sys
import tempfile
from pathlib import Path
from typing import Final

from releasing.changelog import UNRELEASED, cut, sections
from releasing.checks import Checker
from releasing.index import PYPI, open_index
from releasing.problems import Problem, RefusedError
from releasing.repository import (
    OWNED_FOLDERS,
    PLUGINS,
    Repository,
    Tag,
    read_version,
)

ROOT: Final = Path(__file__).parents[2]


def main(arguments: list[str]) -> int:
    """Run one command; return 1 when it was refused."""
    options = read_arguments(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix='release-') as workspace:
            options.run(options, Path(workspace))
    except RefusedError as refused:
        print(f'Refused, nothing was published.\n{refused}', file=sys.stderr)
        return 1
    return 0


def _check(options: argparse.Namespace, workspace: Path) -> None:
    out = options.out.absolute()
    built = _checker(options, workspace).check(options.tag, out)
    print(
        f'{options.tag} can be published. This was a dry run, the files are '
        f'{built.sdist} and {built.wheel.path}.\nWhat publishes them is the '
        f'tag: git tag {options.tag} && git push origin {options.tag}',
    )


def _oldest_core(options: argparse.Namespace, workspace: Path) -> None:
    checker = _checker(options, workspace)
    for name in options.distribution:
        checker.check_oldest_core(name)


def _prepare(options: argparse.Namespace, _workspace: Path) -> None:
    repository = Repository(root=ROOT)
    package = repository.package(options.distribution)
    version = read_version(options.version)
    changelog = package.changelog.read_text('utf-8')
    known = {section.name: section for section in sections(changelog)}
    if str(version) in known or version < package.version:
        raise RefusedError(
            Problem(
                what=f'{package.name} is at {package.version} already.',
                where=repository.where(package.changelog),
                remedy='Choose a higher version.',
            ),
        )
    if 'Unreleased' not in known or known['Unreleased'].is_empty:
        raise RefusedError(
            Problem(
                what='There is nothing to release.',
                where=repository.where(package.changelog),
                remedy=f'List what users notice below {UNRELEASED!r}.',
            ),
        )
    package.set_version(version)
    package.changelog.write_text(
        cut(changelog, version, options.date),
        'utf-8',
    )
    tag = Tag(distribution=package.name, version=version)
    print(
        f'{package.name} is {version} now. Read its changelog, commit it, '
        f'then: hatch run release check {tag}',
    )


def _checker(options: argparse.Namespace, workspace: Path) -> Checker:
    downloads = workspace / 'published'
    downloads.mkdir()
    return Checker(
        repository=Repository(root=ROOT),
        index=open_index(options.index, downloads),
        python=options.python,
        workspace=workspace,
        say=lambda line: print(line, flush=True),
    )


def read_arguments(arguments: list[str]) -> argparse.Namespace:
    """Return the options of one command; its function is ``run``."""
    parser = argparse.ArgumentParser(prog='release', description=__doc__)
    commands = parser.add_subparsers(required=True)

    check = commands.add_parser('check', help='build and check a release')
    check.add_argument('tag', help='for example dmr-core-v0.2.0')
    check.add_argument(
        '--out',
        type=Path,
        default=ROOT / 'dist' / 'release',
        help='where sdist and wheel go',
    )
    check.set_defaults(run=_check)

    oldest = commands.add_parser(
        'oldest-core',
        help='try plugins of this tree with the oldest core they accept',
    )
    oldest.add_argument('distribution', nargs='+', choices=PLUGINS)
    oldest.set_defaults(run=_oldest_core)

    for command in (check, oldest):
        command.add_argument(
            '--index',
            default=PYPI,
            help='what is published: an address, or a folder of wheels',
        )
        command.add_argument(
            '--python',
            default=sys.executable,
            help='for the environments in which wheels are tried',
        )

    prepare = commands.add_parser(
        'prepare',
        help='set the version and date the changelog',
    )
    prepare.add_argument('distribution', choices=OWNED_FOLDERS)
    prepare.add_argument('version')
    prepare.add_argument(
        '--date',
        type=dt.date.fromisoformat,
        default=dt.datetime.now(dt.UTC).date(),
    )
    prepare.set_defaults(run=_prepare)
    return parser.parse_args(arguments)
