"""Schemas of msgspec."""

from typing import Any, Generic, TypeVar

import msgspec
import pytest
from django.db import models

from dmr.errors import ErrorModel
from dmr.plugins.msgspec.schema import MsgspecSchemaGenerator

pytestmark = pytest.mark.any_django

_TEMPLATE = '#/components/schemas/{model}'
_ItemT = TypeVar('_ItemT')


class _Note(msgspec.Struct):
    """A note.

    With two paragraphs.
    """

    title: str


class _Box(msgspec.Struct, Generic[_ItemT]):
    item: _ItemT


class _Season(models.TextChoices):
    SUMMER = 'summer'
    WINTER = 'winter'


class _Unknown:
    """Nothing that msgspec knows."""


def test_models_are_references() -> None:
    """The schema itself is among the definitions, its docstring is clean."""
    schema = MsgspecSchemaGenerator.get_schema(_Note, _TEMPLATE)

    assert schema == (
        {'$ref': '#/components/schemas/_Note'},
        {
            '_Note': {
                'title': '_Note',
                'description': 'A note.\n\nWith two paragraphs.',
                'type': 'object',
                'properties': {'title': {'type': 'string'}},
                'required': ['title'],
            },
        },
    )


def test_the_error_model_is_described() -> None:
    """Properties have no titles, docstrings become descriptions."""
    schema = MsgspecSchemaGenerator.get_schema(ErrorModel, _TEMPLATE)

    assert schema == (
        {'$ref': '#/components/schemas/ErrorModel'},
        {
            'ErrorModel': {
                'title': 'ErrorModel',
                'description': (
                    'Default error response schema.\n\n'
                    'Can be customized.\n'
                    'See :ref:`customizing-error-messages` for more details.'
                ),
                'type': 'object',
                'properties': {
                    'detail': {
                        'type': 'array',
                        'items': {'$ref': '#/components/schemas/ErrorDetail'},
                    },
                },
                'required': ['detail'],
            },
            'ErrorDetail': {
                'title': 'ErrorDetail',
                'description': 'Base schema for error details description.',
                'type': 'object',
                'properties': {
                    'msg': {'type': 'string'},
                    'loc': {
                        'type': 'array',
                        'items': {
                            'anyOf': [{'type': 'integer'}, {'type': 'string'}],
                        },
                    },
                    'type': {'type': 'string'},
                },
                'required': ['msg'],
            },
        },
    )


def test_requests_and_responses_are_alike() -> None:
    """Msgspec has one kind of schema."""
    requested = MsgspecSchemaGenerator.get_schema(_Note, _TEMPLATE)

    returned = MsgspecSchemaGenerator.get_schema(
        _Note,
        _TEMPLATE,
        used_for_response=True,
    )

    assert requested == returned


def test_containers_are_inline() -> None:
    """Only models are references."""
    schema = MsgspecSchemaGenerator.get_schema(list[int], _TEMPLATE)

    assert schema == ({'type': 'array', 'items': {'type': 'integer'}}, {})


@pytest.mark.parametrize(
    ('model', 'name'),
    [
        (_Note, '_Note'),
        (_Box[int], '_Box[int]'),
        (_Box[_Note], '_Box[_Note]'),
        (list[_Note], None),
        (dict[str, int], None),
        (int, None),
    ],
)
def test_models_have_readable_names(model: Any, name: str | None) -> None:
    """Generics name their arguments, containers have no names."""
    assert name == MsgspecSchemaGenerator.schema_name(model)


def test_unknown_types_are_refused() -> None:
    """A description is never a guess."""
    with pytest.raises(TypeError, match='custom types'):
        MsgspecSchemaGenerator.get_schema(_Unknown, _TEMPLATE)


def test_choices_of_django_are_enumerations() -> None:
    """Their metaclass does not keep them from being described."""
    schema = MsgspecSchemaGenerator.get_schema(list[_Season], _TEMPLATE)

    assert schema == (
        {
            'type': 'array',
            'items': {'title': '_Season', 'enum': ['summer', 'winter']},
        },
        {},
    )
