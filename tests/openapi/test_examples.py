"""Examples that are invented from the models."""

from typing import Annotated, Any

import msgspec
import pydantic
from django.test import override_settings

from dmr import Body, Controller, Query, modify
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from tests.openapi.support import document_of, schemas_of


class _Inner(pydantic.BaseModel):
    number: int


class _Outer(pydantic.BaseModel):
    inner: _Inner


class _Own(pydantic.BaseModel):
    model_config = pydantic.ConfigDict(
        json_schema_extra={'examples': [{'number': 1}]},
    )

    number: int


class _Struct(msgspec.Struct):
    number: int


class _Some(Controller[PydanticSerializer]):
    @modify(semantic_responses=False)
    def post(
        self,
        parsed_body: Body[_Outer],
        parsed_query: Query[_Own],
    ) -> list[int]:
        raise NotImplementedError

    @modify(semantic_responses=False)
    def put(self, parsed_body: Body[_Own]) -> _Inner:
        raise NotImplementedError


class _Other(Controller[MsgspecSerializer]):
    @modify(semantic_responses=False)
    def get(self) -> _Struct:
        raise NotImplementedError


def _with_seed(seed: int | None, *controllers: Any) -> Any:
    settings = {'openapi_examples_seed': seed}
    with override_settings(DMR_SETTINGS=settings):
        return document_of(*controllers)


def test_models_get_an_example() -> None:
    """Components and inline schemas have values of the right types."""
    document = _with_seed(1, _Some, _Other)

    schemas = schemas_of(document)
    post = document['paths']['/_some/']['post']
    answer = post['responses']['201']['content']['application/json']['schema']
    assert isinstance(schemas['_Outer']['example']['inner']['number'], int)
    assert isinstance(schemas['_Inner']['example']['number'], int)
    assert isinstance(schemas['_Struct']['example']['number'], int)
    assert all(isinstance(one, int) for one in answer['example'])


def test_own_examples_are_kept() -> None:
    """What a person wrote is better than what a machine invents."""
    schema = schemas_of(_with_seed(1, _Some))['_Own']

    assert [{'number': 1}] == schema['examples']
    assert 'example' not in schema


def test_same_seed_gives_same_examples() -> None:
    """Documents can be committed and compared."""
    assert _with_seed(1, _Some) == _with_seed(1, _Some)


def test_examples_are_off_by_default() -> None:
    """Nobody gets invented values without asking for them."""
    document = _with_seed(None, _Some)

    assert 'example' not in schemas_of(document)['_Outer']


class _Odd:
    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        return handler(int)


def test_what_has_no_example_goes_without() -> None:
    """An example is a convenience, no document fails for lack of it."""

    class Some(Controller[PydanticSerializer]):
        @modify(semantic_responses=False)
        def get(self) -> Annotated[_Odd, 'odd']:
            raise NotImplementedError

    (path_item,) = _with_seed(1, Some)['paths'].values()

    content = path_item['get']['responses']['200']['content']
    assert {'application/json': {'schema': {'type': 'integer'}}} == content
