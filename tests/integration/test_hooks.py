"""Every class attribute that replaces a part of the machinery is used."""

import dataclasses
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from typing_extensions import override

from dmr import Body, Controller, Query, ResponseSpec, modify
from dmr.components import ComponentParserBuilder
from dmr.endpoint import Endpoint, SerializerContext
from dmr.errors import ErrorModel
from dmr.metadata import (
    EndpointMetadata,
    ResponseModification,
    ResponseSpecProvider,
)
from dmr.negotiation import RequestNegotiator, ResponseNegotiator
from dmr.parsers import Parser
from dmr.plugins.msgspec import MsgpackParser, MsgpackRenderer
from dmr.plugins.pydantic import PydanticSerializer
from dmr.renderers import Renderer
from dmr.types import AnnotationsContext, TypeVarInference
from dmr.validation import (
    ControllerValidator,
    ResponseValidator,
    SettingsValidator,
)
from dmr.validation.endpoint_metadata import (
    EndpointMetadataBuilder,
    EndpointMetadataValidator,
)
from dmr.validation.response import ValidatedModification
from tests.integration.serving import AnySerializer, Site


def test_endpoint_cls(site: Site) -> None:
    """Endpoints can be of another class, with error handlers of their own."""

    class _Endpoint(Endpoint):
        @override
        def handle_error(
            self,
            controller: Any,
            exc: Exception,
        ) -> HttpResponseBase:
            if isinstance(exc, LookupError):
                return controller.to_response('handled')  # type: ignore[no-any-return]
            return super().handle_error(controller, exc)

        @override
        async def handle_async_error(
            self,
            controller: Any,
            exc: Exception,
        ) -> HttpResponse:
            if isinstance(exc, LookupError):
                return controller.to_response('handled')  # type: ignore[no-any-return]
            return await super().handle_async_error(controller, exc)

    class _Custom(Controller[AnySerializer]):
        endpoint_cls = _Endpoint

        def get(self) -> str:
            raise LookupError

    assert 'handled' == site.serve(_Custom).data
    assert 406 == (
        site.serve(_Custom, headers={'Accept': 'text/html'}).status_code
    )


def test_serializer_context_cls(json_site: Site) -> None:
    """Request data can be validated strictly."""

    class _Strict(SerializerContext):
        strict_validation = True

    class _Endpoint(Endpoint):
        serializer_context_cls = _Strict

    class _Lax(Controller[PydanticSerializer]):
        def post(self, parsed_body: Body[int]) -> int:
            return parsed_body

    class _Custom(_Lax):
        endpoint_cls = _Endpoint

    assert [201, 400] == [
        json_site.serve(one, 'POST', data='1').status_code
        for one in (_Lax, _Custom)
    ]


def test_serializer_context_can_be_called_differently(site: Site) -> None:
    """What it returns are the arguments."""

    class _Doubling(SerializerContext):
        @override
        def __call__(self, endpoint: Any, controller: Any) -> dict[str, Any]:
            found = super().__call__(endpoint, controller)
            return {name: one * 2 for name, one in found.items()}

    class _Endpoint(Endpoint):
        serializer_context_cls = _Doubling

    class _Custom(Controller[AnySerializer]):
        endpoint_cls = _Endpoint

        def post(self, parsed_body: Body[int]) -> int:
            return parsed_body

    assert 6 == site.serve(_Custom, 'POST', data=3).data


def test_component_builder_cls(json_site: Site) -> None:
    """Components can be found differently."""

    class _OnlyQuery(ComponentParserBuilder):
        @override
        def __call__(self, type_annotations: dict[str, Any]) -> Any:
            found = super().__call__(type_annotations)
            return [
                one for one in found if one[0].context_name == 'parsed_query'
            ]

    class _Context(SerializerContext):
        component_builder_cls = _OnlyQuery

    class _Endpoint(Endpoint):
        serializer_context_cls = _Context

    class _Custom(Controller[AnySerializer]):
        endpoint_cls = _Endpoint

        def post(
            self,
            parsed_query: Query[dict[str, str]],
            parsed_body: Body[int] = 7,
        ) -> list[Any]:
            return [parsed_query, parsed_body]

    answer = json_site.serve(_Custom, 'POST', '/?a=b', data=b'{')

    assert [{'a': 'b'}, 7] == answer.data


