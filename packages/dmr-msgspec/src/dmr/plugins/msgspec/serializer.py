"""Validate requests and responses with msgspec."""

from collections.abc import Iterable
from dataclasses import is_dataclass
from typing import Any, ClassVar, Literal

import msgspec
from django.http import HttpRequest
from typing_extensions import TypedDict, override

from dmr.errors import ErrorDetail
from dmr.metadata import EndpointMetadata
from dmr.parsers import Parser, Raw
from dmr.plugins.msgspec.compiled import (
    bound_converter,
    checking_encoder,
    learn,
    one_pass_decoder,
    trusting_encoder,
)
from dmr.plugins.msgspec.errors import error_details, located_details
from dmr.plugins.msgspec.json import MsgspecJsonRenderer, json_encoder
from dmr.plugins.msgspec.msgpack import MsgpackRenderer, msgpack_encoder
from dmr.plugins.msgspec.schema import MsgspecSchemaGenerator
from dmr.plugins.msgspec.shapes import object_type, takes_floats
from dmr.renderers import Renderer
from dmr.serializer import (
    BaseEndpointOptimizer,
    BaseSerializer,
    Decoder,
    Encoder,
    Validator,
    overrides,
)


class ToJsonKwargs(TypedDict, total=False):
    """Options of `msgspec.to_builtins`."""

    builtin_types: Iterable[type] | None
    str_keys: bool
    order: Literal['deterministic', 'sorted'] | None


class ToModelKwargs(TypedDict, total=False):
    """Options of `msgspec.convert`."""

    builtin_types: Iterable[type] | None
    str_keys: bool


class MsgspecEndpointOptimizer(BaseEndpointOptimizer):
    """Msgspec needs no preparation beyond what endpoints compile anyway."""

    @override
    @classmethod
    def optimize_endpoint(cls, metadata: EndpointMetadata) -> None:
        """Do nothing."""


