"""Parts of a request as typed arguments of an endpoint.

>>> from dmr.components import Body, Query
"""

from dmr.components.base import ComponentParser as ComponentParser
from dmr.components.body import Body as Body
from dmr.components.body import BodyComponent as BodyComponent
from dmr.components.builder import (
    ComponentParserBuilder as ComponentParserBuilder,
)
from dmr.components.cookies import Cookies as Cookies
from dmr.components.cookies import CookiesComponent as CookiesComponent
from dmr.components.files import FileMetadata as FileMetadata
from dmr.components.files import (
    FileMetadataComponent as FileMetadataComponent,
)
from dmr.components.headers import Headers as Headers
from dmr.components.headers import HeadersComponent as HeadersComponent
from dmr.components.path import Path as Path
from dmr.components.path import PathComponent as PathComponent
from dmr.components.query import Query as Query
from dmr.components.query import QueryComponent as QueryComponent
