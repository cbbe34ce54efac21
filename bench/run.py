"""Race dmr against other frameworks: ``hatch run bench:run``.

Everything is installed, checked for equal answers, measured in turns, and
printed as tables. ``--save`` keeps the results and writes the documentation.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bench.cases import CASES
from bench.race import endtoend, inprocess, results, tables
from bench.race.entries import Entry, entries
from bench.race.servers import SERVERS

PARTS: Final = ('inprocess', 'endtoend')


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(
        prog='hatch run bench:run',
        description='Race dmr against other frameworks.',
    )
    parser.add_argument(
        '--only',
        nargs='+',
        choices=PARTS,
        default=list(PARTS),
        help='what to measure; everything by default',
    )
    parser.add_argument(
        '--entries',
        nargs='+',
        metavar='NAME',
        help='names, or starts of names, of those who take part',
    )
    parser.add_argument(
        '--cases',
        nargs='+',
        choices=list(CASES),
        default=list(CASES),
    )
    parser.add_argument(
        '--servers',
        nargs='+',
        choices=list(SERVERS),
        default=list(SERVERS),
    )
    parser.add_argument(
        '--rounds',
        type=int,
        help='how often everybody has a turn',
    )
    parser.add_argument(
        '--quick',
        action='store_true',
        help='few rounds: a first impression in a minute or two',
    )
    parser.add_argument(
        '--list',
        action='store_true',
        help='print the names of all entries, and nothing else',
    )
    parser.add_argument(
        '--save',
        type=Path,
        nargs='?',
        const=results.COMMITTED,
        metavar='FILE',
        help='keep the results; without a file where the documentation has '
        'them',
    )
    return parser.parse_args(arguments)


def chosen_entries(names: list[str] | None) -> list[Entry]:
    """Return the entries of these names, and the raw views.

    Raises:
        SystemExit: a name is unknown.
    """
    known = entries()
    if names is None:
        return known
    for name in names:
        if not any(one.name.startswith(name) for one in known):
            listed = ', '.join(one.name for one in known)
            raise SystemExit(f'{name!r} is no entry; there are {listed}')
    return [
        one
        for one in known
        if one.baseline or one.name.startswith(tuple(names))
    ]


def main(arguments: list[str]) -> None:
    """Do what the command line says."""
    options = parse(arguments)
    if options.list:
        print('\n'.join(one.name for one in entries()))
        return
    if 'endtoend' in options.only:
        endtoend.require_wrk()
    chosen = chosen_entries(options.entries)
    measures: dict[str, Callable[..., Any]] = {
        'inprocess': _inprocess,
        'endtoend': _endtoend,
    }
    for part in options.only:
        before = results.circumstances(chosen)
        found = measures[part](chosen, options)
        if options.save is not None:
            results.write(options.save, part, {**before, 'found': found})


def _inprocess(
    chosen: list[Entry],
    options: argparse.Namespace,
) -> dict[str, Any]:
    found = {}
    for interface in ('wsgi', 'asgi'):
        found[interface] = inprocess.race(
            chosen,
            interface,
            cases=options.cases,
            rounds=options.rounds or (5 if options.quick else 60),
        )
        print(f'\nIn one process, {interface}: times as ratios to raw views\n')
        print(tables.by_case(found[interface], chosen, tables.ratio))
    return found


def _endtoend(
    chosen: list[Entry],
    options: argparse.Namespace,
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for server, interface in endtoend.pairs(options.servers):
        found.setdefault(server, {})[interface] = endtoend.race(
            chosen,
            server,
            interface,
            cases=options.cases,
            rounds=options.rounds or (1 if options.quick else 5),
        )
        print(f'\nBehind {server}, {interface}: requests per second\n')
        print(
            tables.by_case(found[server][interface], chosen, tables.per_second),
        )
    return found


if __name__ == '__main__':
    main(sys.argv[1:])
