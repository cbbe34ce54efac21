"""Race dmr against other frameworks: ``hatch run bench:run``.

Everything is installed, checked for equal answers, measured in turns, and
printed as tables. ``--save`` keeps the results and writes the documentation.
"""

import argparse
import sys
from typing import Any

from bench.cases import CASES
from bench.race import blocks, endtoend, page, results
from bench.race.entries import Entry, entries
from bench.race.parts import PARTS


def parse(arguments: list[str]) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(
        prog='hatch run bench:run',
        description='Race dmr against other frameworks.',
    )
    parser.add_argument(
        '--only',
        nargs='+',
        choices=list(PARTS),
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
        '--requests',
        type=int,
        help='how many the measurement of memory has',
    )
    parser.add_argument(
        '--save',
        action='store_true',
        help='keep the results, and write them into the documentation',
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
    if any(PARTS[name].needs_wrk for name in options.only):
        endtoend.require_wrk()
    chosen = chosen_entries(options.entries)
    for name in options.only:
        before = results.circumstances(chosen)
        found = {**before, 'found': PARTS[name].measure(chosen, options)}
        _show(name, found)
        if options.save:
            results.write(results.COMMITTED, name, found)
    if options.save:
        page.write()


def _show(name: str, found: dict[str, Any]) -> None:
    for block in PARTS[name].blocks:
        table = blocks.BLOCKS[block]({name: found})
        if table:
            print(f'\n{block}\n\n{table}', flush=True)


if __name__ == '__main__':
    main(sys.argv[1:])
