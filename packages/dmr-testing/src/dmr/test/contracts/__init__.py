"""Prove that a plugin does what the contract says.

Either as tests: derive a class from `SerializerContract`, `ParserContract`,
`RendererContract` or `SchemaGeneratorContract`. Or by a call of
`check_serializer` and its siblings, which return a `Report`.
"""

from dmr.test.contracts.capabilities import Capabilities as Capabilities
from dmr.test.contracts.capabilities import (
    FormatCapabilities as FormatCapabilities,
)
from dmr.test.contracts.checking import check_parser as check_parser
from dmr.test.contracts.checking import check_renderer as check_renderer
from dmr.test.contracts.checking import (
    check_schema_generator as check_schema_generator,
)
from dmr.test.contracts.checking import check_serializer as check_serializer
from dmr.test.contracts.report import CheckResult as CheckResult
from dmr.test.contracts.report import Report as Report
from dmr.test.contracts.report import Status as Status
from dmr.test.contracts.samples import Example as Example
from dmr.test.contracts.samples import Format as Format
from dmr.test.contracts.samples import Point as Point
from dmr.test.contracts.samples import Sample as Sample
from dmr.test.contracts.samples import Wrong as Wrong
from dmr.test.contracts.suites import ParserContract as ParserContract
from dmr.test.contracts.suites import RendererContract as RendererContract
from dmr.test.contracts.suites import (
    SchemaGeneratorContract as SchemaGeneratorContract,
)
from dmr.test.contracts.suites import SerializerContract as SerializerContract
