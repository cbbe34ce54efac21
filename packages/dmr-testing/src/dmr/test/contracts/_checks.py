"""All checks, in the order in which they run. Their names never change."""

from collections.abc import Callable
from typing import Final

from dmr.test.contracts import (
    _errors,
    _fast,
    _fields,
    _hostile,
    _parsers,
    _plugin,
    _renderers,
    _requests,
    _schemas,
    _state,
    _strictness,
    _values,
)
from dmr.test.contracts._running import Check, Problems
from dmr.test.contracts._subjects import (
    ParserSubject,
    RendererSubject,
    SchemaSubject,
    SerializerSubject,
)
from dmr.test.contracts._types import TYPES, check_types

SCHEMA_CHECKS: Final[tuple[Check[SchemaSubject], ...]] = (
    Check(name='plugin.class', find=_plugin.schema_class),
    Check(name='schemas.exist', find=_schemas.exists),
    Check(name='schemas.form', find=_schemas.form),
    Check(name='schemas.names', find=_schemas.names),
    Check(name='schemas.requests', find=_schemas.requests),
    Check(name='schemas.fresh', find=_schemas.fresh),
)


def _of_generator(
    check: Callable[[SchemaSubject], Problems],
) -> Callable[[SerializerSubject], Problems]:
    """Return a check of the schema generator of a serializer."""

    def find(subject: SerializerSubject) -> Problems:
        return check(_schemas.schema_subject(subject))

    find.__doc__ = check.__doc__
    return find


SERIALIZER_CHECKS: Final[tuple[Check[SerializerSubject], ...]] = (
    Check(name='plugin.class', find=_plugin.serializer_class),
    Check(name='plugin.api', find=_plugin.serializer_api),
    Check(name='plugin.import', find=_plugin.serializer_import),
    Check(name='plugin.entry_point', find=_plugin.serializer_entry_point),
    Check(name='values.json', find=_values.json_values),
    Check(name='values.numbers', find=_values.numbers),
    Check(name='values.text', find=_values.text),
    Check(name='values.containers', find=_values.containers),
    Check(name='values.models', find=_values.models),
    Check(name='values.examples', find=_values.examples),
    Check(name='values.primitives', find=_values.primitives),
    Check(name='values.instances', find=_values.instances),
    Check(name='values.undeclared', find=_values.undeclared),
    Check(name='values.empty_body', find=_values.empty_body),
    Check(name='values.bytearrays', find=_values.kinds_of_bytes),
    *(
        Check(
            name=f'types.{flag.strip("_")}',
            find=check_types(flag, promise, values),
        )
        for flag, (promise, values) in TYPES.items()
    ),
    Check(name='errors.raised', find=_errors.raised),
    Check(name='errors.details', find=_errors.details),
    Check(name='errors.location', find=_errors.location),
    Check(name='errors.component', find=_errors.component),
    Check(name='errors.foreign', find=_errors.foreign),
    Check(name='errors.every_error', find=_errors.every_error),
    Check(name='errors.examples', find=_errors.examples),
    Check(name='strictness.strict', find=_strictness.strict),
    Check(name='strictness.lossless', find=_strictness.lossless),
    Check(name='strictness.coercion', find=_strictness.coercion),
    Check(name='fields.names', find=_fields.names),
    Check(name='fields.parameters', find=_fields.parameters),
    Check(name='fields.floats', find=_fields.floats),
    Check(name='fast.decoders', find=_fast.decoders),
    Check(name='fast.validators', find=_fast.validators),
    Check(name='fast.encoders', find=_fast.encoders),
    Check(name='fast.checked_encoders', find=_fast.checked_encoders),
    Check(name='fast.overrides', find=_fast.overrides),
    Check(name='requests.answers', find=_requests.answers),
    Check(name='requests.components', find=_requests.every_component),
    Check(name='requests.unreadable', find=_requests.unreadable),
    Check(name='requests.responses', find=_requests.wrong_responses),
    Check(name='requests.async', find=_requests.asynchronous),
    Check(name='hostile.malformed', find=_hostile.malformed),
    Check(name='hostile.numbers', find=_hostile.numbers),
    Check(name='hostile.text', find=_hostile.text),
    Check(name='hostile.depth', find=_hostile.depth),
    Check(name='hostile.size', find=_hostile.size),
    Check(name='hostile.unusual', find=_hostile.unusual),
    Check(name='hostile.values', find=_hostile.values),
    Check(name='hostile.responses', find=_hostile.responses),
    Check(name='state.inputs', find=_state.inputs),
    Check(name='state.results', find=_state.results),
    Check(name='state.errors', find=_state.errors),
    Check(name='state.defaults', find=_state.defaults),
    Check(name='state.models', find=_state.models),
    Check(name='state.threads', find=_state.threads),
    *(
        Check(name=check.name, find=_of_generator(check.find))
        for check in SCHEMA_CHECKS
        # With a serializer `schemas.accepted` knows it better.
        if check.name not in {'plugin.class', 'schemas.requests'}
    ),
    Check(name='schemas.accepted', find=_schemas.accepted),
    Check(name='schemas.produced', find=_schemas.produced),
)

PARSER_CHECKS: Final[tuple[Check[ParserSubject], ...]] = (
    Check(name='plugin.class', find=_plugin.parser_class),
    Check(name='plugin.api', find=_plugin.format_api),
    Check(name='plugin.import', find=_plugin.format_import),
    Check(name='plugin.entry_point', find=_plugin.parser_entry_point),
    Check(name='plugin.media_type', find=_plugin.parser_media_type),
    Check(name='values.samples', find=_parsers.samples),
    Check(name='values.empty_body', find=_parsers.empty_body),
    Check(name='requests.answers', find=_parsers.answers),
    Check(name='requests.unreadable', find=_parsers.unreadable),
    Check(name='hostile.malformed', find=_parsers.malformed),
    Check(name='hostile.mutations', find=_parsers.mutations),
    Check(name='hostile.numbers', find=_parsers.numbers),
    Check(name='hostile.text', find=_parsers.text),
    Check(name='hostile.depth', find=_parsers.depth),
    Check(name='hostile.unusual', find=_parsers.unusual),
    Check(name='state.results', find=_parsers.results),
    Check(name='state.threads', find=_parsers.threads),
)

RENDERER_CHECKS: Final[tuple[Check[RendererSubject], ...]] = (
    Check(name='plugin.class', find=_plugin.renderer_class),
    Check(name='plugin.api', find=_plugin.format_api),
    Check(name='plugin.import', find=_plugin.format_import),
    Check(name='plugin.entry_point', find=_plugin.renderer_entry_point),
    Check(name='plugin.media_type', find=_plugin.renderer_media_type),
    Check(name='values.json', find=_renderers.plain_data),
    Check(name='values.numbers', find=_renderers.numbers),
    Check(name='values.text', find=_renderers.text),
    Check(name='values.bytes', find=_renderers.binary),
    Check(name='values.standard_types', find=_renderers.standard_types),
    Check(name='values.same_bytes', find=_renderers.same_bytes),
    Check(name='hooks.unknown', find=_renderers.hook),
    Check(name='hooks.again', find=_renderers.nested_hook),
    Check(name='requests.answers', find=_renderers.answers),
    Check(name='hostile.impossible', find=_renderers.impossible),
    Check(name='hostile.depth', find=_renderers.depth),
    Check(name='state.inputs', find=_renderers.inputs),
    Check(name='state.threads', find=_renderers.threads),
)
