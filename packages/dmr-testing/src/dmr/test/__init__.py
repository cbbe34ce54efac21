"""Test clients and request factories that speak JSON by default.

They work like those of `django.test`, and send ``application/json`` instead of
forms when nothing else is asked for. `dmr.test.contracts` is for authors of
plugins.
"""

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
