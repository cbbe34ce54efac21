"""Read the metadata of installed distributions.

This is the only module that does, and nobody asks it while a request is
served. Metadata are made by many tools and can be damaged in many ways: what
cannot be read is named, the rest is still found.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

#: What stands for a name or a version that nobody knows.
UNKNOWN: Final = 'unknown'

#: Folder of metadata → name and version, such as `dmr_core-0.1.0.dist-info`.
_FOLDER: Final = re.compile(
    r'(?P<name>[^-]+)(?:-(?P<version>.+?))?(?:-py[\d.]+)?\.(?:dist|egg)-info',
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """One installed distribution.

    *location* is the folder of its metadata, *requirements* are what it
    declares. *problem* says what is wrong with the metadata; name and version
    are then those of the folder.
    """

    name: str
    version: str
    requirements: tuple[str, ...] = ()
    location: str = ''
    problem: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPoint:
    """One entry point, *load* imports what it points to."""

    group: str
    name: str
    value: str
    distribution: Distribution
    load: Callable[[], Any]


def entry_points(groups: Iterable[str]) -> tuple[EntryPoint, ...]:
    """Return the entry points of all *groups*, in no order."""
    found = _all_entry_points()
    return tuple(
        EntryPoint(
            group=group,
            name=one.name,
            value=one.value,
            distribution=_distribution(one.dist),
            load=one.load,
        )
        for group in groups
        for one in found.select(group=group)
    )


def distributions(
    prefix: str,
    groups: Iterable[str],
) -> tuple[Distribution, ...]:
    """Return what is called *prefix*..., or has entry points in *groups*.

    Of several with one name the first on the path counts. They are sorted by
    name.
    """
    wanted = frozenset(groups)
    found: dict[str, Distribution] = {}
    for one in _all_distributions():
        if _is_wanted(one, prefix, wanted):
            distribution = _distribution(one)
            known = found.get(distribution.name)
            if known is None or known.problem is not None:
                found[distribution.name] = distribution
    return tuple(found[name] for name in sorted(found))


def _all_entry_points() -> Any:
    # Importing it takes 20-30 ms, and only processes that serve need it.
    import importlib_metadata  # noqa: PLC0415

    library = cast('Any', importlib_metadata)
    try:
        # One scan for all groups: asking per group reads all metadata again.
        return library.entry_points()
    # One damaged file ends the scan, with whatever error it causes.
    except Exception:
        return library.EntryPoints(_readable_entry_points())


def _readable_entry_points() -> Iterator[Any]:
    """Return what a scan finds, without the files that cannot be read."""
    seen: set[str] = set()
    for distribution in _all_distributions():
        name = _distribution(distribution).name
        if name in seen:
            continue
        seen.add(name)
        try:
            yield from distribution.entry_points
        # Reported by `distributions`.
        except Exception:  # noqa: S112
            continue


def _all_distributions() -> Iterable[Any]:
    import importlib_metadata  # noqa: PLC0415

    found: Iterable[Any] = cast('Any', importlib_metadata).distributions()
    return found


def _is_wanted(one: Any, prefix: str, groups: frozenset[str]) -> bool:
    folder = _folder(one)
    name = folder.name if folder is not None else _distribution(one).name
    if name.startswith(prefix):
        return True
    try:
        return any(found.group in groups for found in one.entry_points)
    # It may offer something to us, nobody can know.
    except Exception:
        return True


def _distribution(one: Any) -> Distribution:
    folder = _folder(one)
    try:
        name, version = str(one.name or ''), str(one.version or '')
        requirements = tuple(str(found) for found in one.requires or ())
        list(one.entry_points)
    # Damaged metadata raise various errors.
    except Exception as exc:
        return _damaged(folder, f'{type(exc).__name__}: {exc}')
    if not name or not version:
        return _damaged(folder, 'they have no name and version')
    return Distribution(
        name=_normalized(name),
        version=version,
        requirements=requirements,
        location='' if folder is None else folder.location,
    )


def _damaged(folder: Distribution | None, reason: str) -> Distribution:
    where = f' in {folder.location}' if folder is not None else ''
    problem = f'Its metadata{where} cannot be read: {reason}.'
    if folder is None:
        return Distribution(name=UNKNOWN, version=UNKNOWN, problem=problem)
    return Distribution(
        name=folder.name,
        version=folder.version,
        location=folder.location,
        problem=problem,
    )


def _folder(one: Any) -> Distribution | None:
    """Return what the name of the folder says, which nobody promises."""
    location = str(getattr(one, '_path', ''))
    match = _FOLDER.search(location.replace('\\', '/').rpartition('/')[2])
    if match is None:
        return None
    return Distribution(
        name=_normalized(match['name']),
        version=match['version'] or UNKNOWN,
        location=location,
    )


def _normalized(name: str) -> str:
    return re.sub(r'[-_.]+', '-', name).lower()
