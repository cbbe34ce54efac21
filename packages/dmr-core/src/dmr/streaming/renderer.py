"""Render the events of a stream, one at a time."""

from typing import Any, ClassVar

from typing_extensions import override

from dmr.parsers import Parser
from dmr.renderers import Renderer
from dmr.serializer import BaseSerializer, Encoder
from dmr.streaming.validation import StreamingValidator


class StreamingRenderer(Renderer):
    """Base class of all renderers of events.

    `render` gets one event and returns its bytes, separators included. Data
    inside of an event go through *regular_renderer*, with `render_data`.
    """

    __slots__ = (
        'regular_renderer',
        'render_data',
        'serializer',
        'streaming_validator_cls',
    )

    streaming: ClassVar[bool] = True

    def __init__(
        self,
        serializer: type[BaseSerializer],
        regular_renderer: Renderer,
        streaming_validator_cls: type[StreamingValidator],
    ) -> None:
        """Render for controllers with *serializer*."""
        self.serializer = serializer
        self.regular_renderer = regular_renderer
        self.streaming_validator_cls = streaming_validator_cls
        #: Returns data in the format of the regular renderer.
        self.render_data: Encoder = serializer.compile_encoder(
            regular_renderer,
            Any,
        )

    @property
    @override
    def validation_parser(self) -> Parser:
        """Refuse: events are validated before they are rendered.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError('Streams are not parsed')
