"""The exception with which producers of events end a stream."""

from typing import final


@final
class StreamingCloseError(Exception):
    """Raised by the producer of events to end the stream, without an error.

    The client sees a stream that is complete.
    """
