"""Turn what cattrs raises into error details with places.

In its detailed mode cattrs collects all errors in a tree of exception groups.
Each exception has a note that tells its place in the group around it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    CattrsError,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)

from dmr.errors import ErrorDetail, ErrorType, quoted

#: Type → what clients call it.
_NAMES: Final[Mapping[type[Any], str]] = {
    type(None): 'null',
    dict: 'object',
    list: 'array',
    tuple: 'array',
}


class CattrsValidationError(Exception):
    """Raised when data do not fit a model; *details* says where and why."""

    def __init__(self, details: Iterable[ErrorDetail]) -> None:
        self.details = list(details)
        super().__init__('; '.join(one['msg'] for one in self.details))


class MismatchError(ValueError):
    """Raised when a value is not of the type that a model asks for."""


def mismatch(expected: str, given: object) -> MismatchError:
    """Return the error for *given*, where *expected* is asked for."""
    return MismatchError(f'Expected `{expected}`, got `{type_name(given)}`')


def type_name(given: object) -> str:
    """Return what clients call the type of *given*."""
    kind = type(given)
    return _NAMES.get(kind, kind.__name__)


def error_details(
    exc: Exception,
    renamed: Mapping[type[Any], Mapping[str, str]],
    place: tuple[str, ...] = (),
) -> Iterator[ErrorDetail]:
    """Return one detail for each error in the tree of *exc*.

    *renamed* is class → attribute → the name that clients use for it.

    Raises:
        Exception: *exc* has something in it that is not about data, which is
            raised as it is.
    """
    if isinstance(exc, BaseValidationError):
        names = renamed.get(exc.cl, {})
        for inner in exc.exceptions:
            steps = _steps(inner, names)
            yield from error_details(inner, renamed, (*place, *steps))
    elif isinstance(exc, ForbiddenExtraKeysError):
        for name in sorted(exc.extra_fields):
            yield _detail('Unexpected field', (*place, quoted(name)))
    elif is_missing_field(exc):
        yield _detail('Field is required', place)
    elif isinstance(exc, MismatchError):
        yield _detail(str(exc), place)
    elif isinstance(exc, RecursionError):
        yield _detail('Nested too deep', place)
    elif isinstance(exc, ValueError | TypeError | CattrsError):
        # Validators of users and of attrs put more into the arguments.
        message = str(exc.args[0]) if exc.args else type(exc).__name__
        yield _detail(quoted(message), place)
    else:
        raise exc


def is_missing_field(exc: BaseException) -> bool:
    """Tell whether *exc* is the look-up of a field that is not there.

    Such an error comes from the generated function itself, others come from
    something that it calls.
    """
    trace = exc.__traceback__
    return isinstance(exc, KeyError) and (trace is None or not trace.tb_next)


def _steps(exc: BaseException, names: Mapping[str, str]) -> tuple[str, ...]:
    notes: list[object] = getattr(exc, '__notes__', [])
    for note in reversed(notes):
        if isinstance(note, AttributeValidationNote):
            return (names.get(note.name, note.name),)
        if isinstance(note, IterableValidationNote):
            return (quoted(str(note.index)),)
    return ()


def _detail(message: str, place: tuple[str, ...]) -> ErrorDetail:
    return {
        'msg': message,
        'loc': list(place),
        'type': str(ErrorType.value_error),
    }
