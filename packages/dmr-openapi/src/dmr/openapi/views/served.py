"""A document that is served: built once, then only sent."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final, TypeAlias

from dmr.openapi.objects import OpenAPI

#: A document, or what builds it when it is asked for first.
DocumentSource: TypeAlias = OpenAPI | Callable[[], OpenAPI]

#: Servers rarely have more than one script prefix.
_MAX_PREFIXES: Final = 16


@dataclass(frozen=True, slots=True)
class ServedBody:
    """Bytes to send, with what tells caches whether they have changed."""

    content: bytes
    etag: str


class ServedDocument:
    """One document in every form that a view sends, each made once.

    A form depends on the script prefix alone, which the server sets.
    """

    def __init__(
        self,
        source: DocumentSource,
        *,
        skip_validation: bool = False,
    ) -> None:
        self.skip_validation = skip_validation
        self._source = source
        self._lock = Lock()
        self._bodies: dict[str, ServedBody] = {}
        self._converted: dict[str, dict[str, Any]] = {}

    @property
    def source(self) -> DocumentSource:
        """Return what was given: a document, or what builds it."""
        return self._source

    @property
    def openapi(self) -> OpenAPI:
        """Return the document, which is built on first use."""
        with self._lock:
            if not isinstance(self._source, OpenAPI):
                self._source = self._source()
            return self._source

    def convert(self, script_prefix: str) -> dict[str, Any]:
        """Return the document as JSON values.

        Paths are relative to *script_prefix*; it becomes the server, unless
        the configuration names servers.
        """
        converted = self.openapi.convert()
        prefix = script_prefix.rstrip('/')
        if prefix and not converted.get('servers'):
            converted['servers'] = [{'url': prefix}]
        return converted

    def converted(self, script_prefix: str) -> dict[str, Any]:
        """Return the same as `convert`, remembered. Do not edit it."""
        converted = self._converted.get(script_prefix)
        if converted is None:
            converted = self.convert(script_prefix)
            if len(self._converted) < _MAX_PREFIXES:
                self._converted[script_prefix] = converted
        return converted

    def body(
        self,
        script_prefix: str,
        write: Callable[[dict[str, Any]], bytes],
    ) -> ServedBody:
        """Return what *write* makes of the document, remembered.

        *write* must be the same function on each call.
        """
        body = self._bodies.get(script_prefix)
        if body is None:
            content = write(self.convert(script_prefix))
            digest = hashlib.sha256(content).hexdigest()
            body = ServedBody(content=content, etag=f'"{digest[:32]}"')
            if len(self._bodies) < _MAX_PREFIXES:
                self._bodies[script_prefix] = body
        return body
