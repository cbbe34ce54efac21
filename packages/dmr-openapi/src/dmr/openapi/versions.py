"""Make a converted document true to the OpenAPI version that it states.

Documents are described once, with the objects of the newest version. What an
older version cannot express is removed or rewritten here, on JSON values.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from dmr.openapi.json_values import JsonObject, is_object
from dmr.openapi.methods import METHODS_AND_QUERY
from dmr.openapi.schema_downgrade import downgrade_schema

#: Value and its kind → what it becomes.
Change: TypeAlias = Callable[[Any, str], Any]

#: Kind of object → its field → shape and kind of what the field holds.
_FIELDS: Final[Mapping[str, Mapping[str, tuple[str, str]]]] = MappingProxyType(
    {
        'openapi': {
            'info': ('one', 'info'),
            'servers': ('list', 'server'),
            'paths': ('map', 'path_item'),
            'webhooks': ('map', 'path_item'),
            'components': ('one', 'components'),
            'tags': ('list', 'tag'),
        },
        'info': {'license': ('one', 'license')},
        'components': {
            'schemas': ('map', 'schema'),
            'responses': ('map', 'response'),
            'parameters': ('map', 'parameter'),
            'examples': ('map', 'example'),
            'requestBodies': ('map', 'request_body'),
            'headers': ('map', 'parameter'),
            'securitySchemes': ('map', 'security_scheme'),
            'links': ('map', 'link'),
            'callbacks': ('map', 'callback'),
            'pathItems': ('map', 'path_item'),
            'mediaTypes': ('map', 'media_type'),
        },
        'path_item': {
            **dict.fromkeys(METHODS_AND_QUERY, ('one', 'operation')),
            'additionalOperations': ('map', 'operation'),
            'parameters': ('list', 'parameter'),
            'servers': ('list', 'server'),
        },
        'operation': {
            'parameters': ('list', 'parameter'),
            'requestBody': ('one', 'request_body'),
            'responses': ('map', 'response'),
            'callbacks': ('map', 'callback'),
            'servers': ('list', 'server'),
        },
        'parameter': {
            'schema': ('one', 'schema'),
            'examples': ('map', 'example'),
            'content': ('map', 'media_type'),
        },
        'request_body': {'content': ('map', 'media_type')},
        'response': {
            'headers': ('map', 'parameter'),
            'content': ('map', 'media_type'),
            'links': ('map', 'link'),
        },
        'media_type': {
            'schema': ('one', 'schema'),
            'itemSchema': ('one', 'schema'),
            'examples': ('map', 'example'),
            'encoding': ('map', 'encoding'),
        },
        'encoding': {'headers': ('map', 'parameter')},
        'link': {'server': ('one', 'server')},
        'security_scheme': {'flows': ('one', 'oauth_flows')},
        'oauth_flows': {
            'implicit': ('one', 'oauth_flow'),
            'password': ('one', 'oauth_flow'),
            'clientCredentials': ('one', 'oauth_flow'),
            'authorizationCode': ('one', 'oauth_flow'),
        },
    }
)

#: Kind of object → fields that came with OpenAPI 3.2.
_NEW_IN_32: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        'openapi': ('$self',),
        'components': ('mediaTypes',),
        'tag': ('summary', 'parent', 'kind'),
        'server': ('name',),
        'response': ('summary',),
        'path_item': ('query', 'additionalOperations'),
        'media_type': ('itemSchema', 'itemEncoding', 'prefixEncoding'),
        'example': ('dataValue', 'serializedValue'),
        'security_scheme': ('oauth2MetadataUrl', 'deprecated'),
        'oauth_flows': ('deviceAuthorization',),
        'oauth_flow': ('deviceAuthorizationUrl',),
    }
)

#: Kind of object → fields that came with OpenAPI 3.1.
_NEW_IN_31: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        'openapi': ('jsonSchemaDialect', 'webhooks'),
        'info': ('summary',),
        'license': ('identifier',),
        'components': ('pathItems',),
        'reference': ('summary', 'description'),
    }
)


def parse_version(version: str) -> tuple[int, int, int]:
    """Return *version* as three numbers.

    >>> parse_version('3.1.0')
    (3, 1, 0)

    Raises:
        ValueError: when *version* is not made of three numbers.
    """
    try:
        major, minor, patch = (int(number) for number in version.split('.'))
    except ValueError:
        raise ValueError(
            f'{version!r} is no OpenAPI version. Write it like 3.1.0.',
        ) from None
    return major, minor, patch


def adapt_document(document: JsonObject) -> JsonObject:
    """Return *document* without what its version cannot express.

    *document* is edited in place.
    """
    version = parse_version(document['openapi'])
    if version >= (3, 2):
        return document
    if version >= (3, 1):
        _visit(document, 'openapi', _to_31)
        return document
    webhooks = document.get('webhooks')
    _visit(document, 'openapi', _to_30)
    if webhooks:
        # The well-known extension by which 3.0 documents carry webhooks.
        document['x-webhooks'] = webhooks
    return document


def _visit(node: Any, kind: str, change: Change) -> Any:
    """Return *node* and everything below it changed, children first."""
    if kind == 'schema':
        return change(node, kind)
    if not is_object(node):
        return node
    if kind == 'callback':
        return _visit_mapping(node, 'path_item', change)
    if '$ref' in node:
        return change(node, 'reference')
    for name, (shape, child_kind) in _FIELDS.get(kind, {}).items():
        child = node.get(name)
        if child is None:
            continue
        if shape == 'one':
            node[name] = _visit(child, child_kind, change)
        elif shape == 'map':
            node[name] = _visit_mapping(child, child_kind, change)
        else:
            node[name] = [
                _visit(member, child_kind, change) for member in child
            ]
    return change(node, kind)


def _visit_mapping(
    mapping: JsonObject, kind: str, change: Change
) -> JsonObject:
    for key, member in mapping.items():
        # Path maps may carry `x-…` fields, which are not path items.
        if not key.startswith('x-'):
            mapping[key] = _visit(member, kind, change)
    return mapping


def _to_31(node: Any, kind: str) -> Any:
    if kind == 'media_type' and 'itemSchema' in node:
        node.setdefault('schema', node['itemSchema'])
    for name in _NEW_IN_32.get(kind, ()):
        node.pop(name, None)
    return node


def _to_30(node: Any, kind: str) -> Any:
    if kind == 'schema':
        return downgrade_schema(node)
    _to_31(node, kind)
    for name in _NEW_IN_31.get(kind, ()):
        node.pop(name, None)
    return node
