"""What one document is made with: configuration, registries, generators.

The core's ``get_schema`` methods call a context. The context calls them in
turn, so that whatever a user overrides is used.
"""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern

from dmr.openapi.collector import Route, collect_routes
from dmr.openapi.config import OpenAPIConfig, validate_config
from dmr.openapi.core.merger import ConfigMerger
from dmr.openapi.core.registry import (
    OperationIdRegistry,
    SchemaCallback,
    SchemaRegistry,
    SecuritySchemeRegistry,
)
from dmr.openapi.exceptions import NameCollisionError
from dmr.openapi.generators import (
    ComponentParserGenerator,
    OperationGenerator,
    OperationIdGenerator,
    ParameterGenerator,
    PathItemGenerator,
    RequestBodyGenerator,
    ResponseGenerator,
    SchemaGenerator,
    SecuritySchemeGenerator,
)
from dmr.openapi.generators.request_body import file_encoding, file_schema
from dmr.openapi.objects import (
    Components,
    Encoding,
    OpenAPI,
    Operation,
    Parameter,
    PathItem,
    Reference,
    RequestBody,
    Response,
    Schema,
)
from dmr.openapi.overrides import call_with_router

if TYPE_CHECKING:
    from dmr.components import ComponentParser
    from dmr.controller import Controller
    from dmr.endpoint import Endpoint
    from dmr.metadata import EndpointMetadata, ResponseSpec
    from dmr.routing import Router
    from dmr.serializer import BaseSerializer


