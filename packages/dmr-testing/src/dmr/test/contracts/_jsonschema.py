"""As much of JSON Schema as generated schemas of models use.

Keywords that only describe, and formats, are passed over.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, cast

_TYPES: Final[Mapping[str, Callable[[Any], bool]]] = {
    'null': lambda body: body is None,
    'boolean': lambda body: isinstance(body, bool),
    'integer': lambda body: (
        isinstance(body, int) and not isinstance(body, bool)
    ),
    'number': lambda body: (
        isinstance(body, (int, float)) and not isinstance(body, bool)
    ),
    'string': lambda body: isinstance(body, str),
    'array': lambda body: isinstance(body, list),
    'object': lambda body: isinstance(body, dict),
}


class Schema:
    """A schema with its definitions; references begin with *prefix*."""

    def __init__(
        self,
        definitions: Mapping[str, Any],
        prefix: str,
        suffix: str = '',
    ) -> None:
        self._definitions = definitions
        self._prefix = prefix
        self._suffix = suffix

    def accepts(self, schema: Any, body: Any) -> bool:
        """Tell whether *body* is what *schema* describes.

        Raises:
            KeyError: a reference leads nowhere.
        """
        if isinstance(schema, bool):
            return schema
        return all(
            check(self, schema[keyword], body, schema)
            for keyword, check in _KEYWORDS.items()
            if keyword in schema
        )

    def target(self, reference: str) -> Any:
        """Return what *reference* refers to.

        Raises:
            KeyError: it leads nowhere.
        """
        if not reference.startswith(self._prefix):
            raise KeyError(reference)
        end = len(reference) - len(self._suffix)
        return self._definitions[reference[len(self._prefix) : end]]


_Keyword = Callable[[Schema, Any, Any, Mapping[str, Any]], bool]


def _same_json(left: Any, right: Any) -> bool:
    return type(left) is type(right) and left == right


def _type(_schema: Schema, wanted: Any, body: Any, _all: object) -> bool:
    names = [wanted] if isinstance(wanted, str) else wanted
    return any(_TYPES[name](body) for name in names)


def _properties(
    schema: Schema,
    wanted: Mapping[str, Any],
    body: Any,
    _all: object,
) -> bool:
    return not isinstance(body, dict) or all(
        schema.accepts(one, body[name])
        for name, one in wanted.items()
        if name in body
    )


def _required(
    _schema: Schema,
    wanted: Sequence[str],
    body: Any,
    _all: object,
) -> bool:
    return not isinstance(body, dict) or all(name in body for name in wanted)


def _additional(
    schema: Schema,
    wanted: Any,
    body: Any,
    all_of_it: Mapping[str, Any],
) -> bool:
    if not isinstance(body, dict):
        return True
    known = all_of_it.get('properties', {})
    entries = cast('dict[str, Any]', body)
    return all(
        schema.accepts(wanted, one)
        for name, one in entries.items()
        if name not in known
    )


def _items(
    schema: Schema,
    wanted: Any,
    body: Any,
    all_of_it: Mapping[str, Any],
) -> bool:
    if not isinstance(body, list):
        return True
    first = len(all_of_it.get('prefixItems', ()))
    items = cast('list[Any]', body)
    return all(schema.accepts(wanted, one) for one in items[first:])


def _prefix_items(
    schema: Schema,
    wanted: Sequence[Any],
    body: Any,
    _all: object,
) -> bool:
    return not isinstance(body, list) or all(
        map(schema.accepts, wanted, cast('list[Any]', body)),
    )


def _bounded(
    measure: Callable[[Any], Any],
    kind: type[Any] | tuple[type[Any], ...],
    is_within: Callable[[Any, Any], bool],
) -> _Keyword:
    def check(_schema: Schema, bound: Any, body: Any, _all: object) -> bool:
        if not isinstance(body, kind) or isinstance(body, bool):
            return True
        return is_within(measure(body), bound)

    return check


def _at_least(found: Any, bound: Any) -> bool:
    return bool(found >= bound)


def _at_most(found: Any, bound: Any) -> bool:
    return bool(found <= bound)


def _itself(body: Any) -> Any:
    return body


_NUMBERS: Final = (int, float)
_KEYWORDS: Final[Mapping[str, _Keyword]] = {
    '$ref': lambda schema, reference, body, _all: schema.accepts(
        schema.target(reference),
        body,
    ),
    'allOf': lambda schema, wanted, body, _all: all(
        schema.accepts(one, body) for one in wanted
    ),
    'anyOf': lambda schema, wanted, body, _all: any(
        schema.accepts(one, body) for one in wanted
    ),
    'oneOf': lambda schema, wanted, body, _all: (
        sum(schema.accepts(one, body) for one in wanted) == 1
    ),
    'enum': lambda _schema, wanted, body, _all: any(
        _same_json(one, body) for one in wanted
    ),
    'const': lambda _schema, wanted, body, _all: _same_json(wanted, body),
    'type': _type,
    'properties': _properties,
    'required': _required,
    'additionalProperties': _additional,
    'items': _items,
    'prefixItems': _prefix_items,
    'minItems': _bounded(len, list, _at_least),
    'maxItems': _bounded(len, list, _at_most),
    'minLength': _bounded(len, str, _at_least),
    'maxLength': _bounded(len, str, _at_most),
    'minimum': _bounded(_itself, _NUMBERS, _at_least),
    'maximum': _bounded(_itself, _NUMBERS, _at_most),
    'pattern': lambda _schema, wanted, body, _all: (
        not isinstance(body, str) or re.search(wanted, body) is not None
    ),
}
