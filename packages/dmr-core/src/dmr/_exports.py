"""The public names of `dmr`."""

from dmr import checks
from dmr.components import Body as Body
from dmr.components import Cookies as Cookies
from dmr.components import FileMetadata as FileMetadata
from dmr.components import Headers as Headers
from dmr.components import Path as Path
from dmr.components import Query as Query
from dmr.controller import Controller as Controller
from dmr.cookies import CookieSpec as CookieSpec
from dmr.cookies import NewCookie as NewCookie
from dmr.endpoint import modify as modify
from dmr.endpoint import validate as validate
from dmr.headers import HeaderSpec as HeaderSpec
from dmr.headers import NewHeader as NewHeader
from dmr.internal.missing import explain_missing_parts
from dmr.metadata import ResponseSpec as ResponseSpec
from dmr.response import APIError as APIError
from dmr.response import RedirectTo as RedirectTo

__all__ = [
    'APIError',
    'Body',
    'Controller',
    'CookieSpec',
    'Cookies',
    'FileMetadata',
    'HeaderSpec',
    'Headers',
    'NewCookie',
    'NewHeader',
    'Path',
    'Query',
    'RedirectTo',
    'ResponseSpec',
    'modify',
    'validate',
]

# Importing the framework is enough for `manage.py check --tag dmr`.
checks.register()
explain_missing_parts()
