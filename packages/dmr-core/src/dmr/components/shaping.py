"""Shape mappings of strings, as queries, forms and headers are.

Models say with three class attributes how their raw values are shaped. All
are sets of field names as the client writes them (aliases):

- ``__dmr_force_list__``: take all values of the field, as a list.
- ``__dmr_split_commas__``: split the value at commas, as a list.
- ``__dmr_cast_null__``: take the text ``null`` as ``None``.
"""

from collections.abc import Callable
from typing import Annotated, Any, TypeAlias, cast, get_args, get_origin

from django.utils.datastructures import MultiValueDict

#: Makes a plain dictionary, ready to be validated.
Shape: TypeAlias = Callable[[Any], Any]


def multi_value_shape(model: Any, *, allow_split: bool = False) -> Shape:
    """Return the shape of query strings and forms for *model*.

    The last value of a field counts, unless it is forced to be a list.
    """
    forced = names_in(model, '__dmr_force_list__')
    split = names_in(model, '__dmr_split_commas__' if allow_split else '')
    nullable = names_in(model, '__dmr_cast_null__')
    if not (forced or split or nullable):
        return _last_values

    def shape(raw: MultiValueDict[str, Any]) -> dict[str, Any]:
        shaped: dict[str, Any] = raw.dict()
        for name in split & shaped.keys():
            shaped[name] = split_commas(shaped[name])
        for name in forced & shaped.keys():
            shaped[name] = raw.getlist(name)
        for name in nullable & shaped.keys():
            shaped[name] = _without_null(shaped[name])
        return shaped

    return shape


def is_shaped(model: Any) -> bool:
    """Tell whether the shape of *model* is more than last values."""
    return bool(
        names_in(model, '__dmr_force_list__')
        or names_in(model, '__dmr_cast_null__'),
    )


def names_in(model: Any, attribute: str) -> frozenset[str]:
    """Return the names in a class attribute of *model*, which may be absent."""
    # Subscripted generics and ``Annotated`` hide such attributes.
    cls = get_origin(model) or model
    if cls is Annotated:
        return names_in(get_args(model)[0], attribute)
    return frozenset(getattr(cls, attribute, ()))


def split_commas(text: str) -> list[str]:
    """Split a list in the notation of HTTP headers (RFC 9110, 5.6.1).

    Empty members do not count (5.6.1.2).
    """
    parts = [part.strip() for part in text.split(',')]
    return [part for part in parts if part]


def _last_values(raw: MultiValueDict[str, Any]) -> dict[str, Any]:
    return raw.dict()


def _without_null(found: Any) -> Any:
    if isinstance(found, list):
        items = cast('list[Any]', found)
        return [None if one == 'null' else one for one in items]
    return None if found == 'null' else found
