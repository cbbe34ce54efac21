"""Check a plugin, and get a report; no test runner is needed."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

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
from dmr.test.contracts.report import Report
from dmr.test.contracts.samples import (
    Example,
    Format,
    Nested,
    ParserFactory,
    Point,
    RendererFactory,
    Sample,
)

_NONE: Final[Mapping[str, str]] = {}
_ALL: Final = Capabilities()
_LIKE_JSON: Final = FormatCapabilities()


def check_serializer(
    serializer: type[BaseSerializer],
    *,
    capabilities: Capabilities = _ALL,
    plugin_name: str | None = None,
    formats: Sequence[Format] = (),
    point: Any = Point,
    examples: Sequence[Example] = (),
    expected_failures: Mapping[str, str] = _NONE,
) -> Report:
    """Check that *serializer* does what a serializer promises.

    *formats* are what it is tried with, by default the core's own JSON.
    *plugin_name* is the name of its entry point. *point* is a model of the
    fields ``x: int`` and ``label: str = 'none'``, for libraries that do not
    know dataclasses. *examples* are more of your models.
    *expected_failures* is check → why it fails.

    Raises:
        ValueError: an argument does not fit, or a check does not exist.
    """
    subject = SerializerSubject(
        serializer=serializer,
        capabilities=capabilities,
        plugin_name=plugin_name,
        formats=formats or JSON_ONLY,
        point=point,
        examples=examples,
    )
    return Suite(SERIALIZER_CHECKS, subject).report(expected_failures)


def check_schema_generator(
    schema_generator: type[BaseSchemaGenerator],
    *,
    capabilities: Capabilities = _ALL,
    point: Any = Point,
    examples: Sequence[Example] = (),
    expected_failures: Mapping[str, str] = _NONE,
) -> Report:
    """Check that *schema_generator* does what a schema generator promises.

    `check_serializer` does so too for the generator of a serializer.

    Raises:
        ValueError: an argument does not fit, or a check does not exist.
    """
    subject = SchemaSubject(
        generator=schema_generator,
        capabilities=capabilities,
        point=point,
        examples=examples,
    )
    return Suite(SCHEMA_CHECKS, subject).report(expected_failures)


def check_parser(
    parser: ParserFactory,
    *,
    capabilities: FormatCapabilities = _LIKE_JSON,
    plugin_name: str | None = None,
    samples: Sequence[Sample] = (),
    malformed: Sequence[bytes] = (),
    nested: Nested | None = None,
    expected_failures: Mapping[str, str] = _NONE,
) -> Report:
    """Check that what *parser* makes does what a parser promises.

    *parser* is called without arguments, as a class is. *samples* are bodies
    with what they mean, *malformed* are bodies that are none, *nested* writes
    a body that is nested so many levels deep. For JSON they are known, and
    yours are added.

    Raises:
        ValueError: an argument does not fit, or a check does not exist.
    """
    subject = ParserSubject(
        factory=parser,
        capabilities=capabilities,
        plugin_name=plugin_name,
        samples=samples,
        malformed=malformed,
        nested=nested,
    )
    return Suite(PARSER_CHECKS, subject).report(expected_failures)


def check_renderer(
    renderer: RendererFactory,
    *,
    capabilities: FormatCapabilities = _LIKE_JSON,
    plugin_name: str | None = None,
    expected_failures: Mapping[str, str] = _NONE,
) -> Report:
    """Check that what *renderer* makes does what a renderer promises.

    *renderer* is called without arguments, as a class is. What it writes is
    read with its own ``validation_parser``.

    Raises:
        ValueError: an argument does not fit, or a check does not exist.
    """
    subject = RendererSubject(
        factory=renderer,
        capabilities=capabilities,
        plugin_name=plugin_name,
    )
    return Suite(RENDERER_CHECKS, subject).report(expected_failures)
