"""Describe request bodies, one media type per parser."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin

from typing_extensions import get_type_hints

from dmr.files import FileBody
from dmr.negotiation.content_types import by_content_type
from dmr.openapi.objects import (
    Encoding,
    MediaType,
    MediaTypeMetadata,
    OpenAPIFormat,
    OpenAPIType,
    Reference,
    RequestBody,
    Schema,
)
from dmr.parsers import SupportsFileParsing
from dmr.types import annotated_metadata
from dmr.uploads import UploadLimit, upload_limits

if TYPE_CHECKING:
    from dmr.components import ComponentParser
    from dmr.metadata import EndpointMetadata
    from dmr.openapi.core.context import OpenAPIContext
    from dmr.serializer import BaseSerializer


@dataclass(frozen=True, slots=True)
class RequestBodyGenerator:
    """Describe what a body component reads."""

    context: 'OpenAPIContext'

    def __call__(
        self,
        component: 'ComponentParser',
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
    ) -> RequestBody:
        """Return the body that each parser of the endpoint can read."""
        conditions = component.conditional_types(model, model_meta)
        content: dict[str, MediaType | Reference] = {}
        descriptions: list[str] = []
        for media_type in metadata.parsers:
            body_model = by_content_type(conditions, media_type) or model
            schema = self.context.generators.schema(body_model, serializer)
            content[media_type] = media_type_with_metadata(
                schema,
                annotated_metadata(body_model, model_meta, MediaTypeMetadata),
            )
            descriptions.extend(self._descriptions(schema))
        return RequestBody(
            content=content,
            description=descriptions[0] if descriptions else None,
            required=True,
        )

    def files(
        self,
        component: 'ComponentParser',
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
    ) -> RequestBody:
        """Return the body that each parser which reads files can read."""
        conditions = component.conditional_types(model, model_meta)
        file_body = _file_body(component)
        content: dict[str, MediaType | Reference] = {}
        description: str | None = None
        for media_type, parser in metadata.parsers.items():
            if not isinstance(parser, SupportsFileParsing):
                continue
            body_model = by_content_type(conditions, media_type) or model
            schema = self._file_schema(body_model, serializer, file_body)
            description = description or schema.description
            content[media_type] = media_type_with_metadata(
                schema,
                annotated_metadata(body_model, model_meta, MediaTypeMetadata),
                encoding=file_body.encoding(body_model, self.context),
            )
        return RequestBody(
            content=content,
            description=description,
            required=True,
        )

    def _descriptions(self, schema: Schema | Reference) -> Iterator[str]:
        registry = self.context.registries.schema
        resolved = registry.maybe_resolve_reference(schema)
        if resolved.description:
            yield resolved.description

    def _file_schema(
        self,
        model: Any,
        serializer: 'type[BaseSerializer]',
        file_body: type[FileBody],
    ) -> Schema:
        schema = self.context.registries.schema.maybe_resolve_reference(
            self.context.generators.schema(
                model,
                serializer,
                skip_registration=True,
                use_references=False,
            ),
        )
        limits = upload_limits(model)
        schema.properties = {
            name: _limited(
                file_body.get_schema(self.context, member),
                limits.get(name),
            )
            for name, member in (schema.properties or {}).items()
        }
        return schema


def file_schema(schema: Any | None = None) -> Schema:
    """Describe one file, or many when *schema* describes an array."""
    one = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
    if isinstance(schema, Schema) and _is_array(schema):
        return Schema(type=OpenAPIType.ARRAY, items=one)
    return one


def _limited(schema: Any, limit: UploadLimit | None) -> Any:
    """Say how large a file may be; for binary data the length is in bytes."""
    if limit is None or limit.max_bytes is None:
        return schema
    if not isinstance(schema, Schema):
        return schema
    one = schema.items if _is_array(schema) else schema
    if isinstance(one, Schema):
        one.max_length = limit.max_bytes
    return schema


def file_encoding(model: Any) -> Mapping[str, Encoding] | None:
    """Describe the content types that file fields are limited to.

    That is by an `UploadLimit`, or by a ``Literal`` in their model.
    """
    encodings: dict[str, Encoding] = {
        name: Encoding(content_type=', '.join(limit.content_types))
        for name, limit in upload_limits(model).items()
        if limit.content_types
    }
    for name, field_model in _hints(model).items():
        declared = _hints(_file_model(field_model)).get('content_type')
        if get_origin(declared) is Literal:
            encodings[name] = Encoding(
                content_type=', '.join(map(str, get_args(declared))),
            )
    return encodings or None


def media_type_with_metadata(
    schema: Schema | Reference,
    metadata: MediaTypeMetadata | None,
    *,
    encoding: Mapping[str, Encoding] | None = None,
) -> MediaType:
    """Return a media type with what the user says about it."""
    if metadata is None:
        return MediaType(schema=schema, encoding=encoding)
    return MediaType(
        schema=schema,
        example=metadata.example,
        examples=metadata.examples,
        encoding=metadata.encoding or encoding,
        item_encoding=metadata.item_encoding,
        prefix_encoding=metadata.prefix_encoding,
    )


def merge_request_bodies(older: RequestBody, newer: RequestBody) -> RequestBody:
    """Return one body that satisfies two components, such as form and files.

    Only media types that both components can read are left.
    """
    content: dict[str, MediaType | Reference] = {}
    for media_type, new in newer.content.items():
        old = older.content.get(media_type)
        if isinstance(old, MediaType) and isinstance(new, MediaType):
            content[media_type] = _merge_media_types(old, new)
    descriptions = filter(None, (older.description, newer.description))
    return RequestBody(
        content=content,
        description=' '.join(descriptions) or None,
        required=older.required or newer.required,
    )


def _merge_media_types(older: MediaType, newer: MediaType) -> MediaType:
    schemas = [
        part.schema for part in (newer, older) if part.schema is not None
    ]
    encoding = {**(older.encoding or {}), **(newer.encoding or {})}
    return MediaType(
        schema=Schema(all_of=schemas),
        example=older.example if newer.example is None else newer.example,
        examples=newer.examples or older.examples,
        encoding=encoding or None,
    )


def _file_body(component: 'ComponentParser') -> type[FileBody]:
    """Return how *component* wants its files described."""
    declared: type[FileBody] = getattr(
        component,
        'schema_metadata',
        FileBody,
    )
    return declared


def _is_array(schema: Schema) -> bool:
    return schema.type == OpenAPIType.ARRAY or any(
        isinstance(member, Schema) and _is_array(member)
        for member in schema.any_of or ()
    )


def _hints(model: Any) -> dict[str, Any]:
    origin = get_origin(model) or model
    if not isinstance(origin, type):
        return {}
    try:
        return get_type_hints(origin)
    # Annotations are arbitrary user code, and encodings are optional.
    except Exception:
        return {}


def _file_model(annotation: Any) -> Any:
    """Return the model of one file: the item of ``list[…]``, or itself."""
    arguments = get_args(annotation)
    if not arguments:
        return annotation
    return next(
        (member for member in arguments if member is not type(None)),
        annotation,
    )
