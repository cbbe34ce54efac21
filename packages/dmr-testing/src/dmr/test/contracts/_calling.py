"""Call plugins as endpoints do, and compare what they answer."""

import copy
import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import GenericAlias
from typing import Any, Final, NoReturn, cast

from django.http import HttpRequest
from django.test import RequestFactory

from dmr.exceptions import (
    DataParsingError,
    DataRenderingError,
    RequestSerializationError,
)
from dmr.negotiation.media_types import essence
from dmr.parsers import Parser
from dmr.serializer import BaseSerializer, Decoder, Encoder, Validator
from dmr.test.contracts.samples import Format

_LONGEST: Final = 120
#: What parsers and serializers may raise for a request that cannot be read.
UNREADABLE: Final = (DataParsingError, RequestSerializationError)
#: What renderers and serializers may raise for data that cannot be written.
UNWRITABLE: Final = (DataRenderingError,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a call returned or raised."""

    returned: Any = None
    error: Exception | None = None

    def is_a(self, *kinds: type[Exception]) -> bool:
        """Tell whether one of these exceptions was raised."""
        return isinstance(self.error, kinds)

    def __str__(self) -> str:
        """Describe it in a few words."""
        if self.error is None:
            return shown(self.returned)
        return f'{type(self.error).__name__}: {short(str(self.error))}'


def outcome(
    call: Callable[..., Any],
    *arguments: Any,
    **options: Any,
) -> Outcome:
    """Call, and return what happened."""
    try:
        return Outcome(returned=call(*arguments, **options))
    # Plugins are foreign code, which can raise anything.
    except Exception as exc:
        return Outcome(error=exc)


def shown(anything: Any) -> str:
    """Return *anything* as a message shows it."""
    try:
        return short(repr(anything))
    except Exception as exc:
        return f'<{type(anything).__name__}, whose repr raises {exc!r}>'


def short(text: str) -> str:
    """Cut *text* to what a line can have, without what cannot be printed."""
    printable = text.encode('utf-8', 'backslashreplace').decode()
    if len(printable) <= _LONGEST:
        return printable
    return f'{printable[:_LONGEST]}…'


def list_of(model: Any) -> Any:
    """Return the type of lists of *model*."""
    return GenericAlias(list, (model,))


def dict_of(model: Any) -> Any:
    """Return the type of dictionaries of *model*, whose keys are text."""
    return GenericAlias(dict, (str, model))


def new_request(
    content_type: str = 'application/json',
    body: bytes = b'',
) -> HttpRequest:
    """Return a POST request as a parser gets it."""
    return RequestFactory().post('/', body, content_type=content_type)


def write(one: Format, body: Any) -> bytes:
    """Write plain data, as a client would."""
    if is_json(one.parser):
        return json_bytes(body)
    return one.renderer.render(body, refuse)


def read(one: Format, written: bytes) -> Any:
    """Read plain data, as a client would."""
    if is_json(one.parser):
        return json.loads(written)
    return one.parser.parse(
        written,
        request=new_request(one.parser.content_type),
        model=Any,
    )


def json_bytes(body: Any) -> bytes:
    """Return *body* as compact JSON."""
    text = json.dumps(body, ensure_ascii=False, separators=(',', ':'))
    return text.encode()


def is_json(parser: Parser) -> bool:
    """Tell whether it is for JSON, whose bytes are known here."""
    media_type = essence(parser.content_type)
    return media_type == 'application/json' or media_type.endswith('+json')


def refuse(unknown: Any) -> NoReturn:
    """Stand for the hook of a serializer that knows nothing.

    Raises:
        DataRenderingError: always.
    """
    raise DataRenderingError(f'{type(unknown)} is no plain data')


def plain_decoder(
    serializer: type[BaseSerializer],
    parser: Parser,
    model: Any,
    *,
    strict: bool | None,
) -> Decoder:
    """Return a decoder of the documented methods, without any fast way."""

    def decode(buffer: bytes | bytearray, request: HttpRequest) -> Any:
        parsed = serializer.deserialize(
            buffer,
            parser=parser,
            request=request,
            model=model,
        )
        return serializer.from_python(parsed, model, strict=strict)

    return decode


def plain_validator(
    serializer: type[BaseSerializer],
    model: Any,
    *,
    strict: bool | None,
) -> Validator:
    """Return a validator of the documented methods."""

    def validate(unstructured: Any) -> Any:
        return serializer.from_python(unstructured, model, strict=strict)

    return validate


def plain_encoder(serializer: type[BaseSerializer], one: Format) -> Encoder:
    """Return an encoder of the documented methods."""

    def encode(structure: Any) -> bytes:
        return serializer.serialize(structure, renderer=one.renderer)

    return encode


def decode(
    serializer: type[BaseSerializer],
    one: Format,
    model: Any,
    body: bytes,
) -> Any:
    """Read *body* as endpoints do."""
    decoder = serializer.compile_decoder(one.parser, model, strict=None)
    return decoder(body, new_request(one.parser.content_type))


def encode(
    serializer: type[BaseSerializer],
    one: Format,
    model: Any,
    structure: Any,
) -> bytes:
    """Write *structure* as endpoints do that declare *model*."""
    return serializer.compile_encoder(one.renderer, model)(structure)


def validated(
    serializer: type[BaseSerializer],
    model: Any,
    unstructured: Any,
    *,
    strict: bool | None = None,
) -> Outcome:
    """Validate Python data as endpoints do."""
    prepared = outcome(serializer.compile_validator, model, strict=strict)
    if prepared.error is not None:
        return prepared
    # Serializers that change what they get are caught by one check alone.
    return outcome(prepared.returned, copy.deepcopy(unstructured))


def made_of(
    serializer: type[BaseSerializer],
    model: Any,
    body: Any,
) -> Outcome:
    """Make a model of plain data."""
    return outcome(
        serializer.from_python,
        copy.deepcopy(body),
        model,
        strict=None,
    )


def invalid(
    serializer: type[BaseSerializer],
    model: Any,
    unstructured: Any,
) -> Exception | None:
    """Return the error of *unstructured*, ``None`` if there is no such."""
    found = validated(serializer, model, unstructured)
    return found.error if found.is_a(serializer.validation_error) else None


def same(left: Any, right: Any) -> bool:
    """Tell whether both are equal, down to the types and digits in them."""
    if type(left) is not type(right):
        return False
    if isinstance(left, Mapping):
        ours = cast('Mapping[Any, Any]', left)
        theirs = cast('Mapping[Any, Any]', right)
        return ours.keys() == theirs.keys() and all(
            same(ours[key], theirs[key]) for key in ours
        )
    if isinstance(left, (list, tuple)):
        items = cast('list[Any]', left)
        return len(items) == len(right) and all(map(same, items, right))
    if dataclasses.is_dataclass(left) and not isinstance(left, type):
        return all(
            same(getattr(left, field.name), getattr(right, field.name))
            for field in dataclasses.fields(left)
        )
    if isinstance(left, (Decimal, float)):
        return str(left) == str(cast('object', right))
    if isinstance(left, dt.datetime):
        # Some formats have one zone, so only the moment counts.
        moment = cast('dt.datetime', right)
        return left == right and (left.tzinfo is None) is (
            moment.tzinfo is None
        )
    return bool(left == right)
