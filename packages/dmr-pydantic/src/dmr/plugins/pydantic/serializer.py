"""Validate requests and responses with pydantic."""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from typing import Any, ClassVar, Final, Literal, final

import pydantic
import pydantic_core
from django.http import HttpRequest
from typing_extensions import TypedDict, override

from dmr.errors import ErrorDetail, quoted
from dmr.exceptions import DataRenderingError
from dmr.metadata import EndpointMetadata
from dmr.parsers import Parser, Raw
from dmr.plugins.pydantic.adapters import adapter, rebuilt_adapter
from dmr.plugins.pydantic.compiled import bound_validator, json_decoder
from dmr.plugins.pydantic.details import error_details
from dmr.plugins.pydantic.fields import field_names
from dmr.plugins.pydantic.schema import PydanticSchemaGenerator
from dmr.plugins.pydantic.shapes import takes_floats
from dmr.plugins.pydantic.simplify import without_dataclasses
from dmr.plugins.pydantic.writing import (
    straight_encoder,
    trusting_encoder,
)
from dmr.renderers import Renderer
from dmr.serializer import (
    BaseEndpointOptimizer,
    BaseSerializer,
    Decoder,
    Encoder,
    Validator,
    overrides,
)

#: Methods that take part in validating and rendering responses.
CHECKED_BY: Final = (
    'compile_encoder',
    'compile_validator',
    'from_python',
    'serialize',
    'serialize_hook',
)


@final
class ToJsonKwargs(TypedDict, total=False):
    """Options of `pydantic.TypeAdapter.dump_python`; its mode is ``json``."""

    include: Any
    exclude: Any
    context: Any
    by_alias: bool | None
    exclude_unset: bool
    exclude_defaults: bool
    exclude_none: bool
    exclude_computed_fields: bool
    round_trip: bool
    warnings: bool | Literal['none', 'warn', 'error']
    fallback: Callable[[Any], Any] | None
    serialize_as_any: bool


@final
class ToModelKwargs(TypedDict, total=False):
    """Options of `pydantic.TypeAdapter.validate_python`."""

    extra: Literal['allow', 'ignore', 'forbid'] | None
    context: Any
    experimental_allow_partial: bool | Literal['off', 'on', 'trailing-strings']
    by_alias: bool | None
    by_name: bool | None


class PydanticEndpointOptimizer(BaseEndpointOptimizer):
    """Make the type adapters of responses at import."""

    @override
    @classmethod
    def optimize_endpoint(cls, metadata: EndpointMetadata) -> None:
        """Make adapters for everything that responses are validated with."""
        adapter(Any)
        for response in metadata.responses.values():
            # Events may be of classes that only the stream's format knows.
            if not response.streaming:
                adapter(response.return_type)


