"""Signatures that are documented: path → kind, and parameters with defaults.

Annotations are left out, type checkers compare those. A test compares this
table with what is installed.
"""

from typing import Final

#: Path → kind and signature, without the first parameter of methods.
SIGNATURES: Final[dict[str, str]] = {
    'dmr.controller.Controller': 'class (**kwargs)',
    'dmr.controller.Controller.as_view': 'classmethod (**initkwargs)',
    'dmr.controller.Controller.dispatch': 'method (request, *args, **kwargs)',
    'dmr.controller.Controller.format_error': (
        'method (error, *, loc=None, error_type=None)'
    ),
    'dmr.controller.Controller.get_path_item': (
        'classmethod (path, pattern, context)'
    ),
    'dmr.controller.Controller.handle_async_error': (
        'async (endpoint, controller, exc)'
    ),
    'dmr.controller.Controller.handle_error': (
        'method (endpoint, controller, exc)'
    ),
    'dmr.controller.Controller.handle_method_not_allowed': 'method (method)',
    'dmr.controller.Controller.http_method_not_allowed': (
        'method (request, *args, **kwargs)'
    ),
    'dmr.controller.Controller.options': 'method (request, *args, **kwargs)',
    'dmr.controller.Controller.setup': 'method (request, *args, **kwargs)',
    'dmr.controller.Controller.to_error': (
        'method (raw_data, *, status_code, headers=None, cookies=None, '
        'renderer=None)'
    ),
    'dmr.controller.Controller.to_response': (
        'method (raw_data, *, headers=None, cookies=None, '
        'status_code=None, renderer=None)'
    ),
    'dmr.endpoint.Endpoint': 'class (func, *, controller_cls)',
    'dmr.endpoint.Endpoint.__call__': 'method (controller, *args, **kwargs)',
    'dmr.endpoint.Endpoint.get_operation_id': (
        'method (path, controller_name, serializer, context)'
    ),
    'dmr.endpoint.Endpoint.get_schema': (
        'method (path, pattern, controller_name, serializer, context)'
    ),
    'dmr.endpoint.Endpoint.handle_async_error': 'async (controller, exc)',
    'dmr.endpoint.Endpoint.handle_error': 'method (controller, exc)',
    'dmr.metadata.EndpointMetadata': (
        'class (*, endpoint_name, type_annotations, responses, '
        'validate_responses, method, modification, error_handler, '
        'component_parsers, parsers, renderers, auth, '
        'no_validate_http_spec, allowed_http_methods, semantic_responses, '
        'exclude_semantic_responses, validate_events, summary=None, '
        'description=None, tags=None, operation_id=None, '
        'deprecated=False, external_docs=None, callbacks=None, '
        'servers=None)'
    ),
    'dmr.metadata.EndpointMetadata.collect_response_specs': (
        'method (controller_cls, existing_responses)'
    ),
    'dmr.metadata.EndpointMetadata.response_spec_providers': 'method ()',
    'dmr.endpoint.modify': (
        'function (*, status_code=None, headers=None, cookies=None, '
        'validate_responses=None, semantic_responses=None, '
        'exclude_semantic_responses=frozenset(), validate_events=None, '
        'extra_responses=None, no_validate_http_spec=frozenset(), '
        'error_handler=None, parsers=None, renderers=None, auth=(), '
        'summary=None, description=None, tags=None, operation_id=None, '
        'deprecated=False, external_docs=None, callbacks=None, '
        'servers=None, links=None, response_description=None)'
    ),
    'dmr.endpoint.validate': (
        'function (response, /, *responses, validate_responses=None, '
        'semantic_responses=None, exclude_semantic_responses=frozenset(), '
        'validate_events=None, no_validate_http_spec=frozenset(), '
        'error_handler=None, parsers=None, renderers=None, auth=(), '
        'summary=None, description=None, tags=None, operation_id=None, '
        'deprecated=False, external_docs=None, callbacks=None, '
        'servers=None)'
    ),
    'dmr.metadata.ResponseSpecProvider': 'class',
    'dmr.metadata.ResponseSpecProvider.provide_response_specs': (
        'classmethod (metadata, controller_cls, existing_responses)'
    ),
    'dmr.metadata.ResponseSpec': (
        'class (return_type, *, status_code, headers=None, cookies=None, '
        'limit_to_content_types=None, streaming=False, description=None, '
        'links=None)'
    ),
    'dmr.metadata.ResponseSpec.get_schema': (
        'method (metadata, serializer, context)'
    ),
    'dmr.metadata.ResponseModification': (
        'class (*, return_type, status_code, headers, cookies, streaming, '
        'description, links)'
    ),
    'dmr.metadata.ResponseModification.actionable_cookies': 'method ()',
    'dmr.metadata.ResponseModification.actionable_headers': 'method ()',
    'dmr.metadata.ResponseModification.build_headers': 'method (renderer)',
    'dmr.metadata.ResponseModification.infer_return_type': 'method ()',
    'dmr.metadata.ResponseModification.to_spec': 'method ()',
    'dmr.response.APIError': (
        'class (raw_data, *, status_code, headers=None, cookies=None)'
    ),
    'dmr.response.build_response': (
        'function (serializer, *, raw_data, method=None, headers=None, '
        'cookies=None, status_code=None, renderer=None)'
    ),
    'dmr.headers.HeaderSpec': (
        'class (*, description=None, deprecated=False, example=None, '
        'required=True, skip_validation=False)'
    ),
    'dmr.headers.HeaderSpec.to_spec': 'method ()',
    'dmr.headers.NewHeader': (
        'class (*, description=None, deprecated=False, example=None, value)'
    ),
    'dmr.headers.NewHeader.to_spec': 'method ()',
    'dmr.cookies.CookieSpec': (
        "class (*, path='/', max_age=None, expires=None, domain=None, "
        "secure=None, httponly=None, samesite='lax', description=None, "
        'required=True, skip_validation=False)'
    ),
    'dmr.cookies.CookieSpec.is_equal': 'method (other)',
    'dmr.cookies.CookieSpec.to_spec': 'method ()',
    'dmr.cookies.NewCookie': (
        "class (*, path='/', max_age=None, expires=None, domain=None, "
        "secure=None, httponly=None, samesite='lax', value)"
    ),
    'dmr.cookies.NewCookie.as_dict': 'method ()',
    'dmr.cookies.NewCookie.to_spec': 'method ()',
    'dmr.cookies.set_cookies': 'function (response, cookies)',
    'dmr.validation.ModifyEndpointPayload': (
        'class (*, summary=None, description=None, tags=None, '
        'operation_id=None, deprecated=False, security=None, '
        'external_docs=None, callbacks=None, servers=None, '
        'validate_responses=None, semantic_responses=None, '
        'exclude_semantic_responses=None, validate_events=None, '
        'error_handler=None, no_validate_http_spec=None, parsers=None, '
        'renderers=None, auth=(), responses, status_code, headers, '
        'cookies, response_description, links)'
    ),
    'dmr.validation.ValidateEndpointPayload': (
        'class (*, summary=None, description=None, tags=None, '
        'operation_id=None, deprecated=False, security=None, '
        'external_docs=None, callbacks=None, servers=None, '
        'validate_responses=None, semantic_responses=None, '
        'exclude_semantic_responses=None, validate_events=None, '
        'error_handler=None, no_validate_http_spec=None, parsers=None, '
        'renderers=None, auth=(), responses)'
    ),
    'dmr.serializer.BaseSerializer': 'class',
    'dmr.serializer.BaseSerializer.deserialize': (
        'classmethod (buffer, *, parser, request, model)'
    ),
    'dmr.serializer.BaseSerializer.deserialize_hook': (
        'classmethod (target_type, to_deserialize)'
    ),
    'dmr.serializer.BaseSerializer.from_python': (
        'classmethod (unstructured, model, *, strict)'
    ),
    'dmr.serializer.BaseSerializer.is_supported': 'classmethod (pluggable)',
    'dmr.serializer.BaseSerializer.serialize': (
        'classmethod (structure, *, renderer)'
    ),
    'dmr.serializer.BaseSerializer.serialize_hook': (
        'classmethod (to_serialize)'
    ),
    'dmr.serializer.BaseSerializer.serialize_validation_error': (
        'classmethod (exc)'
    ),
    'dmr.serializer.BaseSerializer.to_python': 'classmethod (structured)',
    'dmr.serializer.BaseEndpointOptimizer': 'class',
    'dmr.serializer.BaseEndpointOptimizer.optimize_endpoint': (
        'classmethod (metadata)'
    ),
    'dmr.endpoint.SerializerContext': (
        'class (func, controller_cls, type_annotations)'
    ),
    'dmr.endpoint.SerializerContext.__call__': 'method (endpoint, controller)',
    'dmr.serializer.BaseSchemaGenerator': 'class',
    'dmr.serializer.BaseSchemaGenerator.get_schema': (
        'classmethod (model, ref_template, *, used_for_response=False)'
    ),
    'dmr.serializer.BaseSchemaGenerator.schema_name': 'classmethod (model)',
    'dmr.components.ComponentParserBuilder': 'class (func, controller_cls)',
    'dmr.components.ComponentParserBuilder.__call__': (
        'method (type_annotations)'
    ),
    'dmr.routing.Router': 'class (prefix, urls)',
    'dmr.routing.Router.get_schema': 'method (context)',
    'dmr.routing.build_404_handler': (
        'function (prefix, /, *prefixes, serializer, '
        'format_error=format_error, renderers=None)'
    ),
    'dmr.routing.build_500_handler': (
        'function (prefix, /, *prefixes, serializer, '
        'format_error=format_error, renderers=None)'
    ),
    'dmr.routing.path': 'function (route, view, kwargs=None, name=None)',
    'dmr.options_mixins.MetaMixin': 'class',
    'dmr.options_mixins.MetaMixin.meta': 'method ()',
    'dmr.options_mixins.AsyncMetaMixin': 'class',
    'dmr.options_mixins.AsyncMetaMixin.meta': 'async ()',
    'dmr.exceptions.UnsolvableAnnotationsError': 'class',
    'dmr.exceptions.EndpointMetadataError': 'class',
    'dmr.exceptions.DataParsingError': 'class',
    'dmr.exceptions.RequestSerializationError': 'class',
    'dmr.exceptions.ResponseSchemaError': 'class',
    'dmr.exceptions.ValidationError': (
        'class (payload, *, status_code=HTTPStatus.UNPROCESSABLE_ENTITY)'
    ),
    'dmr.exceptions.NotAcceptableError': 'class',
    'dmr.exceptions.NotAuthenticatedError': 'class (msg=None)',
    'dmr.exceptions.InternalServerError': 'class',
    'dmr.types.Empty': 'class',
    'dmr.types.AnnotationsContext': (
        'class (*, globalns=None, localns=None, include_extras=True, '
        'format=None)'
    ),
    'dmr.types.AnnotationsContext.__call__': 'method (endpoint_func)',
    'dmr.types.TypeVarInference': 'class (to_infer, context)',
    'dmr.types.TypeVarInference.__call__': 'method ()',
    'dmr.decorators.dispatch_decorator': 'function (func)',
    'dmr.decorators.endpoint_decorator': 'function (original_decorator)',
    'dmr.decorators.wrap_middleware': (
        'function (middleware, response, *responses)'
    ),
    'dmr.test.DMRRequestFactory': (
        'class (*, json_encoder=DjangoJSONEncoder, headers=None, '
        'query_params=None, **defaults)'
    ),
    'dmr.test.DMRAsyncRequestFactory': (
        'class (*, json_encoder=DjangoJSONEncoder, headers=None, '
        'query_params=None, **defaults)'
    ),
    'dmr.test.DMRAsyncRequestFactory.wrap': 'method (thing)',
    'dmr.test.DMRClient': (
        'class (enforce_csrf_checks=False, raise_request_exception=True, '
        '*, headers=None, query_params=None, **defaults)'
    ),
    'dmr.test.DMRAsyncClient': (
        'class (enforce_csrf_checks=False, raise_request_exception=True, '
        '*, headers=None, query_params=None, **defaults)'
    ),
    'dmr.plugins.pydantic.PydanticSerializer': 'class',
    'dmr.plugins.pydantic.PydanticSerializer.deserialize': (
        'classmethod (buffer, *, parser, request, model)'
    ),
    'dmr.plugins.pydantic.PydanticSerializer.from_python': (
        'classmethod (unstructured, model, *, strict, rebuild_namespace=None)'
    ),
    'dmr.plugins.pydantic.PydanticSerializer.serialize': (
        'classmethod (structure, *, renderer)'
    ),
    'dmr.plugins.pydantic.PydanticSerializer.serialize_hook': (
        'classmethod (to_serialize)'
    ),
    'dmr.plugins.pydantic.PydanticSerializer.serialize_validation_error': (
        'classmethod (exc)'
    ),
    'dmr.plugins.pydantic.PydanticSerializer.to_python': (
        'classmethod (structured)'
    ),
    'dmr.plugins.pydantic.PydanticFastSerializer': 'class',
    'dmr.plugins.pydantic.PydanticFastSerializer.deserialize': (
        'classmethod (buffer, *, parser, request, model)'
    ),
    'dmr.plugins.pydantic.PydanticFastSerializer.is_supported': (
        'classmethod (pluggable)'
    ),
    'dmr.plugins.pydantic.PydanticFastSerializer.serialize': (
        'classmethod (structure, *, renderer)'
    ),
    'dmr.plugins.pydantic.serializer.PydanticEndpointOptimizer': 'class',
    'dmr.plugins.pydantic.serializer.PydanticEndpointOptimizer.optimize_endpoint': (  # noqa: E501
        'classmethod (metadata)'
    ),
    'dmr.plugins.pydantic.schema.PydanticSchemaGenerator': 'class',
    'dmr.plugins.pydantic.schema.PydanticSchemaGenerator.get_schema': (
        'classmethod (model, ref_template, *, used_for_response=False)'
    ),
    'dmr.plugins.pydantic.schema.PydanticSchemaGenerator.schema_name': (
        'classmethod (model)'
    ),
    'dmr.plugins.pydantic.serializer.ToJsonKwargs': 'class',
    'dmr.plugins.pydantic.serializer.ToModelKwargs': 'class',
    'dmr.plugins.msgspec.MsgspecSerializer': 'class',
    'dmr.plugins.msgspec.MsgspecSerializer.deserialize': (
        'classmethod (buffer, *, parser, request, model)'
    ),
    'dmr.plugins.msgspec.MsgspecSerializer.from_python': (
        'classmethod (unstructured, model, *, strict)'
    ),
    'dmr.plugins.msgspec.MsgspecSerializer.serialize': (
        'classmethod (structure, *, renderer)'
    ),
    'dmr.plugins.msgspec.MsgspecSerializer.serialize_validation_error': (
        'classmethod (exc)'
    ),
    'dmr.plugins.msgspec.MsgspecSerializer.to_python': (
        'classmethod (structured)'
    ),
    'dmr.plugins.msgspec.serializer.MsgspecEndpointOptimizer': 'class',
    'dmr.plugins.msgspec.serializer.MsgspecEndpointOptimizer.optimize_endpoint': (  # noqa: E501
        'classmethod (metadata)'
    ),
    'dmr.plugins.msgspec.schema.MsgspecSchemaGenerator': 'class',
    'dmr.plugins.msgspec.schema.MsgspecSchemaGenerator.get_schema': (
        'classmethod (model, ref_template, *, used_for_response=False)'
    ),
    'dmr.plugins.msgspec.schema.MsgspecSchemaGenerator.schema_name': (
        'classmethod (model)'
    ),
    'dmr.plugins.msgspec.serializer.ToJsonKwargs': 'class',
    'dmr.plugins.msgspec.serializer.ToModelKwargs': 'class',
    'dmr.negotiation.RequestNegotiator': 'class (metadata, serializer)',
    'dmr.negotiation.RequestNegotiator.__call__': 'method (request)',
    'dmr.negotiation.ResponseNegotiator': (
        'class (metadata, serializer, *, streaming)'
    ),
    'dmr.negotiation.conditional_type': 'function (mapping)',
    'dmr.negotiation.request_parser': 'function (request, *, strict=False)',
    'dmr.negotiation.request_renderer': (
        'function (request, *, strict=False, use_nonstreaming_renderer=False)'
    ),
    'dmr.parsers.Parser': 'class',
    'dmr.parsers.Parser.parse': (
        'method (to_deserialize, deserializer_hook=None, *, request, model)'
    ),
    'dmr.parsers.Parser.provide_response_specs': (
        'method (metadata, controller_cls, existing_responses)'
    ),
    'dmr.renderers.Renderer': 'class',
    'dmr.renderers.Renderer.provide_response_specs': (
        'method (metadata, controller_cls, existing_responses)'
    ),
    'dmr.plugins.msgspec.MsgspecJsonParser': 'class',
    'dmr.plugins.msgspec.MsgspecJsonParser.parse': (
        'method (to_deserialize, deserializer_hook=None, *, request, model)'
    ),
    'dmr.plugins.msgspec.MsgpackParser': 'class',
    'dmr.plugins.msgspec.MsgpackParser.parse': (
        'method (to_deserialize, deserializer_hook=None, *, request, model)'
    ),
    'dmr.parsers.JsonParser': (
        "class (content_type='application/json', *, json_module=NativeJson)"
    ),
    'dmr.parsers.MultiPartParser': 'class',
    'dmr.plugins.msgspec.MsgspecJsonRenderer': (
        "class (content_type='application/json')"
    ),
    'dmr.plugins.msgspec.MsgspecJsonRenderer.validation_parser': 'property',
    'dmr.plugins.msgspec.MsgpackRenderer': 'class',
    'dmr.plugins.msgspec.MsgpackRenderer.render': (
        'method (to_serialize, serializer_hook=None)'
    ),
    'dmr.plugins.msgspec.MsgpackRenderer.validation_parser': 'property',
    'dmr.renderers.JsonRenderer': (
        "class (content_type='application/json', *, json_module=NativeJson)"
    ),
    'dmr.renderers.JsonRenderer.validation_parser': 'property',
    'dmr.renderers.FileRenderer': "class (content_type='*/*')",
    'dmr.renderers.FileRenderer.validation_parser': 'property',
    'dmr.parsers.SupportsFileParsing': 'class',
    'dmr.parsers.SupportsDjangoDefaultParsing': 'class',
}

