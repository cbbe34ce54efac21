"""All checks, in the order in which they run. Their names never change."""

from typing import Final

from dmr.test.contracts import _plugin, _values
from dmr.test.contracts._running import Check
from dmr.test.contracts._subjects import (
    ParserSubject,
    RendererSubject,
    SchemaSubject,
    SerializerSubject,
)

SERIALIZER_CHECKS: Final[tuple[Check[SerializerSubject], ...]] = (
    Check(name='plugin.class', find=_plugin.serializer_class),
    Check(name='values.json', find=_values.json_values),
    Check(name='values.containers', find=_values.containers),
)

SCHEMA_CHECKS: Final[tuple[Check[SchemaSubject], ...]] = ()

PARSER_CHECKS: Final[tuple[Check[ParserSubject], ...]] = (
    Check(name='plugin.class', find=_plugin.parser_class),
)

RENDERER_CHECKS: Final[tuple[Check[RendererSubject], ...]] = (
    Check(name='plugin.class', find=_plugin.renderer_class),
)
