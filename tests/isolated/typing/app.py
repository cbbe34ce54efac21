"""What a user of dmr-core alone writes; checked strictly, never run."""

from http import HTTPStatus
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from typing_extensions import override

from dmr import (
    APIError,
    Body,
    Controller,
    HeaderSpec,
    NewHeader,
    Query,
    ResponseSpec,
    modify,
    validate,
)
from dmr.endpoint import Endpoint
from dmr.errors import ErrorDetail, ErrorType
from dmr.parsers import Parser, Raw
from dmr.renderers import Renderer
from dmr.routing import Router, path
from dmr.serializer import (
    BaseEndpointOptimizer,
    BaseSchemaGenerator,
    BaseSerializer,
)


class PlainSerializer(BaseSerializer):
    validation_error: ClassVar[type[Exception]] = TypeError
    optimizer: ClassVar[type[BaseEndpointOptimizer]]
    schema_generator: ClassVar[type[BaseSchemaGenerator]]

    @override
    @classmethod
    def serialize(cls, structure: Any, *, renderer: Renderer) -> bytes:
        return renderer.render(structure, cls.serialize_hook)

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
        return unstructured

    @override
    @classmethod
    def to_python(cls, structured: Any) -> Any:
        return structured

    @override
    @classmethod
    def serialize_validation_error(cls, exc: Exception) -> list[ErrorDetail]:
        return [{'msg': str(exc), 'type': ErrorType.value_error}]


class Users(Controller[PlainSerializer]):
    def get(self, parsed_query: Query[dict[str, str]]) -> list[str]:
        if 'name' not in parsed_query:
            raise APIError(
                self.format_error('Name is missing', loc='name'),
                status_code=HTTPStatus.BAD_REQUEST,
            )
        return [parsed_query['name']]

    @modify(
        status_code=HTTPStatus.CREATED,
        headers={'X-Created': NewHeader(value='yes')},
        tags=['users'],
    )
    def post(self, parsed_body: Body[dict[str, int]]) -> dict[str, int]:
        return parsed_body

    @validate(
        ResponseSpec(
            None,
            status_code=HTTPStatus.NO_CONTENT,
            headers={'X-Gone': HeaderSpec()},
        ),
    )
    def delete(self) -> HttpResponse:
        return self.to_response(
            None,
            status_code=HTTPStatus.NO_CONTENT,
            headers={'X-Gone': 'yes'},
        )

    @override
    def handle_error(
        self,
        endpoint: Endpoint,
        controller: 'Controller[Any]',
        exc: Exception,
    ) -> HttpResponse:
        if isinstance(exc, ZeroDivisionError):
            return self.to_error(
                self.format_error(str(exc)),
                status_code=HTTPStatus.BAD_REQUEST,
            )
        raise exc


router = Router('api/', [path('users/', Users.as_view(), name='users')])