class MsgspecSerializer(BaseSerializer):
    """Serialize and deserialize with msgspec.

    Works with every type that msgspec knows: ``Struct``, dataclasses, attrs,
    ``TypedDict``, ``NamedTuple``, unions and containers of them.
    """

    __slots__ = ()

    #: Version of the plugin contract that this class was written for.
    dmr_plugin_api: ClassVar[int] = 1

    validation_error: ClassVar[type[Exception]] = msgspec.ValidationError
    optimizer: ClassVar[type[BaseEndpointOptimizer]] = MsgspecEndpointOptimizer
    schema_generator = MsgspecSchemaGenerator

    #: Options for turning models into primitives.
    to_json_kwargs: ClassVar[ToJsonKwargs] = {}

    #: Options for turning primitives into models.
    to_model_kwargs: ClassVar[ToModelKwargs] = {}

    @override
    @classmethod
    def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
        """Render *structure* with *renderer*.

        Raises:
            DataRenderingError: *structure* cannot be rendered.
        """
        return renderer.render(structure, cls.serialize_hook)

    @override
    @classmethod
    def serialize_hook(cls, to_serialize: Any) -> Any:
        """Simplify models for renderers that do not know them.

        Raises:
            DataRenderingError: the value is not supported.
        """
        if isinstance(to_serialize, msgspec.Struct) or is_dataclass(
            to_serialize,
        ):
            return cls.to_python(to_serialize)
        if isinstance(to_serialize, (bytes, bytearray, memoryview)) or hasattr(
            to_serialize,
            '__attrs_attrs__',
        ):
            return cls.to_python(to_serialize)
        return super().serialize_hook(to_serialize)

    @override
    @classmethod
    def deserialize(
        cls,
        buffer: Raw,
        *,
        parser: Parser,
        request: HttpRequest,
        model: Any,
    ) -> Any:
        """Parse *buffer* with *parser* into Python primitives.

        Raises:
            DataParsingError: *buffer* is malformed.
        """
        return parser.parse(
            buffer,
            cls.deserialize_hook,
            request=request,
            model=model,
        )

    @override
    @classmethod
    def from_python(
        cls,
        unstructured: Any,
        model: Any,
        *,
        strict: bool | None,
    ) -> Any:
        """Validate *unstructured* and return it as *model*.

        Models of msgspec do not say how strict they are, so ``None`` is lax:
        text becomes a number where a number is asked for.

        Raises:
            msgspec.ValidationError: it does not fit.
        """
        try:
            return msgspec.convert(
                unstructured,
                model,
                strict=bool(strict),
                dec_hook=cls.deserialize_hook,
                **cls.to_model_kwargs,
            )
        except UnicodeEncodeError as exc:
            raise msgspec.ValidationError('Text has a surrogate') from exc

    @override
    @classmethod
    def to_python(cls, structured: Any) -> Any:
        """Return *structured*, an instance of a model, as primitives."""
        return msgspec.to_builtins(
            structured,
            enc_hook=cls.serialize_hook,
            **cls.to_json_kwargs,
        )

    @override
    @classmethod
    def serialize_validation_error(cls, exc: Exception) -> list[ErrorDetail]:
        """Convert an error of msgspec, which reports the first fault only.

        Raises:
            NotImplementedError: *exc* is something else.
        """
        return error_details(_message(exc))

    @override
    @classmethod
    def locate_validation_error(
        cls,
        exc: Exception,
        component: str,
    ) -> list[ErrorDetail]:
        """Convert an error in one *component*, its message tells so too.

        Raises:
            NotImplementedError: *exc* is something else.
        """
        return located_details(_message(exc), component)

    @override
    @classmethod
    def field_names(cls, model: Any) -> frozenset[str] | None:
        """Return the names under which *model* reads its fields."""
        found = object_type(model)
        if found is None:
            return None
        return frozenset(field.encode_name for field in found.fields)

    @override
    @classmethod
    def compile_decoder(
        cls,
        parser: Parser,
        model: Any,
        *,
        strict: bool | None,
    ) -> Decoder:
        """Decode straight into *model* where that is the same."""
        plain = super().compile_decoder(parser, model, strict=strict)
        if cls.to_model_kwargs or overrides(
            cls,
            MsgspecSerializer,
            'deserialize',
            'from_python',
        ):
            return plain
        return one_pass_decoder(
            parser,
            model,
            plain,
            strict=bool(strict),
            dec_hook=cls.deserialize_hook,
        )

    @override
    @classmethod
    def compile_validator(
        cls,
        model: Any,
        *,
        strict: bool | None,
    ) -> Validator:
        """Prepare the conversion to *model*."""
        learn(model)
        plain = super().compile_validator(model, strict=strict)
        if cls.to_model_kwargs or overrides(
            cls,
            MsgspecSerializer,
            'from_python',
        ):
            return plain
        return bound_converter(
            model,
            plain,
            strict=bool(strict),
            dec_hook=cls.deserialize_hook,
        )

    @override
    @classmethod
    def compile_encoder(cls, renderer: Renderer, model: Any) -> Encoder:
        """Render without asking which renderer it is."""
        if not overrides(cls, MsgspecSerializer, 'serialize'):
            if type(renderer) is MsgspecJsonRenderer:
                return json_encoder(cls.serialize_hook)
            if type(renderer) is MsgpackRenderer:
                return msgpack_encoder(cls.serialize_hook)
        return super().compile_encoder(renderer, model)

    @override
    @classmethod
    def compile_checked_encoder(
        cls,
        renderer: Renderer,
        model: Any,
    ) -> Encoder:
        """Validate only what msgspec would not take as it is."""
        if cls.to_model_kwargs or overrides(
            cls,
            MsgspecSerializer,
            'compile_validator',
            'from_python',
        ):
            return super().compile_checked_encoder(renderer, model)
        learn(model)
        encode = cls.compile_encoder(renderer, model)
        # Of what is trusted nearly nothing is validated: the plain way does.
        trusting = trusting_encoder(model, cls.from_python, encode)
        return trusting or checking_encoder(
            cls.compile_validator(model, strict=True),
            encode,
        )

    @override
    @classmethod
    def takes_floats(cls, model: Any) -> bool:
        """Tell whether there can be floats in instances of *model*."""
        return takes_floats(model)


def _message(exc: Exception) -> str:
    if isinstance(exc, msgspec.ValidationError):
        return str(exc)
    raise NotImplementedError(
        f'Cannot serialize {exc!r} of type {type(exc)} safely. '
        'Handle this type in your own `serialize_validation_error`.',
    )
