"""Compare versions of distributions with what others require.

Only what our own distributions and simple plugins declare is understood: names
and versions. Anything else counts as met, pip knows it better.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

#: Numbers of a release; a pre-release comes before it.
_Key: TypeAlias = tuple[tuple[int, ...], bool]

_REQUIREMENT: Final = re.compile(
    r'(?P<name>[\w.-]+)\s*(?:\[[^\]]*\])?\s*\(?(?P<clauses>[^;)]*)\)?'
    r'\s*(?P<marker>;.*)?',
)
_CLAUSE: Final = re.compile(r'\s*(~=|==|!=|<=|>=|<|>)\s*(\d[\w.]*)\s*')
_RELEASE: Final = re.compile(r'(\d+(?:\.\d+)*)([a-z.]\w*)?')

_COMPARE: Final[Mapping[str, Callable[[_Key, _Key], bool]]] = MappingProxyType(
    {
        '<': lambda found, limit: found < limit,
        '<=': lambda found, limit: found <= limit,
        '>': lambda found, limit: found > limit,
        '>=': lambda found, limit: found >= limit,
        '==': lambda found, limit: found == limit,
        '!=': lambda found, limit: found != limit,
    }
)


def unmet_name(requirement: str, versions: Mapping[str, str]) -> str | None:
    """Return the name in *requirement* if its installed version does not fit.

    *versions* maps names to what is installed. Optional requirements and those
    of other distributions are met.

    >>> unmet_name('dmr-core<0.2,>=0.1', {'dmr-core': '0.3.0'})
    'dmr-core'
    >>> unmet_name('dmr-core<0.2,>=0.1', {'dmr-core': '0.1.4'})
    """
    match = _REQUIREMENT.fullmatch(requirement.strip())
    if match is None or match['marker']:
        return None
    name = re.sub(r'[-_.]+', '-', match['name']).lower()
    found = _key(versions[name]) if name in versions else None
    if found is None:
        return None
    fits = all(_fits(found, clause) for clause in match['clauses'].split(','))
    return None if fits else name


def _fits(found: _Key, clause: str) -> bool:
    match = _CLAUSE.fullmatch(clause)
    if match is None:
        return True
    sign, text = match.groups()
    limit = _key(text)
    if limit is None:
        return True
    if sign == '~=':
        series = limit[0][: len(text.split('.')) - 1]
        return found >= limit and found[0][: len(series)] == series
    return _COMPARE[sign](found, limit)


def _key(version: str) -> _Key | None:
    # What comes behind a plus is local, nobody requires it.
    match = _RELEASE.fullmatch(version.partition('+')[0])
    if match is None:
        return None
    numbers = tuple(int(one) for one in match[1].split('.'))
    padded = (*numbers, *(0 for _ in range(4 - len(numbers))))
    is_final = not match[2] or match[2].startswith('.post')
    return padded, is_final
