"""Schemas of pydantic."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import pydantic
import pytest

from dmr.errors import ErrorModel
from dmr.plugins.pydantic.schema import PydanticSchemaGenerator

pytestmark = pytest.mark.any_django

_TEMPLATE = '#/components/schemas/{model}'
_ItemT = TypeVar('_ItemT')


class _Note(pydantic.BaseModel):
    """A note."""

    title: str

    @pydantic.computed_field
    def size(self) -> int:
        """Only written, never read."""
        return len(self.title)


class _Box(pydantic.BaseModel, Generic[_ItemT]):
    item: _ItemT


class _Tree(pydantic.BaseModel):
    children: list['_Tree']


def test_models_are_described_inline() -> None:
    """Properties have titles, docstrings become descriptions."""
    schema = PydanticSchemaGenerator.get_schema(_Note, _TEMPLATE)

    assert schema == (
        {
            'title': '_Note',
            'description': 'A note.',
            'type': 'object',
            'properties': {'title': {'title': 'Title', 'type': 'string'}},
            'required': ['title'],
        },
        {},
    )


def test_responses_have_computed_fields() -> None:
    """Responses are described as they are written."""
    schema, _ = PydanticSchemaGenerator.get_schema(
        _Note,
        _TEMPLATE,
        used_for_response=True,
    ) or ({}, {})

    assert sorted(schema['properties']) == ['size', 'title']
    assert schema['required'] == ['title', 'size']


def test_the_error_model_is_described() -> None:
    """Definitions are apart, references look as asked for."""
    schema = PydanticSchemaGenerator.get_schema(ErrorModel, _TEMPLATE)

    assert schema == (
        {
            'title': 'ErrorModel',
            'description': (
                'Default error response schema.\n\n'
                'Can be customized.\n'
                'See :ref:`customizing-error-messages` for more details.'
            ),
            'type': 'object',
            'properties': {
                'detail': {
                    'title': 'Detail',
                    'type': 'array',
                    'items': {'$ref': '#/components/schemas/ErrorDetail'},
                },
            },
            'required': ['detail'],
        },
        {
            'ErrorDetail': {
                'title': 'ErrorDetail',
                'description': 'Base schema for error details description.',
                'type': 'object',
                'properties': {
                    'msg': {'title': 'Msg', 'type': 'string'},
                    'loc': {
                        'title': 'Loc',
                        'type': 'array',
                        'items': {
                            'anyOf': [{'type': 'integer'}, {'type': 'string'}],
                        },
                    },
                    'type': {'title': 'Type', 'type': 'string'},
                },
                'required': ['msg'],
            },
        },
    )


def test_recursive_models_refer_to_themselves() -> None:
    """The schema is a reference to one of the definitions."""
    schema = PydanticSchemaGenerator.get_schema(_Tree, _TEMPLATE)

    assert schema == (
        {'$ref': '#/components/schemas/_Tree'},
        {
            '_Tree': {
                'title': '_Tree',
                'type': 'object',
                'properties': {
                    'children': {
                        'title': 'Children',
                        'type': 'array',
                        'items': {'$ref': '#/components/schemas/_Tree'},
                    },
                },
                'required': ['children'],
            },
        },
    )


@pytest.mark.parametrize(
    ('model', 'name'),
    [
        (_Note, '_Note'),
        (_Box[int], '_Box[int]'),
        (_Box[_Note], '_Box[_Note]'),
        (_Tree, '_Tree'),
        (ErrorModel, 'ErrorModel'),
        (list[_Note], None),
        (dict[str, int], None),
        (int, None),
    ],
)
def test_models_have_readable_names(model: Any, name: str | None) -> None:
    """Generics name their arguments, containers have no names."""
    assert name == PydanticSchemaGenerator.schema_name(model)


@pytest.mark.parametrize('model', [object(), Callable[[], int]])
def test_unknown_types_are_refused(model: Any) -> None:
    """A description is never a guess."""
    with pytest.raises(pydantic.PydanticUserError):
        PydanticSchemaGenerator.get_schema(model, _TEMPLATE)