def test_type_var_inference_cls(json_site: Site) -> None:
    """Type variables can be solved differently."""
    solved: list[str] = []

    class _Inference(TypeVarInference):  # type: ignore[misc]  # final
        def __call__(self) -> dict[Any, Any]:
            found = super().__call__()
            solved.extend(str(variable) for variable in found)
            return found

    class _Builder(ComponentParserBuilder):
        type_var_inference_cls = _Inference

    class _Context(SerializerContext):
        component_builder_cls = _Builder

    class _Endpoint(Endpoint):
        serializer_context_cls = _Context

    model = TypeVar('model')

    class _Base(Controller[AnySerializer], Generic[AnySerializer, model]):
        endpoint_cls = _Endpoint

        def post(self, parsed_body: Body[model]) -> str:
            return type(parsed_body).__name__

    class _Custom(_Base[AnySerializer, list[int]]):
        """Has a real type."""

    assert 'list' == json_site.serve(_Custom, 'POST', data=[1]).data
    assert '~model' in solved


def test_metadata_classes(site: Site) -> None:
    """Metadata can have other providers of responses."""

    class _Provider(ResponseSpecProvider):
        @override
        @classmethod
        def provide_response_specs(
            cls,
            metadata: Any,
            controller_cls: Any,
            existing_responses: Any,
        ) -> list[ResponseSpec]:
            return [
                ResponseSpec(
                    controller_cls.error_model,
                    status_code=HTTPStatus.IM_A_TEAPOT,
                    description='Sometimes',
                ),
            ]

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class _Metadata(EndpointMetadata):
        @override
        def response_spec_providers(self) -> Sequence[Any]:
            # Classes will do where they answer as class methods.
            return [
                _Provider,
                *EndpointMetadata.response_spec_providers(self),
            ]

    built: list[str] = []

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class _Builder(EndpointMetadataBuilder):
        @override
        def __call__(self) -> EndpointMetadata:
            metadata = EndpointMetadataBuilder.__call__(self)
            built.append(metadata.endpoint_name)
            return metadata

    checked: list[str] = []

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class _Validator(EndpointMetadataValidator):
        @override
        def __call__(self, func: Any, *, controller_cls: Any) -> None:
            checked.append(self.metadata.endpoint_name)
            EndpointMetadataValidator.__call__(
                self,
                func,
                controller_cls=controller_cls,
            )

    class _Endpoint(Endpoint):
        metadata_cls = _Metadata
        metadata_builder_cls = _Builder
        metadata_validator_cls = _Validator

    class _Custom(Controller[AnySerializer]):
        endpoint_cls = _Endpoint

        def get(self) -> str:
            return 'text'

    with site.overridden():
        concrete = site.define(_Custom)
        metadata = concrete.api_endpoints['GET'].metadata

    assert [200, 418, 422, 406] == list(metadata.responses)
    assert (
        ResponseSpec(
            ErrorModel,
            status_code=HTTPStatus.IM_A_TEAPOT,
            description='Sometimes',
        )
        == metadata.responses[HTTPStatus.IM_A_TEAPOT]
    )
    assert [f'{concrete.__qualname__}.get'] == built == checked
    assert isinstance(metadata, _Metadata)


