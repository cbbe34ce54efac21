"""Say what the validators of attrs demand, in the words of JSON schema.

The classes of validators are no public names of attrs, their attributes are
looked up by name. What is not known is left out.
"""

from collections.abc import Callable, Mapping
from typing import Any, Final

#: Comparison → keyword of JSON schema.
_COMPARISONS: Final[Mapping[str, str]] = {
    '>=': 'minimum',
    '>': 'exclusiveMinimum',
    '<=': 'maximum',
    '<': 'exclusiveMaximum',
}


def constraints(validator: Any) -> dict[str, Any]:
    """Return the keywords for *validator*, which may be none or several."""
    reader = _READERS.get(type(validator).__name__)
    return {} if reader is None else reader(validator)


def _all(validator: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in validator._validators:
        found |= constraints(one)
    return found


def _comparison(validator: Any) -> dict[str, Any]:
    keyword = _COMPARISONS.get(validator.compare_op)
    is_number = isinstance(validator.bound, int | float)
    return {keyword: validator.bound} if keyword and is_number else {}


def _pattern(validator: Any) -> dict[str, Any]:
    text = validator.pattern.pattern
    if not isinstance(text, str) or 'fullmatch' not in repr(
        validator.match_func,
    ):
        return {}
    return {'pattern': f'^(?:{text})$'}


#: Name of a validator's class → what reads it.
_READERS: Final[Mapping[str, Callable[[Any], dict[str, Any]]]] = {
    '_AndValidator': _all,
    '_NumberValidator': _comparison,
    '_MaxLengthValidator': lambda one: {'maxLength': one.max_length},
    '_MinLengthValidator': lambda one: {'minLength': one.min_length},
    '_MatchesReValidator': _pattern,
}
