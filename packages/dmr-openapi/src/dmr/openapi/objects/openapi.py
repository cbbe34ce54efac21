"""The OpenAPI object `OpenAPI`, and how objects become JSON values."""

import dataclasses
import enum
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.utils.functional import Promise

from dmr.openapi.json_values import is_mapping, is_sequence
from dmr.openapi.objects.extensible import Extensible
from dmr.openapi.validation import validate_document
from dmr.openapi.versions import adapt_document

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from dmr.openapi.objects.components import Components
    from dmr.openapi.objects.external_documentation import (
        ExternalDocumentation,
    )
    from dmr.openapi.objects.info import Info
    from dmr.openapi.objects.path_item import PathItem
    from dmr.openapi.objects.paths import Paths
    from dmr.openapi.objects.reference import Reference
    from dmr.openapi.objects.security_requirement import SecurityRequirement
    from dmr.openapi.objects.server import Server
    from dmr.openapi.objects.tag import Tag

_SPECIAL_KEYS: Final[Mapping[str, str]] = {
    'ref': '$ref',
    'param_in': 'in',
    'security_scheme_in': 'in',
    'schema_not': 'not',
    'schema_if': 'if',
    'schema_else': 'else',
    'self_uri': '$self',
}

#: Values of exactly these types are JSON already.
_JSON_SCALARS: Final = frozenset((str, int, float, bool, type(None)))


def normalize_key(name: str) -> str:
    """Return how the field *name* is spelled in a document.

    >>> normalize_key('open_id_connect_url')
    'openIdConnectUrl'
    >>> normalize_key('param_in')
    'in'
    """
    special = _SPECIAL_KEYS.get(name)
    if special is not None:
        return special
    first, *others = name.removeprefix('schema_').split('_')
    return first + ''.join(part.capitalize() for part in others)


def normalize_value(
    value: Any,
    converter: 'Callable[[DataclassInstance], Any]',
) -> Any:
    """Return *value* as a JSON value; *converter* is called for objects.

    Keys of mappings are data, not field names: they keep their spelling.
    """
    if type(value) in _JSON_SCALARS:
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return converter(value)
    if is_mapping(value):
        return {
            normalize_value(key, converter): normalize_value(member, converter)
            for key, member in value.items()
        }
    if isinstance(value, enum.Enum):
        return value.value
    if is_sequence(value):
        return [normalize_value(member, converter) for member in value]
    if isinstance(value, Promise):
        return str(value)
    return value


def convert(instance: 'DataclassInstance') -> dict[str, Any]:
    """Return *instance* as it stands in a document.

    Left out: fields that are ``None``, private fields, and a ``required``
    that is empty or false. Everything else stays, ``False`` and ``[]`` too.
    """
    keys, values_of = _plan(type(instance))
    converted: dict[str, Any] = {}
    for key, value in zip(keys, values_of(instance), strict=True):
        if value is None or (key == 'required' and not value):
            continue
        converted[key] = (
            value
            if type(value) in _JSON_SCALARS
            else normalize_value(value, convert)
        )
    extensions = converted.pop('extensions', None)
    if extensions:
        converted.update(extensions)
    return converted


@cache
def _plan(
    object_cls: 'type[DataclassInstance]',
) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    """Return the keys of *object_cls*, and what gives all values at once.

    Documents consist of tens of thousands of objects with up to sixty
    fields, nearly all of them ``None``. Reading them one by one takes three
    times as long.
    """
    names = [
        field.name
        for field in dataclasses.fields(object_cls)
        if not field.name.startswith('_')
    ]
    keys = tuple(normalize_key(name) for name in names)
    if len(names) == 1:
        (name,) = names
        return keys, lambda instance: (getattr(instance, name),)
    return keys, operator.attrgetter(*names)


@dataclass(slots=True, kw_only=True)
class OpenAPI(Extensible):
    """A whole OpenAPI document.

    ``self_uri`` is written as ``$self`` and needs OpenAPI 3.2.
    """

    info: 'Info'
    openapi: str
    self_uri: str | None = None
    json_schema_dialect: str | None = None
    servers: 'Sequence[Server] | None' = None
    paths: 'Paths | None' = None
    webhooks: 'Mapping[str, PathItem | Reference] | None' = None
    components: 'Components | None' = None
    security: 'Sequence[SecurityRequirement] | None' = None
    tags: 'Sequence[Tag] | None' = None
    external_docs: 'ExternalDocumentation | None' = None
    _validated: bool = False

    def convert(self, *, skip_validation: bool = True) -> dict[str, Any]:
        """Return the document as JSON values, true to its OpenAPI version.

        With ``skip_validation=False`` the result is validated, once per
        object. That takes seconds for large documents, so it is meant for
        tests and commands and does nothing when openapi-spec-validator is
        not installed.
        """
        document = adapt_document(convert(self))
        if not skip_validation and not self._validated:
            validate_document(document)
            self._validated = True
        return document