@dataclass(frozen=True, slots=True)
class Registries:
    """What a document names once."""

    operation_id: OperationIdRegistry = field(
        default_factory=OperationIdRegistry,
    )
    schema: SchemaRegistry = field(default_factory=SchemaRegistry)
    security_scheme: SecuritySchemeRegistry = field(
        default_factory=SecuritySchemeRegistry,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Generators:
    """What writes the parts of a document."""

    component_parsers: ComponentParserGenerator
    operation: OperationGenerator
    operation_id: OperationIdGenerator
    parameter: ParameterGenerator
    path_item: PathItemGenerator
    request_body: RequestBodyGenerator
    response: ResponseGenerator
    schema: SchemaGenerator
    security_scheme: SecuritySchemeGenerator


class OpenAPIContext:
    """Write one document; a context is used once.

    Subclass it to replace generators or the merger.

    Raises:
        ConfigError: when *config* has a wrong value.
    """

    config_merger_cls: type[ConfigMerger] = ConfigMerger

    def __init__(self, config: OpenAPIConfig) -> None:
        validate_config(config)
        self.config = config
        self.registries = Registries()
        self.generators = self.build_generators()
        self.config_merger = self.config_merger_cls(self)
        self._places: list[str] = []
        self._router: Router | None = None
        self._converters: dict[str, Mapping[str, Any]] = {}

    def build_generators(self) -> Generators:
        """Return the generators, called once by the constructor."""
        return Generators(
            component_parsers=ComponentParserGenerator(self),
            operation=OperationGenerator(self),
            operation_id=OperationIdGenerator(self),
            parameter=ParameterGenerator(self),
            path_item=PathItemGenerator(self),
            request_body=RequestBodyGenerator(self),
            response=ResponseGenerator(self),
            schema=SchemaGenerator(self),
            security_scheme=SecuritySchemeGenerator(self),
        )

    def register_schema(
        self,
        annotation: Any,
        schema: Schema | Reference | SchemaCallback,
        *,
        override: bool = False,
    ) -> None:
        """Describe *annotation* by *schema* instead of by its serializer.

        It counts where *annotation* itself is a body, a response or a set of
        parameters, not where it is a part of another model.

        Raises:
            ValueError: when it is registered already and *override* is not
                set.
        """
        self.registries.schema.override(annotation, schema, replace=override)

    @property
    def place(self) -> str:
        """Return what is being described right now, for messages."""
        innermost_first = reversed(self._places)
        return ' of '.join(innermost_first) or 'the document'

    @contextmanager
    def at(self, place: str) -> Generator[None]:
        """Describe *place* within the block."""
        self._places.append(place)
        try:
            yield
        finally:
            self._places.pop()

    def converters(self, path: str, pattern: URLPattern) -> Mapping[str, Any]:
        """Return parameter name → URL converter for a path.

        Those of including patterns are known while a whole document is
        written.
        """
        own: Mapping[str, Any] = pattern.pattern.converters
        return {**self._converters.get(path, {}), **own}

    def document(self, router: 'Router') -> OpenAPI:
        """Describe every controller below *router*.

        Controllers whose ``get_path_item`` returns ``None`` are left out.

        Raises:
            NameCollisionError: when two controllers have one path, or two
                different things one name.
        """
        self._router = router
        paths: dict[str, PathItem] = {}
        owners: dict[str, str] = {}
        for route in collect_routes(router.urls, router.prefix):
            _check_path(route, owners)
            self._converters[route.path] = route.converters
            path_item = call_with_router(
                route.controller_cls.get_path_item,
                route.path,
                route.pattern,
                self,
                router=router,
            )
            if path_item is not None:
                paths[route.path] = path_item
        components = Components(
            schemas=self.registries.schema.schemas,
            security_schemes=self.registries.security_scheme.schemes,
        )
        return self.config_merger(paths, components)

    def path_item(
        self,
        controller_cls: 'type[Controller[BaseSerializer]]',
        path: str,
        pattern: URLPattern,
        *,
        router: 'Router | None' = None,
    ) -> PathItem | None:
        """Describe all endpoints of one controller at one path.

        ``None`` means that all of them are hidden.
        """
        return self.generators.path_item(
            controller_cls,
            path,
            pattern,
            router=router or self._router,
        )

    def operation(
        self,
        endpoint: 'Endpoint',
        *,
        path: str,
        pattern: URLPattern,
        controller_name: str,
        serializer: 'type[BaseSerializer]',
        router: 'Router | None' = None,
    ) -> Operation:
        """Describe one endpoint at one path."""
        return self.generators.operation(
            endpoint,
            path=path,
            pattern=pattern,
            controller_name=controller_name,
            serializer=serializer,
            router=router or self._router,
        )

    def operation_id(
        self,
        endpoint: 'Endpoint',
        *,
        path: str,
        controller_name: str,
        serializer: 'type[BaseSerializer]',
    ) -> str:
        """Name one endpoint."""
        return self.generators.operation_id(
            endpoint,
            path=path,
            controller_name=controller_name,
        )

    def response(
        self,
        spec: 'ResponseSpec',
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
    ) -> Response:
        """Describe one response."""
        return self.generators.response(spec, metadata, serializer)

    def parameters(
        self,
        model: Any,
        model_meta: tuple[Any, ...],
        serializer: 'type[BaseSerializer]',
        *,
        param_in: str,
    ) -> list[Parameter]:
        """Describe the fields of *model* as parameters in *param_in*."""
        return self.generators.parameter(
            model,
            model_meta,
            serializer,
            param_in=param_in,
        )

    def request_body(
        self,
        component: 'ComponentParser',
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
    ) -> RequestBody:
        """Describe a request body, one media type per parser."""
        return self.generators.request_body(
            component,
            model,
            model_meta,
            metadata,
            serializer,
        )

    def file_request_body(
        self,
        component: 'ComponentParser',
        model: Any,
        model_meta: tuple[Any, ...],
        metadata: 'EndpointMetadata',
        serializer: 'type[BaseSerializer]',
    ) -> RequestBody:
        """Describe uploads, one media type per parser that reads files."""
        return self.generators.request_body.files(
            component,
            model,
            model_meta,
            metadata,
            serializer,
        )

    def file_schema(self, schema: Any | None = None) -> Schema:
        """Describe one file, or many if *schema* describes an array."""
        return file_schema(schema)

    def file_encoding(self, model: Any) -> Mapping[str, Encoding] | None:
        """Describe which content types each file field of *model* takes."""
        return file_encoding(model)


def _check_path(route: Route, owners: dict[str, str]) -> None:
    controller_cls = route.controller_cls
    owner = f'{controller_cls.__module__}.{controller_cls.__qualname__}'
    first_owner = owners.get(route.path)
    if first_owner is not None:
        raise NameCollisionError(
            f'Two controllers at a single path: {route.path}. One is '
            f'{first_owner}, another is {owner}. Put their methods into one '
            'controller, or move one of them.',
        )
    owners[route.path] = owner
