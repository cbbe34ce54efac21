"""Choose parsers and renderers by what the client sends and accepts."""

from dmr.internal.request_state import request_parser as request_parser
from dmr.internal.request_state import request_renderer as request_renderer
from dmr.negotiation.content_types import ConditionalType as ConditionalType
from dmr.negotiation.content_types import ContentType as ContentType
from dmr.negotiation.content_types import accepts as accepts
from dmr.negotiation.content_types import conditional_type as conditional_type
from dmr.negotiation.content_types import (
    get_conditional_types as get_conditional_types,
)
from dmr.negotiation.request import RequestNegotiator as RequestNegotiator
from dmr.negotiation.response import ResponseNegotiator as ResponseNegotiator
