"""Serializers with one fault each."""

import datetime as dt
import re
import time
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar

import pydantic
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest

from dmr.errors import ErrorDetail
from dmr.exceptions import DataParsingError, DataRenderingError
from dmr.parsers import Parser, Raw
from dmr.renderers import Renderer
from dmr.serializer import Decoder, Encoder, Validator
from dmr.test.contracts.samples import Basket
from tests.testing.contracts.plugins.correct import (
    CorrectSchemaGenerator,
    CorrectSerializer,
    InvalidError,
)


class ShortLocations(CorrectSerializer):
    """Tells the item of a list, but not the field in it."""

    dmr_plugin_api = 1

    @classmethod
    def serialize_validation_error(cls, exc: Exception) -> list[ErrorDetail]:
        details = super().serialize_validation_error(exc)
        for detail in details:
            detail['loc'] = detail.get('loc', [])[:1]
        return details


class NumbersInLocations(CorrectSerializer):
    """Leaves indexes as numbers."""

    dmr_plugin_api = 1

    @classmethod
    def serialize_validation_error(cls, exc: Exception) -> list[ErrorDetail]:
        details = super().serialize_validation_error(exc)
        for detail in details:
            detail['loc'] = [
                int(part) if str(part).isdigit() else part
                for part in detail.get('loc', [])
            ]
        return details


class QuotesEverything(CorrectSerializer):
    """Repeats what the client has sent in the message."""

    dmr_plugin_api = 1

    @classmethod
    def from_python(cls, unstructured: Any, model: Any, **how: Any) -> Any:
        try:
            return super().from_python(unstructured, model, **how)
        except InvalidError as exc:
            for detail in exc.details:
                detail['msg'] += f': {unstructured}'
            raise


class ForgetsComponents(CorrectSerializer):
    """Puts the component nowhere."""

    dmr_plugin_api = 1

    @classmethod
    def locate_validation_error(cls, exc: Exception, component: str) -> Any:
        return cls.serialize_validation_error(exc)


class GrowingLocations(CorrectSerializer):
    """Puts the component into the error itself, each time again."""

    dmr_plugin_api = 1

    @classmethod
    def locate_validation_error(cls, exc: Exception, component: str) -> Any:
        details = super().locate_validation_error(exc, component)
        if isinstance(exc, InvalidError):
            vars(exc).setdefault('located', details)
            details = vars(exc)['located']
        return details


class TellsForeignErrors(CorrectSerializer):
    """Shows whatever an exception says."""

    dmr_plugin_api = 1

    @classmethod
    def serialize_validation_error(cls, exc: Exception) -> list[ErrorDetail]:
        if isinstance(exc, InvalidError):
            return super().serialize_validation_error(exc)
        return [{'msg': str(exc), 'loc': [], 'type': 'value_error'}]


class SwallowsErrors(CorrectSerializer):
    """Takes what is no date for no date."""

    dmr_plugin_api = 1

    @classmethod
    def from_python(cls, unstructured: Any, model: Any, **how: Any) -> Any:
        try:
            return super().from_python(unstructured, model, **how)
        except InvalidError:
            if model is dt.date:
                return None
            raise


class FirstErrorOnly(CorrectSerializer):
    """Reports one fault, though it could report all."""

    dmr_plugin_api = 1

    @classmethod
    def serialize_validation_error(cls, exc: Exception) -> list[ErrorDetail]:
        return super().serialize_validation_error(exc)[:1]


class Remembers(CorrectSerializer):
    """Returns one object for the same data."""

    dmr_plugin_api = 1
    made: ClassVar[dict[str, Any]] = {}

    @classmethod
    def from_python(cls, unstructured: Any, model: Any, **how: Any) -> Any:
        if model is Any:
            return cls.made.setdefault(repr(unstructured), unstructured)
        return super().from_python(unstructured, model, **how)


class OneDefaultForAll(CorrectSerializer):
    """Gives one list to all models that have got none."""

    dmr_plugin_api = 1
    nothing: ClassVar[list[int]] = []

    @classmethod
    def from_python(cls, unstructured: Any, model: Any, **how: Any) -> Any:
        made = super().from_python(unstructured, model, **how)
        if isinstance(made, Basket) and not made.items:
            made.items = cls.nothing
        return made


class FillsInputs(CorrectSerializer):
    """Writes into the data that it validates."""

    dmr_plugin_api = 1

    @classmethod
    def from_python(cls, unstructured: Any, model: Any, **how: Any) -> Any:
        made = super().from_python(unstructured, model, **how)
        if type(unstructured) is dict and 'label' in unstructured:
            unstructured['validated'] = True
        return made


class OneModelPerName(CorrectSerializer):
    """Takes models of one name for one model."""

    dmr_plugin_api = 1
    adapters: ClassVar[dict[str, pydantic.TypeAdapter[Any]]] = {}

    @classmethod
    def adapter(cls, model: Any) -> pydantic.TypeAdapter[Any]:
        name = getattr(model, '__name__', '')
        if name != 'Same':
            return super().adapter(model)
        return cls.adapters.setdefault(name, super().adapter(model))


