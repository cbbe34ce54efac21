"""JSON Lines: one JSON document per line, ``application/jsonl``."""

from dmr.streaming.jsonl.controller import (
    JsonLinesController as JsonLinesController,
)
from dmr.types import Json as Json