class PydanticSerializer(BaseSerializer):
    """Serialize and deserialize with pydantic.

    Works with every type that pydantic knows: models, dataclasses,
    ``TypedDict``, ``NamedTuple``, unions and containers of them.
    """

    __slots__ = ()

    #: Version of the plugin contract that this class was written for.
    dmr_plugin_api: ClassVar[int] = 1

    validation_error: ClassVar[type[Exception]] = pydantic_core.ValidationError
    optimizer: ClassVar[type[BaseEndpointOptimizer]] = PydanticEndpointOptimizer
    schema_generator = PydanticSchemaGenerator

    #: Options for turning models into primitives.
    to_json_kwargs: ClassVar[ToJsonKwargs] = {'by_alias': True}

    #: Options for turning primitives into models.
    to_model_kwargs: ClassVar[ToModelKwargs] = {'by_alias': True}

    @override
    @classmethod
    def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
        """Render *structure* with *renderer*.

        Raises:
            DataRenderingError: *structure* cannot be rendered.
        """
        return renderer.render(
            simplified_by(cls, structure), cls.serialize_hook
        )

    @override
    @classmethod
    def serialize_hook(cls, to_serialize: Any) -> Any:
        """Simplify models, dataclasses and what else pydantic can describe.

        Raises:
            DataRenderingError: the value is not supported.
        """
        if isinstance(to_serialize, pydantic.BaseModel):
            return to_serialize.model_dump(mode='json', **cls.to_json_kwargs)
        structure: object = to_serialize
        kind = type(structure)
        if (
            is_dataclass(kind)
            or hasattr(kind, '__get_pydantic_core_schema__')
            or issubclass(kind, bytes)
        ):
            return adapter(kind).dump_python(
                structure,
                mode='json',
                **cls.to_json_kwargs,
            )
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
        rebuild_namespace: Mapping[str, Any] | None = None,
    ) -> Any:
        """Validate *unstructured* and return it as *model*.

        *rebuild_namespace* has the names of forward references in *model*
        that pydantic cannot find by itself.

        Raises:
            pydantic_core.ValidationError: it does not fit.
        """
        made = (
            adapter(model)
            if rebuild_namespace is None
            else rebuilt_adapter(model, rebuild_namespace)
        )
        return made.validate_python(
            unstructured,
            strict=strict,
            **cls.to_model_kwargs,
        )

    @override
    @classmethod
    def to_python(cls, structured: Any) -> Any:
        """Return *structured*, an instance of a model, as primitives."""
        return adapter(Any).dump_python(
            structured,
            mode='json',
            **cls.to_json_kwargs,
        )

    @override
    @classmethod
    def serialize_validation_error(cls, exc: Exception) -> list[ErrorDetail]:
        """Convert an error of pydantic, one detail for each of 100 faults.

        Raises:
            NotImplementedError: *exc* is something else.
        """
        if not isinstance(exc, pydantic_core.ValidationError):
            raise NotImplementedError(
                f'Cannot serialize {exc!r} of type {type(exc)} safely. '
                'Handle this type in your own `serialize_validation_error`.',
            )
        return error_details(exc)

    @override
    @classmethod
    def type_parameters(cls, model: type[Any]) -> tuple[Any, ...]:
        """Return what is left of ``Model[T]``, which is a class of its own."""
        if not issubclass(model, pydantic.BaseModel):
            return ()
        return model.__pydantic_generic_metadata__['parameters']

    @override
    @classmethod
    def field_names(cls, model: Any) -> frozenset[str] | None:
        """Return the names under which *model* reads its fields."""
        try:
            core_schema = adapter(model).core_schema
        except (
            pydantic.PydanticUserError,
            pydantic.PydanticUndefinedAnnotation,
        ):
            return None
        by_name = bool(cls.to_model_kwargs.get('by_name'))
        return field_names(core_schema, by_name=by_name)

    @override
    @classmethod
    def compile_decoder(
        cls,
        parser: Parser,
        model: Any,
        *,
        strict: bool | None,
    ) -> Decoder:
        """Read JSON straight into *model* where that is the same."""
        plain = super().compile_decoder(parser, model, strict=strict)
        if not parser.reads_plain_json or overrides(
            cls,
            PydanticSerializer,
            'deserialize',
            'from_python',
        ):
            return plain
        return json_decoder(
            model,
            plain,
            strict=strict,
            options=cls.to_model_kwargs,
        )

    @override
    @classmethod
    def compile_validator(
        cls,
        model: Any,
        *,
        strict: bool | None,
    ) -> Validator:
        """Return pydantic's own validator of *model*."""
        if overrides(cls, PydanticSerializer, 'from_python'):
            return super().compile_validator(model, strict=strict)
        return bound_validator(
            model,
            strict=strict,
            options=cls.to_model_kwargs,
        )

    @override
    @classmethod
    def compile_encoder(cls, renderer: Renderer, model: Any) -> Encoder:
        """Write models straight as JSON where that gives the same bytes."""
        plain = super().compile_encoder(renderer, model)
        if overrides(cls, PydanticSerializer, 'serialize', 'serialize_hook'):
            return plain
        if not renderer.writes_plain_json:
            return plain
        return straight_encoder(
            model,
            plain,
            renderer=renderer,
            options=cls.to_json_kwargs,
        )

    @override
    @classmethod
    def compile_checked_encoder(
        cls,
        renderer: Renderer,
        model: Any,
    ) -> Encoder:
        """Validate only what pydantic would not take as it is."""
        checked = super().compile_checked_encoder
        if not renderer.writes_plain_json or overrides(
            cls,
            PydanticSerializer,
            *CHECKED_BY,
        ):
            return checked(renderer, model)
        return trusting_encoder(
            model,
            cls.from_python,
            super().compile_encoder(renderer, model),
            renderer=renderer,
            options=cls.to_json_kwargs,
        ) or checked(renderer, model)

    @override
    @classmethod
    def takes_floats(cls, model: Any) -> bool:
        """Tell whether there can be floats in instances of *model*."""
        return overrides(cls, PydanticSerializer, 'from_python') or (
            takes_floats(adapter(model).core_schema)
        )


def simplified_by(cls: type[PydanticSerializer], structure: Any) -> Any:
    """Return *structure* without the dataclasses in it, dumped by *cls*.

    Raises:
        DataRenderingError: *structure* has a cycle, or what pydantic cannot
            dump.
    """
    try:
        return without_dataclasses(structure, cls.serialize_hook)
    except RecursionError as exc:
        raise DataRenderingError('Cannot render a cycle') from exc
    except ValueError as exc:
        raise DataRenderingError(
            f'Cannot dump: {quoted(str(exc))}',
        ) from exc
