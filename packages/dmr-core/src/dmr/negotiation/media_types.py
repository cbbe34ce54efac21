"""Media types and ranges: read them, match them, choose between them.

Pure functions on strings, by RFC 9110, sections 8.3.1 (media types), 12.4.2
(quality values) and 12.5.1 (``Accept``).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

#: A media range, ``;`` and parameters cut off (RFC 9110, section 12.5.1).
_RANGE: Final = re.compile(
    r"[ \t]*([!#$%&'*+.^_`|~\w-]+)/([!#$%&'*+.^_`|~\w-]+)[ \t]*",
    re.ASCII,
)
_PARAMETER: Final = re.compile(
    r";[ \t]*([!#$%&'*+.^_`|~\w-]+)=(?:\"((?:[^\"\\]|\\.)*)\"|([^;,\"\s]*))"
    r'[ \t]*|;[ \t]*',
    re.ASCII,
)
_QUOTED_PAIR: Final = re.compile(r'\\(.)')
_QUALITY: Final = re.compile(
    r'(0?\.\d{1,3})\d*|(0\.?|1(?:\.0*)?)',
    re.ASCII,
)

#: A longer ``Accept`` is not read to its end: no honest client sends one.
MAX_HEADER_LENGTH: Final = 8192


@dataclass(frozen=True, slots=True)
class MediaRange:
    """A media type or range, lower-cased, with its quality from 0 to 1."""

    main: str
    sub: str
    parameters: Mapping[str, str]
    quality: float = 1.0

    @property
    def specificity(self) -> int:
        """Return how much it pins down: 0 for ``*/*``, more is narrower."""
        if self.main == '*':
            return 0
        if self.sub == '*':
            return 1
        return 2 + len(self.parameters)

    @property
    def is_wildcard(self) -> bool:
        """Tell whether it stands for many media types."""
        return self.sub == '*' or self.main == '*'

    @property
    def essence(self) -> str:
        """Return it without parameters."""
        return f'{self.main}/{self.sub}'

    def narrowness(self, offered: 'MediaRange') -> tuple[int, int]:
        """Return how much of it pins down *offered*, greater is narrower.

        Parameters that *offered* does not have pin down nothing, a range
        without them is nearer to it.
        """
        foreign = len(self.parameters.keys() - offered.parameters.keys())
        if self.is_wildcard:
            return self.specificity, -foreign
        return self.specificity - foreign, -foreign

    def matches(self, other: 'MediaRange') -> bool:
        """Tell whether both have a media type in common.

        Parameters count when *other*, which is ours, has some: then they must
        be present here with the same values, unless this is a wildcard.
        """
        if not _part_matches(self.main, other.main):
            return False
        if not _part_matches(self.sub, other.sub):
            return False
        if self.is_wildcard:
            return True
        return all(
            self.parameters.get(name) == expected
            for name, expected in other.parameters.items()
        )


def parse_media_type(text: str) -> MediaRange | None:
    """Read one media type or range, ``None`` if it is none."""
    found = _RANGE.match(text)
    if found is None:
        return None
    parameters: dict[str, str] = {}
    position = found.end()
    while position < len(text):
        parameter = _PARAMETER.match(text, position)
        if parameter is None:
            return None
        position = parameter.end()
        if parameter[1]:
            name = parameter[1].lower()
            parameters[name] = _parameter_value(name, parameter)
    quality = _quality(parameters.pop('q', '1'))
    return MediaRange(
        found[1].lower(),
        found[2].lower(),
        parameters,
        quality,
    )


def parse_accept(header: str) -> list[MediaRange]:
    """Read an ``Accept`` header, leaving out what is malformed."""
    if len(header) > MAX_HEADER_LENGTH:
        # What follows the last comma is cut in half.
        header = header[:MAX_HEADER_LENGTH].rpartition(',')[0]
    parts = _split(header)
    return [
        media_range
        for part in parts
        if (media_range := parse_media_type(part)) is not None
    ]


def essence(content_type: str) -> str:
    """Return a ``Content-Type`` lower-cased and without parameters."""
    return content_type.partition(';')[0].strip().lower()


def quality_of(offered: MediaRange, accepted: Sequence[MediaRange]) -> float:
    """Return the quality that *accepted* gives to what we offer.

    The narrowest range that matches decides; 0 means refused. A wildcard of
    ours has the quality of what the client likes best of all it covers.
    """
    matching = [one for one in accepted if one.matches(offered)]
    if not matching:
        return 0.0
    if offered.is_wildcard:
        return max(one.quality for one in matching)
    return max(matching, key=lambda one: one.narrowness(offered)).quality


def concrete_type(
    offered: MediaRange,
    accepted: Sequence[MediaRange],
) -> str | None:
    """Return the media type with which a wildcard of ours answers.

    That is the one the client likes best among those that *offered* covers,
    ``None`` if it names none.
    """
    named = [
        candidate
        for candidate in accepted
        if not candidate.is_wildcard
        and candidate.quality > 0
        and candidate.matches(offered)
    ]
    if not named:
        return None
    return max(named, key=lambda one: one.quality).essence


def _part_matches(left: str, right: str) -> bool:
    return left == right or '*' in {left, right}


def _parameter_value(name: str, parameter: re.Match[str]) -> str:
    quoted, token = parameter[2], parameter[3]
    text = token if quoted is None else _QUOTED_PAIR.sub(r'\1', quoted)
    # The only parameter whose values are known to be case-insensitive.
    return text.lower() if name == 'charset' else text


def _quality(text: str) -> float:
    # There are three decimals, more are cut off. Like Django: what is no
    # quality value counts as not given.
    found = _QUALITY.fullmatch(text)
    return float(found[1] or found[2]) if found is not None else 1.0


def _split(header: str) -> list[str]:
    """Split at commas that are not inside of quotes."""
    if '"' not in header:
        return header.split(',')
    parts = ['']
    is_quoted = is_escaped = False
    for character in header:
        if character == ',' and not is_quoted:
            parts.append('')
            continue
        parts[-1] += character
        if character == '"' and not is_escaped:
            is_quoted = not is_quoted
        is_escaped = character == '\\' and is_quoted and not is_escaped
    return parts