class NotReadyYet(CorrectSerializer):
    """Lets other threads see an adapter before it is made."""

    dmr_plugin_api = 1
    adapters: ClassVar[dict[Any, Any]] = {}

    @classmethod
    def adapter(cls, model: Any) -> pydantic.TypeAdapter[Any]:
        if model not in cls.adapters:
            cls.adapters[model] = None
            time.sleep(0.001)
            cls.adapters[model] = super().adapter(model)
        found: pydantic.TypeAdapter[Any] = cls.adapters[model]
        return found


class MakesItsConverterLater(CorrectSerializer):
    """Lets other threads use half of what the first one makes."""

    dmr_plugin_api = 1
    converter: ClassVar[dict[str, Any]] = {}

    @classmethod
    def adapter(cls, model: Any) -> pydantic.TypeAdapter[Any]:
        if not cls.converter:
            cls.converter['name'] = 'half'
            time.sleep(0.01)
            cls.converter['make'] = super().adapter
        found: pydantic.TypeAdapter[Any] = cls.converter['make'](model)
        return found


class OneModelAtATime(CorrectSerializer):
    """Keeps the current model where other threads put theirs."""

    dmr_plugin_api = 1
    current: ClassVar[Any] = None

    @classmethod
    def adapter(cls, model: Any) -> pydantic.TypeAdapter[Any]:
        cls.current = model
        time.sleep(0.00001)
        return super().adapter(cls.current)


class LossyDecimals(CorrectSerializer):
    """Has room for fifteen digits."""

    dmr_plugin_api = 1

    @classmethod
    def from_python(cls, unstructured: Any, model: Any, **how: Any) -> Any:
        made = super().from_python(unstructured, model, **how)
        if isinstance(made, Decimal) and len(str(made)) > 15:
            return Decimal(str(float(made)))
        return made


class LosesMicroseconds(CorrectSerializer):
    """Writes whole seconds."""

    dmr_plugin_api = 1

    @classmethod
    def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
        written = super().serialize(structure, renderer=renderer)
        return re.sub(rb'(:\d\d)\.\d+', rb'\1', written)


class LosesUnicode(CorrectSerializer):
    """Writes ASCII."""

    dmr_plugin_api = 1

    @classmethod
    def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
        written = super().serialize(structure, renderer=renderer)
        return written.decode().encode('ascii', 'replace')


class LosesBigNumbers(CorrectSerializer):
    """Writes integers as browsers read them."""

    dmr_plugin_api = 1

    @classmethod
    def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
        if type(structure) is int:
            structure = int(float(structure))
        return super().serialize(structure, renderer=renderer)


class CutsNumbers(CorrectSerializer):
    """Takes 1.5 for 1."""

    dmr_plugin_api = 1

    @classmethod
    def from_python(cls, unstructured: Any, model: Any, **how: Any) -> Any:
        is_small = type(unstructured) is float and abs(unstructured) < 100
        if model is int and is_small and not how['strict']:
            unstructured = int(unstructured)
        return super().from_python(unstructured, model, **how)


class NeverStrict(CorrectSerializer):
    """Takes text for numbers, whatever it is told."""

    dmr_plugin_api = 1

    @classmethod
    def from_python(cls, unstructured: Any, model: Any, **how: Any) -> Any:
        return super().from_python(
            unstructured, model, **{**how, 'strict': None}
        )


class NoEmptyBodies(CorrectSerializer):
    """Takes no bytes for an empty object."""

    dmr_plugin_api = 1

    @classmethod
    def deserialize(cls, buffer: Raw, **how: Any) -> Any:
        return super().deserialize(buffer or b'{}', **how)


class OtherWhenAsync(CorrectSerializer):
    """Reads other characters from ASGI requests."""

    dmr_plugin_api = 1

    @classmethod
    def deserialize(cls, buffer: Raw, **how: Any) -> Any:
        if isinstance(how['request'], ASGIRequest):
            buffer = buffer.replace('ü'.encode(), b'u')
        return super().deserialize(buffer, **how)


class TakesNaN(CorrectSerializer):
    """Reads NaN, which nobody can write again."""

    dmr_plugin_api = 1

    @classmethod
    def deserialize(cls, buffer: Raw, **how: Any) -> Any:
        return super().deserialize(
            buffer.replace(b'NaN', b'0') if b'"' not in buffer else buffer,
            **how,
        )


class ReadsEndlessText(CorrectSerializer):
    """Reads the text "nan" as a number, with a decoder of its own."""

    dmr_plugin_api = 1

    @classmethod
    def compile_decoder(
        cls,
        parser: Parser,
        model: Any,
        *,
        strict: bool | None,
    ) -> Decoder:
        def decode(buffer: Raw, request: HttpRequest) -> Any:
            parsed = cls.deserialize(
                buffer,
                parser=parser,
                request=request,
                model=model,
            )
            return cls.from_python(parsed, model, strict=strict)

        return decode


