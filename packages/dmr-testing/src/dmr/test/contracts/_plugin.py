"""What every plugin is, whatever it does."""

import inspect
from collections.abc import Iterator
from typing import Any, Final

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
from dmr.test.contracts._calling import shown
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import (
    ParserSubject,
    RendererSubject,
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
    for attribute, base in _PARTS.items():
        part: object = getattr(serializer, attribute, None)
        yield from (
            f'`{attribute}`: {problem}' for problem in _is_complete(part, base)
        )


def parser_class(subject: ParserSubject) -> Problems:
    """It is made without arguments, and is a parser, complete."""
    yield from _is_made(subject.factory(), Parser)


def renderer_class(subject: RendererSubject) -> Problems:
    """It is made without arguments, and is a renderer, complete."""
    yield from _is_made(subject.factory(), Renderer)


_PARTS: Final[dict[str, type[Any]]] = {
    'optimizer': BaseEndpointOptimizer,
    'schema_generator': BaseSchemaGenerator,
}


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
        function = getattr(found, '__func__', found)
        if getattr(function, '__isabstractmethod__', False):
            yield f'expected {base.__name__}.{name} to be written, it is not.'
