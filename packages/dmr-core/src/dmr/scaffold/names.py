"""Decide what everything in a new package is called.

One name is given, that of the distribution; all others follow from it.
"""

import importlib.util
import keyword
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from typing import Final

from dmr import discovery

#: What is allowed on PyPI, in the spelling that it is shown in there.
_DISTRIBUTION: Final = re.compile(r'[a-z][a-z0-9]*(?:[-_.][a-z0-9]+)*')
_MEDIA_TYPE: Final = re.compile(r'[a-z]+/[a-z0-9][a-z0-9!#$&^_.+-]*')
_SEPARATORS: Final = re.compile('[-_.]')
_PREFIX: Final = 'dmr-'


@unique
class Kind(StrEnum):
    """What a plugin is."""

    serializer = 'serializer'
    parser = 'parser'
    renderer = 'renderer'

    @property
    def group(self) -> str:
        """Return the entry point group of such plugins."""
        return _GROUPS[self]


_GROUPS: Final[Mapping[Kind, str]] = {
    Kind.serializer: discovery.SERIALIZERS,
    Kind.parser: discovery.PARSERS,
    Kind.renderer: discovery.RENDERERS,
}


class BadNameError(ValueError):
    """Raised when a name cannot be used; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """All names of one new package.

    *plugin* is the name of the entry point, and of the format for parsers and
    renderers.
    """

    kind: Kind
    distribution: str
    package: str
    plugin: str
    class_name: str
    media_type: str

    def replacements(self) -> dict[str, str]:
        """Return word in templates → what stands there instead."""
        return {
            '@kind@': self.kind,
            '@group@': self.kind.group,
            '@distribution@': self.distribution,
            '@package@': self.package,
            '@plugin@': self.plugin,
            '@Plugin@': self.class_name.removesuffix(self.kind.capitalize()),
            '@class@': self.class_name,
            '@media_type@': self.media_type,
            '@core@': _core_version(),
        }


def names_of(
    kind: Kind,
    distribution: str,
    *,
    media_type: str | None = None,
) -> Names:
    """Return the names for a new package called *distribution*.

    Raises:
        BadNameError: a name is not allowed, or taken.
    """
    if not _DISTRIBUTION.fullmatch(distribution):
        raise BadNameError(
            f'{distribution!r} is no name for a package. Use small letters and '
            "digits, and '-' between words, as in 'dmr-example'.",
        )
    plugin = distribution.removeprefix(_PREFIX)
    words = _SEPARATORS.split(plugin)
    if words[-1] == kind and len(words) > 1:
        words.pop()
    if not words[0][0].isalpha():
        raise BadNameError(
            f'{distribution!r} would make a class whose name starts with a '
            f'digit. Start what comes after {_PREFIX!r} with a letter.',
        )
    package = _SEPARATORS.sub('_', distribution)
    _require_free(package, distribution)
    capitalized = ''.join(word.capitalize() for word in words)
    return Names(
        kind=kind,
        distribution=distribution,
        package=package,
        plugin='-'.join(words),
        class_name=f'{capitalized}{kind.capitalize()}',
        media_type=_media_type(kind, media_type, '-'.join(words)),
    )


def _require_free(package: str, distribution: str) -> None:
    advice = (
        'Choose another name.'
        if distribution.startswith(_PREFIX)
        else f"Try '{_PREFIX}{distribution}'."
    )
    if keyword.iskeyword(package) or keyword.issoftkeyword(package):
        raise BadNameError(
            f'{package!r} is a word of Python and cannot be imported. {advice}',
        )
    if importlib.util.find_spec(package) is not None:
        raise BadNameError(
            f'There is a package {package!r} already, which {distribution!r} '
            f'would hide. {advice}',
        )
    if distribution in {one.name for one in discovery.distributions()}:
        raise BadNameError(f'{distribution!r} is installed already. {advice}')


def _media_type(kind: Kind, given: str | None, plugin: str) -> str:
    if given is None:
        return f'application/{plugin}'
    if kind is Kind.serializer:
        raise BadNameError(
            'A serializer has no media type: it works with all formats.',
        )
    if not _MEDIA_TYPE.fullmatch(given):
        raise BadNameError(
            f"{given!r} is no media type. One looks like 'application/json', "
            'without parameters.',
        )
    return given


def _core_version() -> str:
    """Return the version of the core that the new package is written for."""
    versions = {one.name: one.version for one in discovery.distributions()}
    found = re.match(r'\d+\.\d+', versions.get('dmr-core', ''))
    # A source tree that is not installed has no version.
    return found[0] if found else '0.1'
