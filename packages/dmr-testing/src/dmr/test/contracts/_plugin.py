"""What every plugin is, whatever it does."""

import inspect
import re
from collections.abc import Iterator
from typing import Any, Final

from dmr import discovery
from dmr.exceptions import (
    DataParsingError,
    DataRenderingError,
    RequestSerializationError,
    ValidationError,
)
from dmr.parsers import Parser
from dmr.renderers import Renderer
from dmr.serializer import (
    BaseEndpointOptimizer,
    BaseSchemaGenerator,
    BaseSerializer,
)
from dmr.test.contracts._calling import outcome, shown
from dmr.test.contracts._children import import_problems
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import (
    ParserSubject,
    RendererSubject,
    SchemaSubject,
    SerializerSubject,
)

#: What everything is, so that catching it would hide any fault.
_TOO_WIDE: Final = (BaseException, Exception)
#: What the framework raises and answers itself.
_TAKEN: Final = (
    DataParsingError,
    DataRenderingError,
    RequestSerializationError,
    ValidationError,
)
_MEDIA_TYPE: Final = re.compile(
    r'[\w!#$&^.+-]+/[\w!#$&^.+-]+(\s*;\s*[\w-]+=(\"[^\"]*\"|[^\s;\"]+))*',
    re.ASCII,
)
_SERIALIZER_PARTS: Final[dict[str, type[Any]]] = {
    'optimizer': BaseEndpointOptimizer,
    'schema_generator': BaseSchemaGenerator,
}


def serializer_class(subject: SerializerSubject) -> Problems:
    """It is a serializer, complete, with an error of its own."""
    serializer: Any = subject.serializer
    yield from _is_complete(serializer, BaseSerializer)
    error: object = getattr(serializer, 'validation_error', None)
    if not (isinstance(error, type) and issubclass(error, Exception)):
        yield (
            'expected `validation_error` to be a subclass of Exception, '
            f'got {shown(error)}.'
        )
    elif error in _TOO_WIDE or issubclass(error, _TAKEN):
        yield (
            'expected `validation_error` to be what only faults in data '
            f'raise, got {shown(error)}: other faults would be hidden.'
        )
    for attribute, base in _SERIALIZER_PARTS.items():
        part: object = getattr(serializer, attribute, None)
        yield from (
            f'`{attribute}`: {problem}' for problem in _is_complete(part, base)
        )


def schema_class(subject: SchemaSubject) -> Problems:
    """It is a schema generator, complete."""
    yield from _is_complete(subject.generator, BaseSchemaGenerator)


def parser_class(subject: ParserSubject) -> Problems:
    """It is made without arguments, and is a parser, complete."""
    yield from _is_made(subject.factory(), Parser)


def renderer_class(subject: RendererSubject) -> Problems:
    """It is made without arguments, and is a renderer, complete."""
    yield from _is_made(subject.factory(), Renderer)


def serializer_api(subject: SerializerSubject) -> Problems:
    """It says itself for which version of the contract it was written."""
    yield from _api(subject.serializer)


def format_api(subject: ParserSubject | RendererSubject) -> Problems:
    """It says itself for which version of the contract it was written."""
    yield from _api(type(subject.factory()))


def serializer_import(subject: SerializerSubject) -> Problems:
    """Importing it does nothing else: no settings, no threads, no output."""
    yield from import_problems(subject.serializer)


def format_import(subject: ParserSubject | RendererSubject) -> Problems:
    """Importing it does nothing else: no settings, no threads, no output."""
    yield from import_problems(subject.factory)


def serializer_entry_point(subject: SerializerSubject) -> Problems:
    """Its entry point is found by the name that you gave."""
    yield from _entry_point(
        discovery.SERIALIZERS,
        subject.plugin_name,
        subject.serializer,
    )


def parser_entry_point(subject: ParserSubject) -> Problems:
    """Its entry point is found by the name that you gave."""
    yield from _entry_point(
        discovery.PARSERS,
        subject.plugin_name,
        subject.factory,
    )


def renderer_entry_point(subject: RendererSubject) -> Problems:
    """Its entry point is found by the name that you gave."""
    yield from _entry_point(
        discovery.RENDERERS,
        subject.plugin_name,
        subject.factory,
    )


def parser_media_type(subject: ParserSubject) -> Problems:
    """It names the media type that it reads."""
    yield from _media_type(subject.factory())


def renderer_media_type(subject: RendererSubject) -> Problems:
    """It names the media type that it writes, which its parser reads."""
    renderer = subject.factory()
    yield from _media_type(renderer)
    parser = renderer.validation_parser
    if parser.content_type != renderer.content_type:
        yield (
            'expected `validation_parser` to be for '
            f'{renderer.content_type!r}, got {parser.content_type!r}.'
        )


def _media_type(plugin: Any) -> Iterator[str]:
    found: object = plugin.content_type
    if not isinstance(found, str) or not _MEDIA_TYPE.fullmatch(found):
        yield (
            "expected `content_type` to be a media type, as 'application/json'"
            f', got {shown(found)}.'
        )


def _api(cls: type[Any]) -> Iterator[str]:
    supported = sorted(discovery.SUPPORTED_PLUGIN_API)
    found = discovery.plugin_api(cls)
    if found is None:
        yield (
            f'expected `dmr_plugin_api = {supported[-1]}` in {cls!r} '
            'itself, since a base class cannot know, got none.'
        )
    elif type(found) is not int or found not in supported:
        yield f'expected one of {supported}, got {shown(found)}.'


def _entry_point(group: str, name: str | None, plugin: Any) -> Iterator[str]:
    if name is None:
        return  # only who names an entry point has one
    found = outcome(discovery.get, group, name)
    if found.error is not None or found.returned is not plugin:
        yield (
            f'loading {name!r} of {group}: expected {plugin!r}, got {found}. '
            'Install your package again after a change of its entry points.'
        )


def _is_made(made: object, base: type[Any]) -> Iterator[str]:
    if isinstance(made, base):
        yield from _is_complete(type(made), base)
    else:
        yield f'expected an instance of {base.__name__}, got {shown(made)}.'


def _is_complete(cls: object, base: type[Any]) -> Iterator[str]:
    if not (isinstance(cls, type) and issubclass(cls, base)):
        yield f'expected a subclass of {base.__name__}, got {shown(cls)}.'
        return
    for name in dir(base):
        found = inspect.getattr_static(cls, name)
        function = getattr(found, '__func__', getattr(found, 'fget', found))
        if getattr(function, '__isabstractmethod__', False):
            yield f'expected {base.__name__}.{name} to be written, it is not.'
