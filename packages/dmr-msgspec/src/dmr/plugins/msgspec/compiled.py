"""Fast ways from bytes to models and from Python data to models.

Each is made at import. When a fast way fails, for whatever reason, the plain
way reads the same input again: it decides, and its messages are what clients
get.
"""

from collections.abc import Callable
from contextlib import suppress
from operator import countOf
from threading import Lock
from typing import Any, Final, get_args, get_origin

import msgspec
from django.http import HttpRequest

from dmr.limits import (
    is_long_json,
    is_ordinary_json,
    may_have_fractions,
    reject_deep_nesting,
)
from dmr.parsers import DeserializeFunc, Parser, Raw
from dmr.plugins.msgspec.hostile import (
    may_be_deep,
    may_have_nan,
    refuse_extension,
)
from dmr.plugins.msgspec.msgpack import MsgpackParser
from dmr.plugins.msgspec.shapes import (
    Shape,
    is_one_pass_without_fractions,
    is_taken_as_is,
    shape_of,
)
from dmr.serializer import Decoder, Encoder, Validator
from dmr.settings import bounded_cache

#: Fits no model, which msgspec finds out after it has learned the model.
_NOTHING: Final = object()
#: Held while msgspec learns a type.
_LEARNING: Final = Lock()


def learn(model: Any) -> None:
    """Let msgspec learn *model* before several threads use it.

    Two threads in which msgspec learns one dataclass at the same time crash
    the process (0.22). What it has learned is safe.
    """
    try:
        _learn_once(model)
    except TypeError:
        # Metadata in ``Annotated`` need not be hashable.
        _learn(model)


@bounded_cache
def _learn_once(model: Any) -> None:
    _learn(model)


def _learn(model: Any) -> None:
    with _LEARNING, suppress(Exception):
        msgspec.convert(_NOTHING, model)


def one_pass_decoder(
    parser: Parser,
    model: Any,
    plain: Decoder,
    *,
    strict: bool,
    dec_hook: DeserializeFunc,
) -> Decoder:
    """Return a decoder straight into *model*, or *plain* where it differs."""
    shape = shape_of(model)
    if not shape.one_pass and not (
        parser.reads_plain_json and is_one_pass_without_fractions(model)
    ):
        return plain
    # Text like "nan" must not become a number. What fits as it is means the
    # same with coercion, the plain way looks at everything else.
    strict = strict or shape.floats
    if parser.reads_plain_json:
        return _guarded(
            msgspec.json.Decoder(
                model,
                strict=strict,
                dec_hook=dec_hook,
            ).decode,
            _json_guard(shape),
            plain,
        )
    # What is skipped in MessagePack cannot be looked at cheaply.
    if type(parser) is MsgpackParser and not shape.skips:
        return _guarded(
            msgspec.msgpack.Decoder(
                model,
                strict=strict,
                dec_hook=dec_hook,
                ext_hook=refuse_extension,
            ).decode,
            _msgpack_guard(shape),
            plain,
        )
    return plain


def bound_converter(
    model: Any,
    plain: Validator,
    *,
    strict: bool,
    dec_hook: DeserializeFunc,
) -> Validator:
    """Return `msgspec.convert` for *model*, prepared.

    Msgspec remembers what it knows of classes, but not of ``dict[str, int]``.
    Of the only field of a class it does (0.5 instead of 1.2 µs).
    """
    convert: Callable[..., Any] = msgspec.convert
    is_class = isinstance(model, type)
    options: dict[str, Any] = {'strict': strict}
    if shape_of(model).foreign:
        options['dec_hook'] = dec_hook
    elif is_class:
        # 0.2 µs less without the hook, which nobody would call.
        def validate_native(unstructured: Any) -> Any:
            try:
                return convert(unstructured, model, strict=strict)
            except Exception:
                return plain(unstructured)

        return validate_native
    if is_class:

        def validate_class(unstructured: Any) -> Any:
            try:
                return convert(unstructured, model, **options)
            except Exception:
                return plain(unstructured)

        return validate_class

    box: Any = msgspec.defstruct('Box', [('content', model)], array_like=True)
    learn(box)

    def validate(unstructured: Any) -> Any:
        try:
            return convert((unstructured,), box, **options).content
        except Exception:
            return plain(unstructured)

    return validate


def trusting_encoder(
    model: Any,
    validate: Callable[..., Any],
    encode: Encoder,
) -> Encoder | None:
    """Return an encoder that validates what msgspec would not take as it is.

    It takes instances so (0.4 µs to find that out, 1 µs for a list of 100).
    *validate* is the plain way. ``None`` where *model* is neither a class of
    them nor a list.
    """
    if is_taken_as_is(model):

        def encode_instance(structure: Any) -> bytes:
            if type(structure) is not model:
                validate(structure, model, strict=True)
            return encode(structure)

        return encode_instance
    items = get_args(model)
    if get_origin(model) is not list or not is_taken_as_is(*items):
        return None
    kind = items[0]

    def encode_list(structure: Any) -> bytes:
        anything: object = structure
        if type(anything) is not list or (
            countOf(map(type, structure), kind) != len(structure)
        ):
            validate(structure, model, strict=True)
        return encode(structure)

    return encode_list


def checking_encoder(validate: Validator, encode: Encoder) -> Encoder:
    """Return an encoder that validates everything first."""

    def encode_checked(structure: Any) -> bytes:
        validate(structure)
        return encode(structure)

    return encode_checked


def _guarded(
    decode: Callable[[Raw], Any],
    is_harmless: Callable[[Raw], bool] | None,
    plain: Decoder,
) -> Decoder:
    if is_harmless is None:

        def decode_closed(buffer: Raw, request: HttpRequest) -> Any:
            try:
                return decode(buffer)
            except Exception:
                return plain(buffer, request)

        return decode_closed

    def decode_guarded(buffer: Raw, request: HttpRequest) -> Any:
        try:
            if is_harmless(buffer):
                return decode(buffer)
        except Exception:  # noqa: S110
            pass
        return plain(buffer, request)

    return decode_guarded


def _json_guard(shape: Shape) -> Callable[[Raw], bool] | None:
    if not shape.one_pass:
        return _is_without_fractions
    if shape.endless:
        return is_ordinary_json if shape.skips else _is_flat_json
    return _is_ordinary_or_long if shape.skips else None


def _is_without_fractions(body: Raw) -> bool:
    # Decimals take integers of any length, parsers do not.
    return not may_have_fractions(body) and _is_ordinary_or_long(body)


def _is_ordinary_or_long(body: Raw) -> bool:
    return is_long_json(body) or is_ordinary_json(body)


def _is_flat_json(body: Raw) -> bool:
    reject_deep_nesting(body)
    return True


def _msgpack_guard(shape: Shape) -> Callable[[Raw], bool]:
    if shape.endless:
        return lambda body: not (may_have_nan(body) or may_be_deep(body))
    return lambda body: not may_have_nan(body)
