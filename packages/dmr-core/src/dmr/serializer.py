"""What a serializer plugin promises.

Three base classes are the contract: `BaseSerializer` validates and simplifies
data, `BaseEndpointOptimizer` prepares an endpoint at import,
`BaseSchemaGenerator` describes models. A plugin that has only their abstract
methods works everywhere.

On top of that a serializer may *compile*: the ``compile_*`` methods are called
at import and return a callable for requests, which serves all endpoints with
the same formats and the same model. Their default answers use the abstract
methods. A faster answer must give the same values and the same errors.
"""

import abc
import enum
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias, cast

from django.http import HttpRequest
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from dmr import discovery
from dmr.errors import ErrorDetail, quoted
from dmr.exceptions import (
    DataRenderingError,
    RequestSerializationError,
)
from dmr.internal.finite import require_finite
from dmr.internal.overriding import overrides as overrides
from dmr.internal.sharing import shared
from dmr.parsers import Parser, Raw
from dmr.renderers import Renderer

if TYPE_CHECKING:
    from dmr.metadata import EndpointMetadata

#: Reads a body into a validated model.
Decoder: TypeAlias = Callable[[Raw, HttpRequest], Any]
#: Validates Python data, returns the model.
Validator: TypeAlias = Callable[[Any], Any]
#: Renders response data.
Encoder: TypeAlias = Callable[[Any], bytes]

_NO_LOC: Final[list[int | str]] = []


class BaseEndpointOptimizer:
    """Prepare endpoints at import, for example by building models early."""

    @classmethod
    @abc.abstractmethod
    def optimize_endpoint(cls, metadata: 'EndpointMetadata') -> None:
        """Prepare the endpoint that *metadata* describes.

        Called once, at the end of the endpoint's construction.
        """


class BaseSchemaGenerator:
    """Describe models as JSON schema, in whatever way the serializer has."""

    @classmethod
    @abc.abstractmethod
    def get_schema(
        cls,
        model: Any,
        ref_template: str,
        *,
        used_for_response: bool = False,
    ) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """Return the schema of *model* and the definitions it refers to.

        References look like *ref_template* formatted with ``model`` as the
        name. ``None`` means that there is no schema for this model.
        """

    @classmethod
    @abc.abstractmethod
    def schema_name(cls, model: Any) -> str | None:
        """Return the name of the schema of *model*, ``None`` if unnamed."""


