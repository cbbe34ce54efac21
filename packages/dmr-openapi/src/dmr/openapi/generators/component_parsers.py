"""Describe everything that an endpoint reads from a request."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.urls import URLPattern

from dmr.openapi.generators.request_body import merge_request_bodies
from dmr.openapi.json_values import is_array
from dmr.openapi.objects import Parameter, Reference, RequestBody

if TYPE_CHECKING:
    from dmr.metadata import EndpointMetadata
    from dmr.openapi.core.context import OpenAPIContext
    from dmr.serializer import BaseSerializer

_NAME_IN_PATH: Final = re.compile(r'\{([^{}]+)\}')


@dataclass(frozen=True, slots=True)
class ComponentParserGenerator:
    """Ask each component, then add what only the URL pattern knows."""

    context: 'OpenAPIContext'

    def __call__(
        self,
        path: str,
        pattern: URLPattern,
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
    ) -> tuple[RequestBody | None, list[Parameter | Reference] | None]:
        """Return the request body and the parameters of one endpoint.

        Raises:
            TypeError: when a component returns something else.
        """
        body: RequestBody | None = None
        parameters: list[Parameter | Reference] = []
        for component, model, model_meta in metadata.component_parsers:
            with self.context.at(component.context_name):
                described: Any = component.get_schema(
                    model,
                    model_meta,
                    metadata,
                    serializer,
                    self.context,
                )
            if isinstance(described, RequestBody):
                body = (
                    described
                    if body is None
                    else merge_request_bodies(body, described)
                )
            elif is_array(described):
                parameters.extend(described)
            else:
                raise _unsupported(described)
        parameters = self._complete(parameters, path, pattern, serializer)
        return body, parameters or None

    def _complete(
        self,
        parameters: list[Parameter | Reference],
        path: str,
        pattern: URLPattern,
        serializer: 'type[BaseSerializer]',
    ) -> list[Parameter | Reference]:
        """Make path parameters fit the path, as OpenAPI demands."""
        in_path = _NAME_IN_PATH.findall(path)
        fitting = [
            parameter
            for parameter in parameters
            if _path_name(parameter) in {None, *in_path}
        ]
        described = set(map(_path_name, fitting))
        missing = (name for name in in_path if name not in described)
        return fitting + self.context.generators.parameter.from_route(
            missing,
            self.context.converters(path, pattern),
            serializer,
        )


def _path_name(parameter: Parameter | Reference) -> str | None:
    """Return the name of a path parameter, ``None`` for any other."""
    if isinstance(parameter, Parameter) and parameter.param_in == 'path':
        return parameter.name
    return None


def _unsupported(described: Any) -> TypeError:
    return TypeError(
        f'Returning {type(described)} from ComponentParser.get_schema is not '
        'supported. Return a list of parameters or a RequestBody.',
    )
