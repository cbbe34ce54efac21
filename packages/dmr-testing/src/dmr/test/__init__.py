"""Clients and factories that speak JSON by default, and helpers for tests.

Clients and factories work like those of `django.test`, and send
``application/json`` instead of forms when nothing else is asked for. Helpers
that need other libraries are in modules of their own: `.payloads`, `.jwt` and
`.schemathesis`. `dmr.test.contracts` is for authors of plugins.
"""

from dmr.test.auth import api_key_headers as api_key_headers
from dmr.test.auth import authenticate_request as authenticate_request
from dmr.test.auth import basic_auth_headers as basic_auth_headers
from dmr.test.auth import disabled_auth as disabled_auth
from dmr.test.auth import token_headers as token_headers
from dmr.test.auth import token_headers_async as token_headers_async
from dmr.test.client import DMRAsyncClient as DMRAsyncClient
from dmr.test.client import DMRClient as DMRClient
from dmr.test.contracts import Capabilities as Capabilities
from dmr.test.contracts import FormatCapabilities as FormatCapabilities
from dmr.test.contracts import ParserContract as ParserContract
from dmr.test.contracts import RendererContract as RendererContract
from dmr.test.contracts import (
    SchemaGeneratorContract as SchemaGeneratorContract,
)
from dmr.test.contracts import SerializerContract as SerializerContract
from dmr.test.contracts import check_parser as check_parser
from dmr.test.contracts import check_renderer as check_renderer
from dmr.test.contracts import check_schema_generator as check_schema_generator
from dmr.test.contracts import check_serializer as check_serializer
from dmr.test.factory import DMRAsyncRequestFactory as DMRAsyncRequestFactory
from dmr.test.factory import DMRRequestFactory as DMRRequestFactory
from dmr.test.queries import max_queries as max_queries
from dmr.test.responses import assert_response as assert_response
from dmr.test.settings import override_dmr_settings as override_dmr_settings
from dmr.test.streaming import ReceivedEvent as ReceivedEvent
from dmr.test.streaming import open_json_lines as open_json_lines
from dmr.test.streaming import open_sse as open_sse
from dmr.test.streaming import read_json_lines as read_json_lines
from dmr.test.streaming import read_json_lines_async as read_json_lines_async
from dmr.test.streaming import read_sse as read_sse
from dmr.test.streaming import read_sse_async as read_sse_async
from dmr.test.throttling import (
    assert_async_throttling as assert_async_throttling,
)
from dmr.test.throttling import assert_throttled as assert_throttled
from dmr.test.throttling import assert_throttling as assert_throttling
from dmr.test.throttling import disabled_throttling as disabled_throttling
from dmr.test.throttling import reduced_throttling as reduced_throttling
