"""Make once what endpoints have in common.

Endpoints share serializer, formats and options, many of them a model. What is
made of these alone at import is then the same for all of them.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from types import GenericAlias
from typing import Any, Final, ParamSpec, TypeVar, cast

from dmr.internal.conf import bounded_cache

_Parts = ParamSpec('_Parts')
_MadeT = TypeVar('_MadeT')

#: Types whose values are alike if they are equal and of the same type.
_PLAIN: Final = frozenset((str, int, bool, HTTPStatus, type(None)))
_NUMBERS: Final = frozenset((int, bool, HTTPStatus))
_COLLECTIONS: Final = frozenset((tuple, frozenset))
_type: Final = cast('Callable[[Any], Any]', type)


def shared(make: Callable[_Parts, _MadeT]) -> Callable[_Parts, _MadeT]:
    """Remember what *make* returns, as long as equal arguments mean the same.

    With other arguments it makes something new each time. It must not change
    afterwards, and must not hold on to an endpoint.
    """
    remembered = bounded_cache(make)

    @wraps(make)
    def make_once(*parts: _Parts.args, **named: _Parts.kwargs) -> _MadeT:
        if all(map(is_shareable, parts)) and (
            not named or all(map(is_shareable, named.values()))
        ):
            return remembered(*parts, **named)
        return make(*parts, **named)

    return make_once


def is_shareable(part: Any) -> bool:
    """Tell whether what equals *part* means the same.

    Objects do that are equal to themselves only: classes, most parsers and
    renderers. Unions do not, they are equal in any order, and neither do
    ``Annotated`` types, whose metadata may be anything.
    """
    kind = _type(part)
    if kind in _PLAIN or (
        kind.__hash__ is object.__hash__ and kind.__eq__ is object.__eq__
    ):
        return True
    if kind is GenericAlias:
        # A name means something else in every module.
        return all(
            type(one) is not str and is_shareable(one) for one in part.__args__
        )
    # Caches look at types of arguments, not of what is inside: `1 == True`.
    return kind in _COLLECTIONS and all(
        type(one) not in _NUMBERS and is_shareable(one) for one in part
    )
