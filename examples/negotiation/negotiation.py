"""An XML parser and an XML renderer, as small as possible.

They show what a format needs. XML and Python data do not fit each other well,
so do not use them in production.
"""

from collections.abc import Callable
from typing import Any, final
from xml.parsers import expat

import xmltodict
from django.http import HttpRequest
from typing_extensions import override

from dmr.exceptions import DataRenderingError, RequestSerializationError
from dmr.negotiation import ContentType
from dmr.parsers import DeserializeFunc, Parser, Raw
from dmr.renderers import Renderer

# XML does not say what is a list, one element looks like a scalar.
_LISTS = frozenset(('detail', 'loc'))


@final
class XmlParser(Parser):
    """Read the children of the root element."""

    __slots__ = ()

    content_type = ContentType.xml

    @override
    def parse(
        self,
        to_deserialize: Raw,
        deserializer_hook: DeserializeFunc | None = None,
        *,
        request: HttpRequest,
        model: Any,
    ) -> Any:
        try:
            document = xmltodict.parse(
                bytes(to_deserialize),
                process_namespaces=True,
                postprocessor=_empty_is_text,
                force_list=_LISTS,
            )
        except expat.ExpatError as exc:
            raise RequestSerializationError(str(exc)) from None
        return next(iter(document.values()))


@final
class XmlRenderer(Renderer):
    """Write data inside of an element that has the name of its type."""

    __slots__ = ()

    content_type = ContentType.xml

    @override
    def render(
        self,
        to_serialize: Any,
        serializer_hook: Callable[[Any], Any],
    ) -> bytes:
        def simplify(key: str, value: Any) -> tuple[str, Any]:
            try:
                return key, serializer_hook(value)
            except DataRenderingError:
                return key, value

        written: str = xmltodict.unparse(
            {type(to_serialize).__qualname__: to_serialize},
            preprocessor=simplify,
        )
        return written.encode()

    @property
    @override
    def validation_parser(self) -> XmlParser:
        return XmlParser()


def _empty_is_text(path: Any, key: str, value: Any) -> tuple[str, Any]:
    # An empty element is an empty string, it has no other way to say so.
    return key, '' if value is None else value