class StumblesOverDepth(CorrectSerializer):
    """Raises what the documentation does not know, for deep bodies."""

    dmr_plugin_api = 1

    @classmethod
    def deserialize(cls, buffer: Raw, **how: Any) -> Any:
        try:
            return super().deserialize(buffer, **how)
        except DataParsingError as exc:
            if 'deeper' in str(exc):
                raise RecursionError('maximum depth') from exc
            raise


class WritesNaN(CorrectSerializer):
    """Writes null for what is no number."""

    dmr_plugin_api = 1

    @classmethod
    def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
        try:
            return super().serialize(structure, renderer=renderer)
        except DataRenderingError:
            if type(structure) is float:
                return b'null'
            raise


class OtherFastErrors(CorrectSerializer):
    """Tells other messages of tuples, which are in no body, when it is fast."""

    dmr_plugin_api = 1

    @classmethod
    def compile_validator(cls, model: Any, **how: Any) -> Validator:
        plain = super().compile_validator(model, **how)
        short = _with_short_messages(plain)

        def validate(given: Any) -> Any:
            return short(given) if isinstance(given, tuple) else plain(given)

        return validate


class OtherFastDecoder(CorrectSerializer):
    """Tells other messages of bodies when it is fast."""

    dmr_plugin_api = 1

    @classmethod
    def compile_decoder(cls, *arguments: Any, **how: Any) -> Decoder:
        decode = super().compile_decoder(*arguments, **how)
        return _with_short_messages(decode)


class OtherFastBytes(CorrectSerializer):
    """Writes spaces when it is fast."""

    dmr_plugin_api = 1

    @classmethod
    def compile_encoder(cls, renderer: Renderer, model: Any) -> Encoder:
        encode = super().compile_encoder(renderer, model)
        return lambda structure: encode(structure) + b' '


class TrustsInstances(CorrectSerializer):
    """Writes whatever it gets, without a look at it."""

    dmr_plugin_api = 1

    @classmethod
    def compile_checked_encoder(
        cls,
        renderer: Renderer,
        model: Any,
    ) -> Encoder:
        validate = cls.compile_validator(model, strict=True)
        encode = cls.compile_encoder(renderer, model)

        def encode_checked(structure: Any) -> bytes:
            if model is not str:
                validate(structure)
            return encode(structure)

        return encode_checked


class BypassesMethods(CorrectSerializer):
    """Validates without asking whether somebody overrides how."""

    dmr_plugin_api = 1

    @classmethod
    def compile_validator(cls, model: Any, **how: Any) -> Validator:
        def validate(unstructured: Any) -> Any:
            return CorrectSerializer.from_python(unstructured, model, **how)

        return validate


class KnowsNoFloats(CorrectSerializer):
    """Says that there are no floats where there may be something else."""

    dmr_plugin_api = 1

    @classmethod
    def takes_floats(cls, model: Any) -> bool:
        return isinstance(model, type)


class InventsFields(CorrectSerializer):
    """Finds fields where there are none."""

    dmr_plugin_api = 1

    @classmethod
    def field_names(cls, model: Any) -> frozenset[str] | None:
        return frozenset(getattr(model, '__annotations__', ()))


class _NarrowSchemas(CorrectSchemaGenerator):
    @classmethod
    def get_schema(cls, *arguments: Any, **how: Any) -> Any:
        found = super().get_schema(*arguments, **how)
        if found and how.get('used_for_response') and 'properties' in found[0]:
            found[0]['required'] = [*found[0]['properties'], 'more']
        return found


class PromisesMore(CorrectSerializer):
    """Describes a field of responses that is never written."""

    dmr_plugin_api = 1
    schema_generator = _NarrowSchemas


class _WideSchemas(CorrectSchemaGenerator):
    @classmethod
    def get_schema(cls, model: Any, *arguments: Any, **how: Any) -> Any:
        if model is str:
            return {}, {}
        return super().get_schema(model, *arguments, **how)


class PromisesAnything(CorrectSerializer):
    """Describes text as anything."""

    dmr_plugin_api = 1
    schema_generator = _WideSchemas


class InheritsItsVersion(CorrectSerializer):
    """Says nothing of the contract, its base class does."""


class HidesFaults(CorrectSerializer):
    """Takes every exception for a fault in data."""

    dmr_plugin_api = 1
    validation_error = Exception


def _with_short_messages(call: Callable[..., Any]) -> Callable[..., Any]:
    def short(*arguments: Any) -> Any:
        try:
            return call(*arguments)
        except InvalidError as exc:
            details: list[ErrorDetail] = [
                {**detail, 'msg': 'Invalid'} for detail in exc.details
            ]
            raise InvalidError(details) from exc

    return short
