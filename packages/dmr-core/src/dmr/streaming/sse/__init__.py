"""Server-Sent Events: ``text/event-stream`` of the HTML standard."""

from dmr.streaming.sse.controller import SSEController as SSEController
from dmr.streaming.sse.metadata import SSE as SSE
from dmr.streaming.sse.metadata import SSEvent as SSEvent
from dmr.streaming.sse.resuming import last_event_id as last_event_id
