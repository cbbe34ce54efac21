"""Parsers: from the bytes of a request body to Python primitives.

A parser knows one media type. Which parser reads a request is decided by
`dmr.negotiation`, what the result has to look like by the serializer.
"""

import abc
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import (
    TYPE_CHECKING,
    Any,
    ClassVar,
    TypeAlias,
)

from django.http import HttpRequest
from typing_extensions import override

from dmr.errors import quoted
from dmr.exceptions import DataParsingError
from dmr.internal.forms import load_form
from dmr.internal.hostile import (
    reject_deep_nesting,
    reject_lone_surrogates,
    too_deep,
)
from dmr.internal.json import JsonModule as JsonModule
from dmr.internal.json import NativeJson as NativeJson
from dmr.metadata import EndpointMetadata, ResponseSpec, ResponseSpecProvider

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.serializer import BaseSerializer

#: What a parser gets: the body as it came over the wire.
Raw: TypeAlias = bytes | bytearray

#: Converts values that a parser does not know: ``(target type, value)``.
DeserializeFunc: TypeAlias = Callable[[type[Any], Any], Any]


class Parser(ResponseSpecProvider):
    """Base class of all parsers.

    An instance serves all requests of all endpoints that list it, at the same
    time: keep no state of a request in it.
    """

    __slots__ = ()

    #: Media type that this parser reads, ``*`` matches anything.
    content_type: str

    @property
    def reads_plain_json(self) -> bool:
        """Tell whether this reads JSON (RFC 8259) and does nothing else.

        Serializers may then read bodies themselves. A subclass that changes
        how bodies are read must not claim it. Asked at import.
        """
        return False

    @abc.abstractmethod
    def parse(
        self,
        to_deserialize: Raw,
        deserializer_hook: DeserializeFunc | None = None,
        *,
        request: HttpRequest,
        model: Any,
    ) -> Any:
        """Return *to_deserialize* as Python primitives.

        An empty body is ``None``. *model* tells what the result will be
        validated against, most parsers do not need it.

        Raises:
            DataParsingError: the bytes are not of this format, nested too
                deep, or contain what the format does not allow.
        """

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Return no specs: components already describe unreadable bodies."""
        return []


class SupportsFileParsing:
    """Mark parsers that read files.

    They fill ``request.FILES`` and return nothing for them.
    """

    __slots__ = ()


class SupportsDjangoDefaultParsing:
    """Mark parsers that leave their work to Django.

    They fill ``request.POST`` and ``request.FILES`` and return ``None``, for
    the methods of the ``django_treat_as_post`` setting just as for POST.
    """

    __slots__ = ()


class JsonParser(Parser):
    """Parse JSON (RFC 8259) with the standard library.

    Another *json_module* can be given, see `JsonModule`.
    """

    __slots__ = ('_json_module', 'content_type')

    #: Version of the plugin contract that this class was written for.
    dmr_plugin_api: ClassVar[int] = 1

    def __init__(
        self,
        content_type: str = 'application/json',
        *,
        json_module: JsonModule = NativeJson,
    ) -> None:
        """Parse bodies of *content_type* with *json_module*."""
        self.content_type = content_type
        self._json_module = json_module

    @property
    @override
    def reads_plain_json(self) -> bool:
        """Tell whether the standard library does the work."""
        return type(self) is JsonParser and self._json_module is NativeJson

    @override
    def parse(
        self,
        to_deserialize: Raw,
        deserializer_hook: DeserializeFunc | None = None,
        *,
        request: HttpRequest,
        model: Any,
    ) -> Any:
        """Decode JSON bytes, an empty body is ``None``.

        Raises:
            DataParsingError: the body is not JSON, is nested too deep, or has
                numbers or characters that JSON does not allow.
        """
        if not to_deserialize:
            return None
        reject_deep_nesting(to_deserialize)
        try:
            parsed = self._json_module.loads(to_deserialize)
        except RecursionError as exc:
            raise too_deep() from exc
        except (ValueError, OverflowError) as exc:
            raise parsing_error(exc) from exc
        reject_lone_surrogates(to_deserialize, parsed)
        return parsed


class FormUrlEncodedParser(SupportsDjangoDefaultParsing, Parser):
    """Parse HTML forms (``application/x-www-form-urlencoded``)."""

    __slots__ = ()

    content_type = 'application/x-www-form-urlencoded'

    @override
    def parse(
        self,
        to_deserialize: Raw,
        deserializer_hook: DeserializeFunc | None = None,
        *,
        request: HttpRequest,
        model: Any,
    ) -> None:
        """Fill ``request.POST``, return nothing."""
        load_form(request)


class MultiPartParser(
    SupportsFileParsing,
    SupportsDjangoDefaultParsing,
    Parser,
):
    """Parse ``multipart/form-data`` (RFC 7578), files included."""

    __slots__ = ()

    content_type = 'multipart/form-data'

    @override
    def parse(
        self,
        to_deserialize: Raw,
        deserializer_hook: DeserializeFunc | None = None,
        *,
        request: HttpRequest,
        model: Any,
    ) -> None:
        """Fill ``request.POST`` and ``request.FILES``, return nothing."""
        load_form(request)


def parsing_error(exc: Exception) -> DataParsingError:
    """Return the error for a body that *exc* says is malformed."""
    if isinstance(exc, UnicodeError):
        return DataParsingError('Body is not valid UTF-8')
    return DataParsingError(quoted(str(exc)))
