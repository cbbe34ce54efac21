"""Schemas say what is accepted and what is produced."""

import datetime as dt
import json
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, Literal, cast

from dmr.test.contracts._calling import (
    Outcome,
    dict_of,
    list_of,
    outcome,
    shown,
    validated,
)
from dmr.test.contracts._jsonschema import Schema
from dmr.test.contracts._running import Problems
from dmr.test.contracts._state import spoil
from dmr.test.contracts._subjects import SchemaSubject, SerializerSubject
from dmr.test.contracts._values import written_and_read
from dmr.test.contracts.samples import (
    Box,
    Color,
    Format,
    Line,
    PointDict,
    PointTuple,
    Tree,
)

_TEMPLATE: Final = '#/somewhere/{model}.schema'
_PREFIX, _SUFFIX = _TEMPLATE.split('{model}')
_POINT: Final = {'x': 1, 'label': 'a'}


def form(subject: SchemaSubject) -> Problems:
    """A schema is plain data, its references lead to its definitions."""
    for model, _fitting, _wrong in _models(subject):
        for used_for_response in (False, True):
            found = _get(subject, model, used_for_response=used_for_response)
            if found.error is None and found.returned is None:
                continue  # there is no schema for this model
            problem = outcome(_flaw, found)
            if problem.error is not None or problem.returned is not None:
                yield f'the schema of {model}: {problem.returned or problem}'


def exists(subject: SchemaSubject) -> Problems:
    """There is a schema of models, unless it is declared that there is none."""
    for model, _fitting, _wrong in _models(subject)[:3]:
        found = _get(subject, model)
        if subject.capabilities.schemas:
            if found.error is not None or found.returned is None:
                yield f'the schema of {model}: expected one, got {found}.'
        elif found.error is not None or found.returned is not None:
            yield (
                f'the schema of {model}: expected None, since schemas are '
                f'declared absent, got {found}.'
            )


def requests(subject: SchemaSubject) -> Problems:
    """What fits a model fits its schema, what does not fit does not."""
    for model, fitting, wrong in _models(subject):
        found = _get(subject, model)
        if found.error is not None or found.returned is None:
            continue  # `schemas.exist` tells
        schema, definitions = found.returned
        reader = Schema(definitions, _PREFIX, _SUFFIX)
        for expected, bodies in ((True, fitting), (False, wrong)):
            for body in bodies:
                accepted = outcome(reader.accepts, schema, body)
                if accepted.returned is not expected:
                    yield (
                        f'{shown(body)} by the schema of {model}, '
                        f'{shown(schema)}: expected '
                        f'{"valid" if expected else "invalid"}, got '
                        f'{accepted}.'
                    )


def names(subject: SchemaSubject) -> Problems:
    """Models have the names of their classes, other types may have none."""
    if not subject.capabilities.schemas:
        return
    for model, _fitting, _wrong in _models(subject):
        found = outcome(subject.generator.schema_name, model)
        is_named = found.returned is None or (
            isinstance(found.returned, str) and found.returned
        )
        if found.error is not None or not is_named:
            yield (
                f'schema_name of {model}: expected text or None, got {found}.'
            )
    name = outcome(subject.generator.schema_name, subject.point)
    if name.error is None and name.returned is None:
        yield f'schema_name of {subject.point}: expected text, got None.'


def fresh(subject: SchemaSubject) -> Problems:
    """A schema belongs to its caller, who may change it."""
    for model, _fitting, _wrong in _models(subject):
        first = _get(subject, model)
        if first.error is not None or first.returned is None:
            continue
        expected = json.dumps(first.returned)
        spoil(first.returned[0])
        spoil(first.returned[1])
        again = _get(subject, model)
        if json.dumps(again.returned) != expected:
            yield (
                f'the schema of {model} again, after the first was changed: '
                f'expected {expected}, got {again}.'
            )


def accepted(subject: SerializerSubject) -> Problems:
    """What the schema of a request allows is accepted, and nothing else."""
    described = schema_subject(subject)
    bodies = [
        body
        for _model, fitting, wrong in _models(described)
        for body in (*fitting, *wrong)
    ]
    for model, fitting, _wrong in _models(described):
        found = _get(described, model)
        if found.error is not None or found.returned is None:
            continue  # `schemas.exist` tells
        schema, definitions = found.returned
        reader = Schema(definitions, _PREFIX, _SUFFIX)
        for body in fitting:
            if outcome(reader.accepts, schema, body).returned is not True:
                yield (
                    f'{shown(body)} fits {model}: expected it to be valid by '
                    f'its schema, {shown(schema)}, it is not.'
                )
        # What a format allows is not known here.
        for body in bodies if model not in _FORMATTED else ():
            if outcome(reader.accepts, schema, body).returned is not True:
                continue
            taken = validated(subject.serializer, model, body)
            if taken.error is not None:
                yield (
                    f'{shown(body)} is valid by the schema of {model}: '
                    f'expected it to be accepted, got {taken}.'
                )


def produced(subject: SerializerSubject) -> Problems:
    """What is written is what the schema of the response says."""
    described = schema_subject(subject)
    one = Format()
    if not subject.serializer.is_supported(one.parser):
        return  # schemas are about JSON
    for model, fitting, _wrong in _models(described):
        found = _get(described, model, used_for_response=True)
        if found.error is not None or found.returned is None:
            continue  # `schemas.exist` tells
        schema, definitions = found.returned
        reader = Schema(definitions, _PREFIX, _SUFFIX)
        for body in fitting:
            made = validated(subject.serializer, model, body)
            if made.error is not None:
                continue  # other checks tell
            written = written_and_read(subject, one, model, made.returned)
            if written.error is not None:
                continue  # other checks tell
            fits = outcome(reader.accepts, schema, written.returned)
            if fits.returned is not True:
                yield (
                    f'a {model} is written as {written}: expected it to fit '
                    f'the schema of the response, {shown(schema)}, got '
                    f'{fits}.'
                )