def test_response_modification_cls(site: Site) -> None:
    """What happens to raw data can be changed."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class _Modification(ResponseModification):
        @override
        def build_headers(self, renderer: Renderer) -> dict[str, str]:
            return {
                **ResponseModification.build_headers(self, renderer),
                'X-Brand': 'ours',
            }

    class _Endpoint(Endpoint):
        response_modification_cls = _Modification

    class _Custom(Controller[AnySerializer]):
        endpoint_cls = _Endpoint

        @modify(status_code=HTTPStatus.ACCEPTED)
        def get(self) -> str:
            return 'text'

    answer = site.serve(_Custom)

    assert (202, 'text', 'ours') == (
        answer.status_code,
        answer.data,
        answer.headers['X-Brand'],
    )


def test_response_spec_cls() -> None:
    """The spec of raw data can be of another class."""

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class _Spec(ResponseSpec):
        pass

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class _Modification(ResponseModification):
        response_spec_cls = _Spec

    class _Endpoint(Endpoint):
        response_modification_cls = _Modification

    class _Custom(Controller[PydanticSerializer]):
        endpoint_cls = _Endpoint

        def get(self) -> str:
            raise NotImplementedError

    metadata = _Custom.api_endpoints['GET'].metadata
    assert _Spec is type(metadata.responses[HTTPStatus.OK])


def test_negotiator_classes(json_site: Site) -> None:
    """Parsers and renderers can be chosen differently."""
    packed_parser, packed_renderer = MsgpackParser(), MsgpackRenderer()

    class _Request(RequestNegotiator):
        @override
        def __call__(self, request: HttpRequest) -> Parser:
            if request.GET.get('packed'):
                return packed_parser
            return super().__call__(request)

    class _Response(ResponseNegotiator):
        @override
        def __call__(self, request: HttpRequest) -> Renderer:
            found = super().__call__(request)
            if request.GET.get('packed'):
                request.__dmr_renderer__ = (  # type: ignore[attr-defined]
                    packed_renderer
                )
                return packed_renderer
            return found

    class _Endpoint(Endpoint):
        request_negotiator_cls = _Request
        response_negotiator_cls = _Response

    class _Custom(Controller[AnySerializer]):
        endpoint_cls = _Endpoint

        def post(self, parsed_body: Body[int]) -> int:
            return parsed_body + 1

    answers = [
        json_site.serve(_Custom, 'POST', '/', data=b'1'),
        json_site.serve(_Custom, 'POST', '/?packed=1', data=b'\x01'),
    ]

    assert [b'2', b'\x02'] == [one.content for one in answers]


def test_response_validator_cls(site: Site) -> None:
    """Responses can be checked differently."""

    class _Validator(ResponseValidator):
        @override
        def validate_modification(
            self,
            endpoint: Any,
            controller: Any,
            structured: Any,
        ) -> ValidatedModification:
            found = super().validate_modification(
                endpoint,
                controller,
                structured,
            )
            return found._replace(raw_data=found.raw_data.upper())

    class _Endpoint(Endpoint):
        response_validator_cls = _Validator

    class _Custom(Controller[AnySerializer]):
        endpoint_cls = _Endpoint

        def get(self) -> str:
            return 'text'

    assert 'TEXT' == site.serve(_Custom).data


def test_controller_validators(site: Site) -> None:
    """Controllers and settings can be checked differently."""
    checked: list[Any] = []

    class _Controllers(ControllerValidator):
        @override
        def __call__(self, controller: Any) -> bool | None:
            checked.append(controller.__name__)
            return super().__call__(controller)

    @dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
    class _Settings(SettingsValidator):
        @override
        def __call__(self) -> None:
            checked.append(self.serializer)
            SettingsValidator.__call__(self)

    class _Custom(Controller[AnySerializer]):
        controller_validator_cls = _Controllers
        settings_validator_cls = _Settings

        def get(self) -> str:
            raise NotImplementedError

    with site.overridden():
        concrete = site.define(_Custom)

    assert concrete.is_async is False
    assert {site.serializer, '_Custom'} == set(checked)


def test_annotations_context(json_site: Site) -> None:
    """Names that annotations use can be given explicitly."""

    class _Custom(Controller[AnySerializer]):
        annotations_context = AnnotationsContext(
            globalns={'Later': list[int]},
        )

        def get(self) -> 'Later':  # type: ignore[name-defined]  # noqa: F821
            return [1]

    assert [1] == json_site.serve(_Custom).data
