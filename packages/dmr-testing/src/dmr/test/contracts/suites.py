"""The checks as classes of tests for pytest, one test for each check.

Pytest is not imported here: it finds what it needs by names.
"""

import abc
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from dmr.serializer import BaseSchemaGenerator, BaseSerializer
from dmr.test.contracts._checks import (
    PARSER_CHECKS,
    RENDERER_CHECKS,
    SCHEMA_CHECKS,
    SERIALIZER_CHECKS,
)
from dmr.test.contracts._running import Suite
from dmr.test.contracts._subjects import (
    JSON_ONLY,
    ParserSubject,
    RendererSubject,
    SchemaSubject,
    SerializerSubject,
)
from dmr.test.contracts.capabilities import Capabilities, FormatCapabilities
from dmr.test.contracts.report import Status
from dmr.test.contracts.samples import (
    Example,
    Format,
    Nested,
    ParserFactory,
    Point,
    RendererFactory,
    Sample,
)


class _Metafunc(Protocol):
    """What pytest gives to who makes tests."""

    def parametrize(
        self,
        argnames: str,
        argvalues: Sequence[str],
        *,
        ids: Sequence[str],
    ) -> object:
        """Make one test for each value."""


class _Contract:
    """Makes one test for each check."""

    #: Check → why it fails. It has to fail as long as it stands here.
    expected_failures: ClassVar[Mapping[str, str]] = {}

    @classmethod
    @abc.abstractmethod
    def suite(cls) -> Suite[Any]:
        """Return what is checked with what."""

    def pytest_generate_tests(self, metafunc: _Metafunc) -> None:
        """Make one test for each check, called by pytest."""
        suite = self.suite()
        suite.require_known(self.expected_failures)
        metafunc.parametrize(
            'check',
            suite.names,
            ids=[
                f'{name} (expected to fail)'
                if name in self.expected_failures
                else name
                for name in suite.names
            ],
        )

    def test_contract(self, check: str) -> None:
        """Run one check of the contract."""
        result = self.suite().run(check, self.expected_failures)

        assert result.status is not Status.failed, str(result)


class SerializerContract(_Contract):
    """What a serializer promises; derive from it to test yours.

    The attributes are the arguments of
    `dmr.test.contracts.check_serializer`.
    """

    serializer: ClassVar[type[BaseSerializer]]
    capabilities: ClassVar[Capabilities] = Capabilities()
    plugin_name: ClassVar[str | None] = None
    formats: ClassVar[Sequence[Format]] = ()
    point: ClassVar[Any] = Point
    examples: ClassVar[Sequence[Example]] = ()

    @classmethod
    def suite(cls) -> Suite[Any]:
        """Return what is checked with what."""
        subject = SerializerSubject(
            serializer=cls.serializer,
            capabilities=cls.capabilities,
            plugin_name=cls.plugin_name,
            formats=cls.formats or JSON_ONLY,
            point=cls.point,
            examples=cls.examples,
        )
        return Suite(SERIALIZER_CHECKS, subject)


class SchemaGeneratorContract(_Contract):
    """What a schema generator promises; derive from it to test yours.

    The attributes are the arguments of
    `dmr.test.contracts.check_schema_generator`.
    """

    schema_generator: ClassVar[type[BaseSchemaGenerator]]
    capabilities: ClassVar[Capabilities] = Capabilities()
    point: ClassVar[Any] = Point
    examples: ClassVar[Sequence[Example]] = ()

    @classmethod
    def suite(cls) -> Suite[Any]:
        """Return what is checked with what."""
        subject = SchemaSubject(
            generator=cls.schema_generator,
            capabilities=cls.capabilities,
            point=cls.point,
            examples=cls.examples,
        )
        return Suite(SCHEMA_CHECKS, subject)


class ParserContract(_Contract):
    """What a parser promises; derive from it to test yours.

    The attributes are the arguments of `dmr.test.contracts.check_parser`.
    """

    parser: ClassVar[ParserFactory]
    capabilities: ClassVar[FormatCapabilities] = FormatCapabilities()
    plugin_name: ClassVar[str | None] = None
    samples: ClassVar[Sequence[Sample]] = ()
    malformed: ClassVar[Sequence[bytes]] = ()
    nested: ClassVar[Nested | None] = None

    @classmethod
    def suite(cls) -> Suite[Any]:
        """Return what is checked with what."""
        subject = ParserSubject(
            factory=cls.parser,
            capabilities=cls.capabilities,
            plugin_name=cls.plugin_name,
            samples=cls.samples,
            malformed=cls.malformed,
            nested=cls.nested,
        )
        return Suite(PARSER_CHECKS, subject)


class RendererContract(_Contract):
    """What a renderer promises; derive from it to test yours.

    The attributes are the arguments of `dmr.test.contracts.check_renderer`.
    """

    renderer: ClassVar[RendererFactory]
    capabilities: ClassVar[FormatCapabilities] = FormatCapabilities()
    plugin_name: ClassVar[str | None] = None

    @classmethod
    def suite(cls) -> Suite[Any]:
        """Return what is checked with what."""
        subject = RendererSubject(
            factory=cls.renderer,
            capabilities=cls.capabilities,
            plugin_name=cls.plugin_name,
        )
        return Suite(RENDERER_CHECKS, subject)
