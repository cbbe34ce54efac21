"""Reusable controllers: serializers and models as type variables."""

import dataclasses
from http import HTTPStatus
from typing import Any, Generic, TypeVar

import msgspec
import pydantic
import pytest

from dmr import Body, Controller, Query
from dmr.exceptions import UnsolvableAnnotationsError
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.serializer import BaseSerializer
from tests.integration.sending import Answer, ask

_SerializerT = TypeVar('_SerializerT', bound=BaseSerializer)
_ModelT = TypeVar('_ModelT')
_OtherT = TypeVar('_OtherT')


@dataclasses.dataclass
class _Size:
    size: int


class _Document(pydantic.BaseModel, Generic[_OtherT]):
    content: _OtherT


class _Envelope(msgspec.Struct, Generic[_OtherT]):
    content: _OtherT


class _Sync(Controller[_SerializerT], Generic[_SerializerT, _ModelT]):
    """Echoes whatever model it is given."""

    def post(self, parsed_body: Body[_ModelT]) -> _ModelT:
        return parsed_body

    def put(self, parsed_body: Body[list[_ModelT]]) -> list[_ModelT] | None:
        return parsed_body or None


class _Async(Controller[_SerializerT], Generic[_SerializerT, _ModelT]):
    """The same in the other colour."""

    async def post(self, parsed_body: Body[_ModelT]) -> _ModelT:
        return parsed_body

    async def put(
        self,
        parsed_body: Body[list[_ModelT]],
    ) -> list[_ModelT] | None:
        return parsed_body or None


def _ask(method: str, body: bytes, *arguments: Any) -> Answer:
    """Ask both colours of a controller with these type arguments."""

    class SyncOne(_Sync[*arguments]):  # type: ignore[misc, type-arg]
        """Gives the types."""

    class AsyncOne(_Async[*arguments]):  # type: ignore[misc, type-arg]
        """Gives the types."""

    return ask(
        SyncOne,
        AsyncOne,
        method,
        '/',
        {'Content-Type': 'application/json'},
        body,
    )


def test_generic_controller_is_abstract() -> None:
    """Without a serializer nothing is compiled."""
    assert _Sync.is_abstract
    assert not hasattr(_Sync, 'api_endpoints')


@pytest.mark.parametrize(
    ('method', 'body', 'expected'),
    [
        ('POST', b'{"size":1}', (201, {'size': 1})),
        ('PUT', b'[{"size":1}]', (200, [{'size': 1}])),
        ('PUT', b'[]', (200, None)),
    ],
)
def test_models_are_type_variables(
    serializer: Any,
    method: str,
    body: bytes,
    expected: Any,
) -> None:
    """Body and return type are those of the subclass."""
    answer = _ask(method, body, serializer, _Size)

    assert expected == answer.outcome


@pytest.mark.parametrize(
    ('method', 'body', 'place'),
    [
        ('POST', b'{"size":"x"}', ('parsed_body', 'size')),
        ('PUT', b'[{"size":"x"}]', ('parsed_body', '0', 'size')),
    ],
)
def test_real_models_validate(
    serializer: Any,
    method: str,
    body: bytes,
    place: tuple[str, ...],
) -> None:
    """What the subclass gives is what requests are compared with."""
    answer = _ask(method, body, serializer, _Size)

    assert (HTTPStatus.BAD_REQUEST, [place]) == answer.places


@pytest.mark.parametrize(
    ('serializer', 'generic'),
    [(PydanticSerializer, _Document), (MsgspecSerializer, _Envelope)],
)
def test_generic_models_of_type_variables_validate(
    serializer: Any,
    generic: Any,
) -> None:
    """A variable inside of a generic model is replaced too."""

    class Wrapped(Controller[_SerializerT], Generic[_SerializerT, _ModelT]):
        """Takes the model in an envelope, alone and in a list."""

        def post(self, parsed_body: Body[generic[_ModelT]]) -> str:  # type: ignore[valid-type]
            raise AssertionError

        def put(self, parsed_body: Body[list[generic[_ModelT]]]) -> str:  # type: ignore[valid-type]
            raise AssertionError

    class Ints(Wrapped[serializer, int]):  # type: ignore[valid-type]
        """Gives integers."""

    models = {
        method: endpoint.metadata.component_parsers[0][1]
        for method, endpoint in Ints.api_endpoints.items()
    }
    assert {'POST': generic[int], 'PUT': list[generic[int]]} == models


def test_one_variable_has_two_meanings(serializer: Any) -> None:
    """Each endpoint is solved in the class that defines it."""

    class First(Controller[_SerializerT], Generic[_SerializerT, _ModelT]):
        """Uses the variable for the body."""

        def post(self, parsed_body: Body[_ModelT]) -> str:
            raise AssertionError

    class Second(
        First[_SerializerT, _OtherT],
        Generic[_SerializerT, _OtherT, _ModelT],
    ):
        """Uses the same variable for the query."""

        def get(self, parsed_query: Query[_ModelT]) -> str:
            raise AssertionError

    class Real(Second[serializer, dict[str, int], dict[str, str]]):
        """Gives both."""

    models = {
        method: endpoint.metadata.component_parsers[0][1]
        for method, endpoint in Real.api_endpoints.items()
    }
    assert {'POST': dict[str, int], 'GET': dict[str, str]} == models


def test_missing_model_is_refused_at_import(serializer: Any) -> None:
    """A serializer alone is not enough."""
    with pytest.raises(
        UnsolvableAnnotationsError,
        match=r'Cannot solve type annotations of .*Open\.post: .* must be conc',
    ):

        class Open(_Sync[serializer, _ModelT]):  # type: ignore[valid-type]
            """Forgets the model."""


def test_subclass_of_a_concrete_controller_keeps_its_types(
    serializer: Any,
) -> None:
    """Inherited endpoints are compiled again, with the same types."""

    class Concrete(_Sync[serializer, _Size]):  # type: ignore[valid-type]
        """Gives the types."""

    class Sub(Concrete):
        """Adds an endpoint."""

        def get(self) -> int:
            raise AssertionError

    own = Sub.api_endpoints['POST']
    assert serializer is Sub.serializer
    assert ['GET', 'POST', 'PUT'] == list(Sub.api_endpoints)
    assert _Size is own.metadata.component_parsers[0][1]
    assert own is not Concrete.api_endpoints['POST']


def test_endpoints_come_from_mixins(serializer: Any) -> None:
    """A mixin need not be a controller."""

    class Mixin:
        """Has an endpoint."""

        def get(self) -> int:
            raise AssertionError

    class Mixed(Mixin, Controller[serializer]):  # type: ignore[valid-type]
        """Takes it."""

    assert ['GET'] == list(Mixed.api_endpoints)


@pytest.mark.parametrize('wrong', [int, BaseSerializer, 'text'])
def test_type_argument_must_be_a_serializer(wrong: Any) -> None:
    """Anything else is refused with a way out."""
    with pytest.raises(
        UnsolvableAnnotationsError,
        match='BaseSerializer',
    ):

        class Wrong(Controller[wrong]):  # type: ignore[valid-type]
            """Is none."""