def schema_subject(subject: SerializerSubject) -> SchemaSubject:
    """Return the generator of a serializer, to be checked."""
    return SchemaSubject(
        generator=subject.serializer.schema_generator,
        capabilities=subject.capabilities,
        point=subject.point,
        examples=subject.examples,
    )


_Row = tuple[Any, tuple[Any, ...], tuple[Any, ...]]
_WRONG_POINTS: Final[tuple[Any, ...]] = (
    None,
    1,
    'a',
    [],
    {},
    {'label': 'a'},
    {'x': []},
)
_ROWS: Final[tuple[_Row, ...]] = (
    (int, (1, -1), ('a', None, [], {}, 1.5)),
    (str, ('a', ''), ([], {}, None)),
    (list[int], ([], [1, 2]), ({}, None, ['a'], [None])),
    (dict[str, int], ({}, {'a': 1}), ([], None, {'a': 'b'})),
    (int | None, (1, None), ('a', [], {})),
)
_TYPED_ROWS: Final[dict[str, tuple[_Row, ...]]] = {
    'dataclasses': (
        (
            Line,
            ({'start': _POINT, 'stops': [_POINT], 'named': {'a': _POINT}},),
            (None, {}, {'start': _POINT, 'stops': [{}], 'named': {}}),
        ),
    ),
    'typed_dicts': ((PointDict, ({'x': 1}, _POINT), _WRONG_POINTS),),
    'named_tuples': ((PointTuple, ([1, 'a'],), (None, 1, 'a', ['a', 'b'])),),
    'unions': ((int | str, (1, 'a'), (None, [], {})),),
    'literals': ((Literal['a', 'b'], ('a', 'b'), ('c', 1, None)),),
    'tuples': ((tuple[int, str], ([1, 'a'],), (None, ['a', 'b'], {})),),
    'sets': ((set[int], ([], [1]), (None, ['a'], 1)),),
    'enums': ((Color, ('red', 'blue'), ('green', 1, None)),),
}
_FORMATTED_ROWS: Final[dict[str, tuple[_Row, ...]]] = {
    'dates': (
        (dt.date, ('2020-01-02',), (None, [], {})),
        (dt.datetime, ('2020-01-02T03:04:05Z',), (None, [], {})),
    ),
    'decimals': ((Decimal, ('1.10',), (None, [], {})),),
    'uuids': ((uuid.UUID, (str(uuid.UUID(int=1)),), (None, [], 1)),),
}


_FORMATTED: Final = frozenset(
    model for rows in _FORMATTED_ROWS.values() for model, *_ in rows
)


def _models(subject: SchemaSubject) -> list[_Row]:
    """Return model, bodies that fit it, and bodies that do not."""
    capabilities = subject.capabilities
    point = subject.point
    rows: list[_Row] = [
        (point, (_POINT,), _WRONG_POINTS),
        (list_of(point), ([], [_POINT]), (None, {}, [{}], [1])),
        (dict_of(point), ({}, {'a': _POINT}), (None, [], {'a': {}})),
        *_ROWS,
    ]
    for table in (_TYPED_ROWS, _FORMATTED_ROWS):
        for flag, found in table.items():
            if getattr(capabilities, flag):
                rows += found
    if capabilities.dataclasses and capabilities.generics:
        rows.append((Box[int], ({'item': 1},), ({}, {'item': 'a'}, None)))
    if capabilities.dataclasses and capabilities.recursion:
        leaf: dict[str, Any] = {'name': 'a', 'children': []}
        tree: dict[str, Any] = {'name': 'b', 'children': [leaf]}
        rows.append((Tree, (leaf, tree), (None, {}, {'name': 'a'})))
    return rows + [
        (
            example.model,
            (example.body,),
            tuple(wrong.body for wrong in example.wrong if wrong.in_schema),
        )
        for example in subject.examples
    ]


def _get(
    subject: SchemaSubject,
    model: Any,
    *,
    used_for_response: bool = False,
) -> Outcome:
    return outcome(
        subject.generator.get_schema,
        model,
        _TEMPLATE,
        used_for_response=used_for_response,
    )


def _flaw(found: Outcome) -> str | None:
    if found.error is not None:
        return f'expected one, or None, got {found}.'
    both: Any = found.returned
    kinds: list[Any] = []
    if type(both) is tuple:
        kinds += map(type, cast('tuple[Any, ...]', both))
    if kinds != [dict, dict]:
        return f'expected schema and definitions, as dicts, got {found}.'
    json.dumps(both)
    definitions = cast('dict[str, Any]', both[1])
    for reference in _references([*both]):
        name = str(reference).removeprefix(_PREFIX).removesuffix(_SUFFIX)
        if reference != _TEMPLATE.format(model=name) or (
            name not in definitions
        ):
            return (
                f'expected a reference like {_TEMPLATE!r} to one of '
                f'{sorted(definitions)}, got {reference!r}.'
            )
    return None


def _references(anything: Any) -> Iterator[Any]:
    if isinstance(anything, dict):
        for key, inner in cast('dict[Any, Any]', anything).items():
            if key == '$ref':
                yield inner
            else:
                yield from _references(inner)
    elif isinstance(anything, list):
        for inner in cast('list[Any]', anything):
            yield from _references(inner)