#: Class → attributes that are documented.
ATTRIBUTES: Final[dict[str, str]] = {
    'dmr.controller.Controller': (
        'endpoint_cls serializer settings_validator_cls '
        'no_validate_http_spec validate_responses semantic_responses '
        'exclude_semantic_responses validate_events responses '
        'allowed_http_methods parsers renderers auth error_model '
        'is_abstract streaming controller_validator_cls '
        'annotations_context api_endpoints csrf_exempt summary '
        'description servers request args kwargs'
    ),
    'dmr.endpoint.Endpoint': (
        'metadata_builder_cls metadata_cls metadata_validator_cls '
        'request_negotiator_cls response_modification_cls '
        'response_negotiator_cls response_validator_cls '
        'serializer_context_cls'
    ),
    'dmr.metadata.EndpointMetadata': (
        'endpoint_name type_annotations responses method '
        'validate_responses modification'
    ),
    'dmr.metadata.ResponseSpec': (
        'return_type status_code headers cookies streaming '
        'limit_to_content_types description'
    ),
    'dmr.metadata.ResponseModification': 'response_spec_cls',
    'dmr.headers.HeaderSpec': (
        'description deprecated example required skip_validation'
    ),
    'dmr.headers.NewHeader': 'description deprecated example value',
    'dmr.cookies.CookieSpec': (
        'path max_age expires domain secure httponly samesite description '
        'required skip_validation'
    ),
    'dmr.cookies.NewCookie': (
        'value path max_age expires domain secure httponly samesite'
    ),
    'dmr.serializer.BaseSerializer': 'validation_error optimizer',
    'dmr.endpoint.SerializerContext': (
        'strict_validation component_builder_cls'
    ),
    'dmr.components.ComponentParserBuilder': 'type_var_inference_cls',
    'dmr.plugins.pydantic.PydanticSerializer': (
        'to_json_kwargs to_model_kwargs optimizer schema_generator'
    ),
    'dmr.plugins.msgspec.MsgspecSerializer': (
        'to_json_kwargs to_model_kwargs optimizer schema_generator '
        'validation_error'
    ),
    'dmr.negotiation.ContentType': (
        'json xml x_www_form_urlencoded multipart_form_data msgpack '
        'event_stream jsonl json_problem_details'
    ),
}
