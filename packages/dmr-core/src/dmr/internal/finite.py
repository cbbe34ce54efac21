"""Find numbers without end, which no format of ours can send.

Text is not refused for what it says; it is when a model made such a number of
it.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, Final, cast

from django.utils.translation import gettext as _

from dmr.exceptions import DataParsingError

#: Text that may become a number without end, nearly no other text does.
_SUSPICIOUS: Final = re.compile(
    r'\s*[+-]?(?:nan|inf|[\d._]*e\+?\d{3}|\d{300})',
    re.IGNORECASE,
).match


def require_finite(
    parsed: Any,
    model: Any,
    to_python: Callable[[Any], Any],
) -> None:
    """Refuse numbers without end in *model*, which was made of *parsed*.

    Raises:
        DataParsingError: there is one.
    """
    if _has_endless_text(parsed) and not (
        _is_finite(model) and _is_finite(to_python(model))
    ):
        raise DataParsingError(_('Number is out of range'))


def _has_endless_text(parsed: Any) -> bool:
    """Tell whether there is text in *parsed* that may become such a number."""
    if type(parsed) is str:
        return _SUSPICIOUS(parsed) is not None
    if type(parsed) is dict:
        values = cast('dict[Any, Any]', parsed).values()
        return any(map(_has_endless_text, values))
    if type(parsed) is list:
        return any(map(_has_endless_text, cast('list[Any]', parsed)))
    return False


def _is_finite(simple: Any) -> bool:
    """Look for numbers that are not finite.

    *simple* are Python primitives. Dataclasses are looked into as well: not
    every serializer keeps such a number when it makes primitives of them.
    """
    if isinstance(simple, float):
        return math.isfinite(simple)
    nested: Iterable[Any] = ()
    if is_dataclass(simple) and not isinstance(simple, type):
        nested = [getattr(simple, one.name) for one in fields(simple)]
    elif isinstance(simple, Mapping):
        nested = cast('Mapping[Any, Any]', simple).values()
    elif isinstance(simple, (list, tuple, set, frozenset)):
        nested = cast('Iterable[Any]', simple)
    return all(_is_finite(one) for one in nested)
