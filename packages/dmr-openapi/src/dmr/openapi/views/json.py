"""Serve the document as JSON."""

from typing import Any, ClassVar

from typing_extensions import override

from dmr.openapi.dump import json_dump
from dmr.openapi.views.base import DocumentView


class OpenAPIJsonView(DocumentView):
    """The document as compact JSON."""

    content_type: ClassVar[str] = 'application/json'

    @override
    @classmethod
    def write(cls, converted: dict[str, Any]) -> bytes:
        """Return the document as JSON."""
        return json_dump(converted).encode()
