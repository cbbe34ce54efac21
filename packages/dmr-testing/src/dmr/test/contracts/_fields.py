"""What serializers tell about models."""

from typing import Any

from dmr.test.contracts._calling import outcome
from dmr.test.contracts._running import Problems
from dmr.test.contracts._subjects import SerializerSubject
from dmr.test.contracts.samples import Box


def names(subject: SerializerSubject) -> Problems:
    """`field_names` gives the names of models with fields, only of those."""
    serializer = subject.serializer
    found = outcome(serializer.field_names, subject.point)
    expected = (
        frozenset(('x', 'label')) if subject.capabilities.field_names else None
    )
    if found.error is not None or found.returned != expected:
        yield (
            f'field_names of {subject.point}: expected {expected}, got {found}.'
        )
    without: tuple[Any, ...] = (dict[str, int], list[int], int, Any, object())
    for model in without:
        found = outcome(serializer.field_names, model)
        if found.error is not None or found.returned is not None:
            yield f'field_names of {model!r}: expected None, got {found}.'


def parameters(subject: SerializerSubject) -> Problems:
    """`type_parameters` gives the type variables that models still have."""
    for model in (subject.point, int, list):
        if not isinstance(model, type):
            continue
        found = outcome(subject.serializer.type_parameters, model)
        if found.error is not None or found.returned != ():
            yield f'type_parameters of {model!r}: expected (), got {found}.'


def floats(subject: SerializerSubject) -> Problems:
    """`takes_floats` misses no model that can have floats."""
    models: list[Any] = [
        Any,
        float,
        float | None,
        list[float],
        dict[str, list[float]],
    ]
    if subject.capabilities.dataclasses and subject.capabilities.generics:
        models += [Box[float], Box[list[Box[float]]]]
    for model in models:
        found = outcome(subject.serializer.takes_floats, model)
        if found.error is not None or found.returned is not True:
            yield f'takes_floats of {model}: expected True, got {found}.'
