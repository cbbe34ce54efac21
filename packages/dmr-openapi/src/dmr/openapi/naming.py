"""Names in a document: components and operations."""

import re
from typing import Annotated, Any, Final, get_args, get_origin

#: What a component name must not contain.
_FORBIDDEN_IN_COMPONENT: Final = re.compile(r'[^a-zA-Z0-9._-]')

_FORBIDDEN_IN_TYPE: Final = re.compile(r'\b(?:\w+\.)+')
_FORBIDDEN_IN_TOKEN: Final = re.compile(r'[^\w.~-]')
_WORD_BREAK: Final = re.compile(r'[-_.~]+')


def component_name(readable: str) -> str:
    """Return *readable* as a name that OpenAPI allows for components.

    >>> component_name('Page[User]')
    'Page_User_'
    """
    return _FORBIDDEN_IN_COMPONENT.sub('_', readable)


def generic_title(annotation: Any, title: str) -> str | None:
    """Return a title that tells one use of a generic class from another.

    Serializers give all uses of some generic classes the name of the class.
    ``None`` if *title* is not such a name.

    >>> from dmr.pagination import Page
    >>> generic_title(Page[list[int]], 'Page')
    'Page[list[int]]'
    """
    bare = annotation
    while get_origin(bare) is Annotated:
        bare = get_args(bare)[0]
    origin, arguments = get_origin(bare), get_args(bare)
    if not arguments or getattr(origin, '__name__', None) != title:
        return None
    return f'{title}[{", ".join(map(_type_name, arguments))}]'


def operation_id(method: str, controller_name: str, path: str) -> str:
    """Return the name of an operation, made of what identifies it.

    *controller_name* is the qualified name of its class.

    >>> operation_id('GET', 'UserController', '/api/users/{pk}/')
    'getUsercontrollerApiUsersPk'
    """
    words = [
        word.capitalize()
        for token in f'{controller_name}{path}'.split('/')
        for word in _words(token)
    ]
    return method.lower() + ''.join(words)


def _type_name(annotation: Any) -> str:
    if isinstance(annotation, type) and not get_args(annotation):
        return annotation.__name__
    return _FORBIDDEN_IN_TYPE.sub('', repr(annotation))


def _words(token: str) -> list[str]:
    bare = token.replace('{', '').replace('}', '')
    return _WORD_BREAK.split(_FORBIDDEN_IN_TOKEN.sub('', bare))
