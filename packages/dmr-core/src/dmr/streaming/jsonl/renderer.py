"""Render JSON Lines."""

from collections.abc import Callable
from typing import Any

from typing_extensions import override

from dmr.negotiation import ContentType
from dmr.renderers import Renderer
from dmr.serializer import BaseSerializer
from dmr.streaming.renderer import StreamingRenderer
from dmr.streaming.validation import StreamingValidator


class JsonLinesRenderer(StreamingRenderer):
    """Render each event as one line, ``None`` is ``null``."""

    __slots__ = ('content_type', 'sep')

    def __init__(
        self,
        serializer: type[BaseSerializer],
        regular_renderer: Renderer,
        streaming_validator_cls: type[StreamingValidator],
        *,
        sep: bytes = b'\n',
    ) -> None:
        """End each line with *sep*."""
        super().__init__(serializer, regular_renderer, streaming_validator_cls)
        self.content_type = str(ContentType.jsonl)
        self.sep = sep

    @override
    def render(
        self,
        to_serialize: Any,
        serializer_hook: Callable[[Any], Any],
    ) -> bytes:
        """Return one line.

        Raises:
            DataRenderingError: the data cannot be rendered.
        """
        line = self.render_data(to_serialize)
        if b'\n' in line or b'\r' in line:
            # In JSON these are never part of a text, they indent.
            line = line.replace(b'\r', b' ').replace(b'\n', b' ')
        return line + self.sep
