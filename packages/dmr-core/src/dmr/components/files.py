"""What is known about uploaded files, as an argument."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    TypeAlias,
    TypeVar,
    cast,
)

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from typing_extensions import override

from dmr.components.base import ComponentParser, Reader
from dmr.components.shaping import multi_value_shape
from dmr.exceptions import (
    DataParsingError,
    EndpointMetadataError,
    RequestSerializationError,
)
from dmr.files import FileBody
from dmr.internal.reading import read_body
from dmr.metadata import EndpointMetadata, ResponseSpec
from dmr.parsers import SupportsDjangoDefaultParsing, SupportsFileParsing
from dmr.uploads import check_uploads, upload_limits, watch_uploads

if TYPE_CHECKING:
    from dmr.controller import Controller
    from dmr.description import DescriptionContext
    from dmr.endpoint import Endpoint
    from dmr.serializer import BaseSerializer

_FilesT = TypeVar('_FilesT')

_ATTRIBUTES = (
    'size',
    'name',
    'content_type',
    'charset',
    'content_type_extra',
)


class FileMetadataComponent(ComponentParser):
    """Take what is known about uploaded files, field → facts.

    The facts are ``size`` (bytes), ``name``, ``content_type``, ``charset`` and
    ``content_type_extra``. The files themselves are in ``request.FILES``.
    """

    __slots__ = ('schema_metadata',)

    context_name: ClassVar[str] = 'parsed_file_metadata'

    def __init__(self, schema_metadata: type[FileBody] = FileBody) -> None:
        """Describe the files with *schema_metadata*."""
        self.schema_metadata = schema_metadata

    @override
    def provide_context_data(
        self,
        endpoint: 'Endpoint',
        controller: 'Controller[BaseSerializer]',
        *,
        field_model: Any,
    ) -> Any:
        """Return field → facts, or a list of facts where the model forces it.

        Raises:
            RequestSerializationError: this request cannot have files.
        """
        request = controller.request
        parser = endpoint.request_negotiator(request)
        if not isinstance(parser, SupportsFileParsing):
            raise RequestSerializationError(
                _(
                    'Trying to parse files with {parser} that does not '
                    'support SupportsFileParsing protocol',
                ).format(parser=repr(type(parser).__name__)),
            )
        try:
            controller.serializer.deserialize(
                # Django reads forms from the stream, big files to the disk.
                b''
                if isinstance(parser, SupportsDjangoDefaultParsing)
                else read_body(request),
                parser=parser,
                request=request,
                model=field_model,
            )
        except DataParsingError as exc:
            raise RequestSerializationError(str(exc)) from exc
        facts: MultiValueDict[str, Any] = MultiValueDict(
            {
                name: [_facts(one) for one in files]
                for name, files in request.FILES.lists()
            }
        )
        return multi_value_shape(field_model)(facts)

    @override
    def compile_reader(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: EndpointMetadata,
        serializer: 'type[BaseSerializer]',
        *,
        strict: bool | None,
    ) -> Reader:
        """Return the reader, which refuses files over a limit first."""
        limits = upload_limits(model)
        if not limits:
            return super().compile_reader(
                model,
                model_meta,
                metadata,
                serializer,
                strict=strict,
            )
        validate = serializer.compile_validator(model, strict=strict)

        def read_limited(
            endpoint: 'Endpoint',
            controller: 'Controller[BaseSerializer]',
        ) -> Any:
            request = controller.request
            watch_uploads(request, limits)
            facts = self.provide_context_data(
                endpoint,
                controller,
                field_model=model,
            )
            check_uploads(request, limits, self.context_name)
            return validate(facts)

        return read_limited

    @override
    def provide_response_specs(
        self,
        metadata: EndpointMetadata,
        controller_cls: 'type[Controller[BaseSerializer]]',
        existing_responses: Mapping[HTTPStatus, ResponseSpec],
    ) -> list[ResponseSpec]:
        """Describe invalid files (400), and those over a limit (413)."""
        specs = super().provide_response_specs(
            metadata,
            controller_cls,
            existing_responses,
        )
        is_limited = any(
            limit.max_bytes is not None
            for component, model, _meta in metadata.component_parsers
            if component is self
            for limit in upload_limits(model).values()
        )
        if is_limited:
            specs += self.new_response(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                'Raised when an uploaded file is too large',
                controller_cls,
                existing_responses,
            )
        return specs

    @override
    def validate(
        self,
        controller_cls: 'type[Controller[BaseSerializer]]',
        metadata: EndpointMetadata,
    ) -> None:
        """Require a parser that reads files."""
        if not any(
            isinstance(parser, SupportsFileParsing)
            for parser in metadata.parsers.values()
        ):
            raise EndpointMetadataError(
                f'{metadata.endpoint_name} takes FileMetadata and requires '
                'at least one parser that can parse files, found: '
                f'{list(metadata.parsers)!r}. Add `MultiPartParser()` to its '
                'parsers.',
            )

    @override
    def get_schema(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: EndpointMetadata,
        serializer: 'type[BaseSerializer]',
        context: 'DescriptionContext',
    ) -> Any:
        """Describe the uploaded files as a request body."""
        return context.file_request_body(
            self,
            model,
            model_meta,
            metadata,
            serializer,
        )


#: Facts about uploaded files, for the parameter ``parsed_file_metadata``.
FileMetadata: TypeAlias = Annotated[_FilesT, FileMetadataComponent()]


def _facts(file: Any) -> dict[str, Any]:
    return {name: _as_text(getattr(file, name, None)) for name in _ATTRIBUTES}


def _as_text(fact: Any) -> Any:
    """Return *fact*; Django leaves parameters of media types as bytes."""
    if isinstance(fact, bytes):
        return fact.decode('latin-1')
    if isinstance(fact, Mapping):
        pairs = cast('Mapping[Any, Any]', fact).items()
        return {name: _as_text(one) for name, one in pairs}
    return fact
