"""Find the candidates and their entries."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

Interface: TypeAlias = Literal['wsgi', 'asgi']

ROOT: Final = Path(__file__).parents[2]
CANDIDATES: Final = ROOT / 'bench' / 'candidates'


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One contender: a candidate with options.

    *models* says with whose raw view it is compared; *environment* is set
    while its application is imported; *echo_only* entries take part in the
    curve of sizes only.
    """

    candidate: str
    name: str
    title: str
    models: str
    interfaces: tuple[Interface, ...]
    environment: dict[str, str]
    baseline: bool = False
    echo_only: bool = False
    behind_servers: bool = True


def entries() -> list[Entry]:
    """Return all entries, baselines first, then ours, then by name."""
    found = [
        entry
        for file in sorted(CANDIDATES.glob('*/candidate.toml'))
        for entry in _read(file)
    ]
    return sorted(found, key=_position)


def baseline(of: Entry, among: list[Entry]) -> Entry | None:
    """Return the raw view that an entry is compared with, if it takes part."""
    for entry in among:
        if entry.baseline and entry.models == of.models:
            return entry
    return None


def _read(file: Path) -> Iterator[Entry]:
    for table in tomllib.loads(file.read_text('utf-8'))['entries']:
        yield Entry(
            candidate=file.parent.name,
            **{**table, 'interfaces': tuple(table['interfaces'])},
        )


def _position(entry: Entry) -> tuple[bool, bool, str]:
    return not entry.baseline, entry.candidate != 'dmr', entry.name
