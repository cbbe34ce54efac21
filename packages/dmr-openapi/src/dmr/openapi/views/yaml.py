"""Serve the document as YAML; needs pyyaml."""

from typing import Any, ClassVar

from typing_extensions import override

from dmr.openapi.views.base import DocumentView
from dmr.openapi.yaml_dump import yaml_dump


class OpenAPIYamlView(DocumentView):
    """The document as YAML, keys sorted."""

    content_type: ClassVar[str] = 'application/yaml'

    @override
    @classmethod
    def write(cls, converted: dict[str, Any]) -> bytes:
        """Return the document as YAML."""
        return yaml_dump(converted).encode()
