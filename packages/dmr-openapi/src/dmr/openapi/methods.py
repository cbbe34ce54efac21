"""Methods of HTTP that have a field of their own in path items."""

from typing import Final

#: In all versions of OpenAPI, in the order of the specification.
METHODS: Final = (
    'get',
    'put',
    'post',
    'delete',
    'options',
    'head',
    'patch',
    'trace',
)

#: The same since OpenAPI 3.2.
METHODS_AND_QUERY: Final = (*METHODS, 'query')