class BaseSerializer:
    """Base class of all serializers.

    A serializer is never instantiated, controllers get it as type argument.
    Set *validation_error* to what `from_python` raises on invalid data.
    """

    __slots__ = ()

    validation_error: ClassVar[type[Exception]]
    optimizer: ClassVar[type[BaseEndpointOptimizer]]
    schema_generator: ClassVar[type[BaseSchemaGenerator]]

    @classmethod
    @abc.abstractmethod
    def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
        """Render *structure* with *renderer*.

        Raises:
            DataRenderingError: *structure* cannot be rendered.
        """

    @classmethod
    def serialize_hook(cls, to_serialize: Any) -> Any:
        """Simplify a value that the renderer does not know.

        Raises:
            DataRenderingError: the value is not supported.
        """
        if isinstance(to_serialize, (set, frozenset)):
            return list(cast('set[Any]', to_serialize))
        if isinstance(to_serialize, enum.Enum):
            return to_serialize.value
        raise DataRenderingError(
            f'Value {quoted(repr(to_serialize))} of type '
            f'{type(to_serialize)} is not supported',
        )

    @classmethod
    @abc.abstractmethod
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

    @classmethod
    def deserialize_hook(
        cls,
        target_type: type[Any],
        to_deserialize: Any,
    ) -> Any:
        """Convert a value to *target_type*, which the parser does not know.

        Raises:
            RequestSerializationError: the value is not supported.
        """
        given: object = to_deserialize
        raise RequestSerializationError(
            _(
                'Value {value} of type {type} is not supported for '
                '{target_type}',
            ).format(
                value=quoted(str(given)),
                type=type(given),
                target_type=target_type,
            ),
        )

    @classmethod
    @abc.abstractmethod
    def from_python(
        cls,
        unstructured: Any,
        model: Any,
        *,
        strict: bool | None,
    ) -> Any:
        """Validate *unstructured* and return it as *model*.

        With *strict* nothing is coerced, ``None`` leaves that to the model.

        Raises:
            Exception: of the type `validation_error`.
        """

    @classmethod
    @abc.abstractmethod
    def to_python(cls, structured: Any) -> Any:
        """Return *structured*, an instance of a model, as primitives."""

    @classmethod
    @abc.abstractmethod
    def serialize_validation_error(cls, exc: Exception) -> list[ErrorDetail]:
        """Convert a `validation_error` to error details.

        Raises:
            NotImplementedError: *exc* is something else.
        """

    @classmethod
    def locate_validation_error(
        cls,
        exc: Exception,
        component: str,
    ) -> list[ErrorDetail]:
        """Convert an error in one *component* of a request.

        Every ``loc`` starts with the name of the component.
        """
        details = cls.serialize_validation_error(exc)
        for detail in details:
            detail['loc'] = [component, *detail.get('loc', _NO_LOC)]
        return details

    @classmethod
    def field_names(cls, model: Any) -> frozenset[str] | None:
        """Return the names under which *model* reads its fields.

        These are the names that clients use. ``None`` means that they are not
        known, or that the model takes any name; then it gets all that there
        is. Called at import.
        """
        return None

    @classmethod
    def type_parameters(cls, model: type[Any]) -> tuple[Any, ...]:
        """Return the type variables that a class of models still has.

        For models that make a new class for each subscription, and forget
        there what ``typing`` would know. Called at import.
        """
        return ()

    @classmethod
    def is_supported(cls, pluggable: Parser | Renderer) -> bool:
        """Tell whether this parser or renderer can be used, at import."""
        return True

    @classmethod
    def compile_decoder(
        cls,
        parser: Parser,
        model: Any,
        *,
        strict: bool | None,
    ) -> Decoder:
        """Return a function that reads a body into *model*.

        It raises what `deserialize` and `from_python` raise, and
        `DataParsingError` for text like ``"nan"`` that became a number. A
        faster decoder falls back on this one, which has the validator of
        `compile_validator`.
        """
        validate = cls.compile_validator(model, strict=strict)
        takes_floats = cls.takes_floats(model)

        def decode(buffer: Raw, request: HttpRequest) -> Any:
            parsed = cls.deserialize(
                buffer,
                parser=parser,
                request=request,
                model=model,
            )
            made = validate(parsed)
            if takes_floats:
                require_finite(parsed, made, cls.to_python)
            return made

        return decode

    @classmethod
    def compile_validator(
        cls,
        model: Any,
        *,
        strict: bool | None,
    ) -> Validator:
        """Return a function that validates Python data as *model*."""

        def validate(unstructured: Any) -> Any:
            return cls.from_python(unstructured, model, strict=strict)

        return validate

    @classmethod
    def compile_encoder(cls, renderer: Renderer, model: Any) -> Encoder:
        """Return a function that renders data declared as *model*."""
        return _plain_encoder(cls, renderer)

    @classmethod
    def compile_checked_encoder(
        cls,
        renderer: Renderer,
        model: Any,
    ) -> Encoder:
        """Return a function that validates data as *model*, then renders.

        Nothing is coerced. It raises what `from_python` and `serialize`
        raise.
        """
        validate = cls.compile_validator(model, strict=True)
        encode = cls.compile_encoder(renderer, model)

        def encode_checked(structure: Any) -> bytes:
            validate(structure)
            return encode(structure)

        return encode_checked

    @classmethod
    def takes_floats(cls, model: Any) -> bool:
        """Tell whether there can be floats in instances of *model*.

        Text in them is looked at for numbers without end. ``True`` means as
        well that it is not known. Called at import.
        """
        return True


@shared
def _plain_encoder(
    serializer: type[BaseSerializer],
    renderer: Renderer,
) -> Encoder:
    def encode(structure: Any) -> bytes:
        return serializer.serialize(structure, renderer=renderer)

    return encode


def resolve_serializer(
    given: type[BaseSerializer] | str,
) -> type[BaseSerializer]:
    """Return the serializer that *given* stands for.

    It is a class, an import path, or the name of a plugin.

    Raises:
        ImportError: the import path is wrong.
        PluginError: the plugin is missing or unusable.
        TypeError: it is no serializer.
    """
    found: object = given
    if isinstance(given, str):
        found = (
            import_string(given)
            if '.' in given
            else discovery.get(discovery.SERIALIZERS, given)
        )
    if isinstance(found, type) and issubclass(found, BaseSerializer):
        return found
    raise TypeError(f'{given!r} is no serializer, it stands for {found!r}.')
