"""Answers that are sent piece by piece, while events happen."""

from dmr.streaming.controller import StreamingController as StreamingController
from dmr.streaming.exceptions import StreamingCloseError as StreamingCloseError
from dmr.streaming.metadata import (
    streaming_response_spec as streaming_response_spec,
)
from dmr.streaming.stream import StreamingResponse as StreamingResponse
