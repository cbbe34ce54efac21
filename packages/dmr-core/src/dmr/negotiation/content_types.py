"""Names of media types, and types that depend on the media type."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, unique
from types import MappingProxyType
from typing import Any, Final, final

from django.http import HttpRequest

from dmr.exceptions import EndpointMetadataError
from dmr.internal.request_state import request_renderer
from dmr.negotiation.media_types import essence
from dmr.types import annotated_metadata

_MIN_CONDITIONS: Final = 2


@final
@unique
class ContentType(StrEnum):
    """Media types that are often used."""

    json = 'application/json'
    xml = 'application/xml'
    x_www_form_urlencoded = 'application/x-www-form-urlencoded'
    multipart_form_data = 'multipart/form-data'
    msgpack = 'application/msgpack'
    event_stream = 'text/event-stream'
    jsonl = 'application/jsonl'
    json_problem_details = 'application/problem+json'


@final
@dataclass(frozen=True, slots=True)
class ConditionalType:
    """Media type → type, made by `conditional_type`."""

    computed: Mapping[str, Any]

    def __hash__(self) -> int:
        """Hash by media types: types themselves may be unhashable."""
        return hash(tuple(self.computed))


def conditional_type(
    mapping: Mapping[str | ContentType, Any],
) -> ConditionalType:
    """Give each media type a type of its own, inside of ``Annotated``.

    Raises:
        EndpointMetadataError: *mapping* has less than two entries.
    """
    if len(mapping) < _MIN_CONDITIONS:
        raise EndpointMetadataError(
            f'conditional_type() got {dict(mapping)!r}, its mapping must have '
            f'length >= {_MIN_CONDITIONS}. Use the type itself for one media '
            'type.',
        )
    return ConditionalType(
        MappingProxyType({str(name): one for name, one in mapping.items()}),
    )


def get_conditional_types(
    model: Any,
    model_meta: tuple[Any, ...],
) -> Mapping[str, Any] | None:
    """Return media type → type of a conditional type, else ``None``.

    *model* may be ``Annotated``, *model_meta* is what stands around it.
    """
    found = annotated_metadata(model, model_meta, ConditionalType)
    return found.computed if isinstance(found, ConditionalType) else None


def by_content_type(
    conditions: Mapping[str, Any],
    content_type: str,
) -> Any | None:
    """Return the type for *content_type*, whatever its parameters are."""
    found = conditions.get(content_type)
    if found is not None:
        return found
    wanted = essence(content_type)
    for name, one in conditions.items():
        if name.lower() == wanted:
            return one
    return None


def accepts(request: HttpRequest, content_type: str) -> bool:
    """Tell whether the answer to *request* will be *content_type*.

    It compares with the renderer that was negotiated, the header is not read
    again.
    """
    renderer = request_renderer(request)
    return renderer is not None and renderer.content_type == content_type
