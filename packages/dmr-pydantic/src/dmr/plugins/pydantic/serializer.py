"""Validate requests and responses with pydantic."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, final

import pydantic
import pydantic_core
from django.http import HttpRequest
from typing_extensions import TypedDict, override

from dmr.errors import ErrorDetail, ErrorType, quoted
from dmr.exceptions import DataParsingError, DataRenderingError
from dmr.internal.hostile import reject_deep_nesting
from dmr.metadata import EndpointMetadata
from dmr.parsers import Parser, Raw
from dmr.plugins.pydantic.adapters import adapter, rebuilt_adapter
from dmr.plugins.pydantic.schema import PydanticSchemaGenerator
from dmr.renderers import Renderer
from dmr.serializer import BaseEndpointOptimizer, BaseSerializer


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
    optimizer: ClassVar[type[BaseEndpointOptimizer]] = (
        PydanticEndpointOptimizer
    )
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
        return renderer.render(structure, cls.serialize_hook)

    @override
    @classmethod
    def serialize_hook(cls, to_serialize: Any) -> Any:
        """Simplify models, dataclasses and what else pydantic can describe.

        Raises:
            DataRenderingError: the value is not supported.
        """
        if isinstance(to_serialize, pydantic.BaseModel):
            return to_serialize.model_dump(mode='json', **cls.to_json_kwargs)
        kind = type(to_serialize)
        if dataclasses.is_dataclass(kind) or hasattr(
            kind,
            '__get_pydantic_core_schema__',
        ):
            return adapter(kind).dump_python(
                to_serialize,
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
        """Convert an error of pydantic, one detail for each fault.

        Raises:
            NotImplementedError: *exc* is something else.
        """
        if not isinstance(exc, pydantic_core.ValidationError):
            raise NotImplementedError(
                f'Cannot serialize {exc!r} of type {type(exc)} safely. '
                'Handle this type in your own `serialize_validation_error`.',
            )
        return [
            {
                'msg': error['msg'],
                'loc': [str(part) for part in error['loc']],
                'type': str(ErrorType.value_error),
            }
            for error in exc.errors(
                include_url=False,
                include_context=False,
                include_input=False,
            )
        ]


class PydanticFastSerializer(PydanticSerializer):
    """Serialize and deserialize JSON with pydantic alone.

    The parsers and renderers only say that it is JSON, they do no work.
    """

    __slots__ = ()

    #: Version of the plugin contract that this class was written for.
    dmr_plugin_api: ClassVar[int] = 1

    @override
    @classmethod
    def is_supported(cls, pluggable: Parser | Renderer) -> bool:
        """Tell whether *pluggable* is for ``application/json``."""
        return pluggable.content_type == 'application/json'

    @override
    @classmethod
    def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
        """Render *structure* as JSON.

        Raises:
            DataRenderingError: *structure* cannot be rendered.
        """
        options: dict[str, Any] = {
            'fallback': cls.serialize_hook,
            **cls.to_json_kwargs,
        }
        try:
            return adapter(Any).dump_json(structure, **options)
        except (ValueError, RecursionError) as exc:
            raise DataRenderingError(
                f'Error serializing to JSON: {quoted(str(exc))}',
            ) from exc

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
        """Parse *buffer* as JSON, an empty body is ``None``.

        Raises:
            DataParsingError: *buffer* is malformed.
        """
        if not buffer:
            return None
        reject_deep_nesting(buffer)
        try:
            return pydantic_core.from_json(buffer, allow_inf_nan=False)
        except ValueError as exc:
            raise DataParsingError(quoted(f'Invalid JSON: {exc}')) from exc
