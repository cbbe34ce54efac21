"""Names in a document: components and operations."""

import re
from typing import Final

#: What a component name must not contain.
_FORBIDDEN_IN_COMPONENT: Final = re.compile(r'[^a-zA-Z0-9._-]')

_FORBIDDEN_IN_TOKEN: Final = re.compile(r'[^\w.~-]')
_WORD_BREAK: Final = re.compile(r'[-_.~]+')


def component_name(readable: str) -> str:
    """Return *readable* as a name that OpenAPI allows for components.

    >>> component_name('Page[User]')
    'Page_User_'
    """
    return _FORBIDDEN_IN_COMPONENT.sub('_', readable)


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


def _words(token: str) -> list[str]:
    bare = token.replace('{', '').replace('}', '')
    return _WORD_BREAK.split(_FORBIDDEN_IN_TOKEN.sub('', bare))
