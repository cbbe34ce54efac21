"""Where users import what: module → names, class → members.

Code written against the documented API finds each name exactly there. What is
announced and not written yet stands under ``LATER``; a test fails as soon as
one of those exists, so that it is moved up.
"""

from typing import Final

#: Module → names that can be imported from it.
NAMES: Final[dict[str, str]] = {
    'dmr': (
        'APIError Body Controller CookieSpec Cookies FileMetadata '
        'HeaderSpec Headers NewCookie NewHeader Path Query RedirectTo '
        'ResponseSpec modify parsers renderers routing settings test '
        'throttling validate'
    ),
    'dmr.asgi': 'ASGIHandler get_asgi_application',
    'dmr.checks': (
        'check_json check_openapi_app check_plugins check_proxies '
        'check_settings'
    ),
    'dmr.components': (
        'Body BodyComponent ComponentParser ComponentParserBuilder Cookies '
        'CookiesComponent FileMetadata FileMetadataComponent Headers '
        'HeadersComponent Path PathComponent Query QueryComponent'
    ),
    'dmr.conditional': (
        'NotModified VERSION_HEADERS Version check_conditions '
        'conditional_responses'
    ),
    'dmr.controller': 'Controller',
    'dmr.cookies': 'CookieSpec NewCookie set_cookies',
    'dmr.description': 'DescriptionContext',
    'dmr.discovery': (
        'Distribution Plugin build disabled_by distributions find get '
        'installed_plugins load make plugin_api plugins'
    ),
    'dmr.decorators': 'dispatch_decorator endpoint_decorator wrap_middleware',
    'dmr.downloads': ('ByteRange DownloadResponse download download_responses'),
    'dmr.endpoint': (
        'Endpoint SerializerContext modify request_endpoint validate'
    ),
    'dmr.errors': (
        'ErrorDetail ErrorModel ErrorType FormatError format_error '
        'global_error_handler quoted wrap_handler'
    ),
    'dmr.exceptions': (
        'DataParsingError DataRenderingError EndpointMetadataError '
        'InternalServerError NotAcceptableError NotAuthenticatedError '
        'PluginError RequestSerializationError RequestTooLargeError '
        'ResponseSchemaError TooManyRequestsError '
        'UnsolvableAnnotationsError ValidationError'
    ),
    'dmr.files': 'FileBody FileResponseSpec',
    'dmr.headers': 'HeaderSpec NewHeader',
    'dmr.limits': (
        'check_parsed is_long_json is_ordinary_json max_nesting_depth '
        'may_have_fractions reject_deep_nesting too_deep'
    ),
    'dmr.metadata': (
        'EndpointMetadata ResponseModification ResponseSpec '
        'ResponseSpecMetadata ResponseSpecProvider'
    ),
    'dmr.negotiation': (
        'ContentType RequestNegotiator ResponseNegotiator accepts '
        'conditional_type get_conditional_types request_parser '
        'request_renderer'
    ),
    'dmr.openapi': (
        'OpenAPIConfig OpenAPIContext build_schema config default_config'
    ),
    'dmr.openapi.config': 'OpenAPIConfig',
    'dmr.openapi.core.context': 'OpenAPIContext',
    'dmr.openapi.core.merger': 'ConfigMerger',
    'dmr.openapi.core.registry': (
        'OperationIdRegistry SchemaCallback SchemaRegistry'
    ),
    'dmr.openapi.exceptions': (
        'ConfigError DocumentError MethodNotSupportedError NameCollisionError'
    ),
    'dmr.openapi.generators': (
        'ComponentParserGenerator OperationIdGenerator ResponseGenerator '
        'SchemaGenerator SecuritySchemeGenerator'
    ),
    'dmr.openapi.generators.response': 'ResponseGenerator',
    'dmr.openapi.generators.schema': 'SchemaGenerator',
    'dmr.openapi.generators.security_scheme': 'SecuritySchemeGenerator',
    'dmr.openapi.objects': (
        'Callback Components Contact Discriminator Encoding Example '
        'ExternalDocumentation Header Info License Link MediaType '
        'MediaTypeMetadata OAuthFlow OAuthFlows OpenAPI OpenAPIFormat '
        'OpenAPIType Operation Parameter ParameterMetadata PathItem Paths '
        'Reference RequestBody Response Responses Schema '
        'SecurityRequirement SecurityScheme Server ServerVariable Tag XML'
    ),
    'dmr.openapi.objects.openapi': 'convert normalize_key normalize_value',
    'dmr.openapi.views': (
        'OpenAPIJsonView OpenAPIView RedocView ScalarView StoplightView '
        'SwaggerView'
    ),
    'dmr.openapi.views.yaml': 'OpenAPIYamlView',
    'dmr.options_mixins': 'AsyncMetaMixin MetaMixin',
    'dmr.pagination': (
        'CursorPage CursorPaginated CursorPaginator CursorQuery '
        'InvalidCursorError LimitOffsetPage LimitOffsetPaginator '
        'LimitOffsetQuery Page PageNumberPaginator PageQuery Paginated'
    ),
    'dmr.parsers': (
        'DeserializeFunc FormUrlEncodedParser JsonParser MultiPartParser '
        'Parser Raw SupportsDjangoDefaultParsing SupportsFileParsing '
        'parsing_error'
    ),
    'dmr.plugins': 'msgspec pydantic',
    'dmr.plugins.msgspec': (
        'MsgpackParser MsgpackRenderer MsgspecJsonParser '
        'MsgspecJsonRenderer MsgspecSerializer'
    ),
    'dmr.plugins.msgspec.schema': 'MsgspecSchemaGenerator',
    'dmr.plugins.msgspec.serializer': (
        'MsgspecEndpointOptimizer ToJsonKwargs ToModelKwargs'
    ),
    'dmr.plugins.pydantic': 'PydanticFastSerializer PydanticSerializer',
    'dmr.plugins.pydantic.schema': 'PydanticSchemaGenerator',
    'dmr.plugins.pydantic.serializer': (
        'PydanticEndpointOptimizer PydanticSerializer ToJsonKwargs '
        'ToModelKwargs'
    ),
    'dmr.problem_details': 'ProblemDetailsError ProblemDetailsModel',
    'dmr.renderers': 'FileRenderer JsonRenderer Renderer',
    'dmr.response': 'APIError RedirectTo build_response',
    'dmr.routing': (
        'Router build_400_handler build_404_handler build_500_handler path'
    ),
    'dmr.security': (
        'AsyncAuth AuthenticatedHttpRequest SyncAuth SyncOrAsyncAuth '
        'django_session request_auth'
    ),
    'dmr.security.django_session': (
        'DjangoSessionAsyncAuth DjangoSessionSyncAuth'
    ),
    'dmr.security.django_session.auth': (
        'DjangoSessionAsyncAuth DjangoSessionSyncAuth'
    ),
    'dmr.security.django_session.concrete_views': (
        'DjangoSessionAsyncView DjangoSessionLogoutAsyncView '
        'DjangoSessionLogoutSyncView DjangoSessionSyncView'
    ),
    'dmr.security.django_session.views': (
        'DjangoSessionAsyncController DjangoSessionPayload '
        'DjangoSessionResponse DjangoSessionSyncController'
    ),
    'dmr.security.http': 'HttpBasicAsyncAuth HttpBasicSyncAuth basic_auth',
    'dmr.security.jwt': (
        'CookieJWTAsyncAuth CookieJWTSyncAuth HeaderJWTAsyncAuth '
        'HeaderJWTSyncAuth JWTAsyncAuth JWTSyncAuth JWToken blocklist '
        'request_jwt'
    ),
    'dmr.security.jwt.auth': (
        'JWTAsyncAuth JWTSyncAuth request_jwt set_request_attrs'
    ),
    'dmr.security.jwt.blocklist': (
        'JWTokenBlocklistAsyncMixin JWTokenBlocklistSyncMixin'
    ),
    'dmr.security.jwt.blocklist.auth': (
        'JWTokenBlocklistAsyncMixin JWTokenBlocklistSyncMixin'
    ),
    'dmr.security.jwt.blocklist.models': 'BlocklistedJWToken',
    'dmr.security.jwt.concrete_views': (
        'CookieLogoutAsyncView CookieLogoutSyncView '
        'CookieObtainTokensAsyncView CookieObtainTokensSyncView '
        'CookieRefreshTokensAsyncView CookieRefreshTokensSyncView '
        'ObtainTokensAsyncView ObtainTokensSyncView '
        'RefreshTokenAsyncView RefreshTokenSyncView '
        'RevokeTokenAsyncView RevokeTokenSyncView '
        'VerifyTokenAsyncView VerifyTokenSyncView'
    ),
    'dmr.security.jwt.token': 'JWToken',
    'dmr.security.jwt.views': (
        'ObtainTokensAsyncController ObtainTokensPayload '
        'ObtainTokensResponse ObtainTokensSyncController '
        'RefreshTokenAsyncController RefreshTokenPayload '
        'RefreshTokenSyncController RevokeTokenAsyncController '
        'RevokeTokenSyncController VerifyTokenAsyncController '
        'VerifyTokenPayload VerifyTokenSyncController '
        'CookieLogoutAsyncController CookieLogoutSyncController '
        'CookieObtainTokensAsyncController CookieObtainTokensSyncController '
        'CookieRefreshTokensAsyncController '
        'CookieRefreshTokensSyncController'
    ),
    'dmr.security.api_key': 'ApiKeyAsyncAuth ApiKeySyncAuth',
    'dmr.security.permissions': (
        'AsyncPermission HasPermissions IsAuthenticated IsStaff IsSuperuser '
        'Permission'
    ),
    'dmr.security.token': (
        'CookieTokenAsyncAuth CookieTokenSyncAuth HeaderTokenAsyncAuth '
        'HeaderTokenSyncAuth request_token'
    ),
    'dmr.security.token.app.models': 'Token',
    'dmr.security.token.concrete_views': (
        'ObtainTokenAsyncView ObtainTokenSyncView RevokeTokenAsyncView '
        'RevokeTokenSyncView'
    ),
    'dmr.security.token.views': (
        'ObtainTokenAsyncController ObtainTokenPayload ObtainTokenResponse '
        'ObtainTokenSyncController RevokeTokenAsyncController '
        'RevokeTokenSyncController'
    ),
    'dmr.serializer': (
        'BaseEndpointOptimizer BaseSchemaGenerator BaseSerializer Decoder '
        'Encoder Validator overrides resolve_serializer'
    ),
    'dmr.settings': (
        'HttpSpec Settings SettingsDict bounded_cache clear_settings_cache '
        'default_parser default_renderer resolve_setting'
    ),
    'dmr.streaming': (
        'StreamingCloseError StreamingController StreamingResponse '
        'streaming_response_spec'
    ),
    'dmr.streaming.controller': 'StreamingController',
    'dmr.streaming.exceptions': 'StreamingCloseError',
    'dmr.streaming.jsonl': 'Json JsonLinesController',
    'dmr.streaming.jsonl.controller': 'JsonLinesController',
    'dmr.streaming.jsonl.renderer': 'JsonLinesRenderer',
    'dmr.streaming.jsonl.validation': (
        'JsonLinesPipeline JsonLinesStreamingValidator'
    ),
    'dmr.streaming.renderer': 'StreamingRenderer',
    'dmr.streaming.endpoint': 'StreamingEndpoint',
    'dmr.streaming.sse': 'SSE SSEController SSEvent last_event_id',
    'dmr.streaming.sse.controller': 'SSEController',
    'dmr.streaming.sse.metadata': 'SSE SSEvent',
    'dmr.streaming.sse.renderer': 'SSERenderer',
    'dmr.streaming.sse.validation': (
        'SSEPipeline SSEStreamingValidator check_event_field '
        'validate_event_data'
    ),
    'dmr.streaming.stream': 'StreamingResponse',
    'dmr.streaming.validation': 'StreamingValidator validate_event_type',
    'dmr.test': (
        'Capabilities DMRAsyncClient DMRAsyncRequestFactory DMRClient '
        'DMRRequestFactory FormatCapabilities ParserContract ReceivedEvent '
        'RendererContract SchemaGeneratorContract SerializerContract '
        'api_key_headers assert_async_throttling assert_response '
        'assert_throttled assert_throttling authenticate_request '
        'basic_auth_headers check_parser check_renderer '
        'check_schema_generator check_serializer disabled_auth '
        'disabled_throttling max_queries open_json_lines open_sse '
        'override_dmr_settings read_json_lines read_json_lines_async read_sse '
        'read_sse_async reduced_throttling token_headers token_headers_async'
    ),
    'dmr.test.contracts': (
        'Capabilities CheckResult Example Format FormatCapabilities '
        'ParserContract Point RendererContract Report Sample '
        'SchemaGeneratorContract SerializerContract Status Wrong '
        'check_parser check_renderer check_schema_generator check_serializer'
    ),
    'dmr.test.jwt': 'jwt_cookies jwt_headers make_jwt',
    'dmr.test.payloads': 'EndpointFactory RequestParts endpoint_factory',
    'dmr.test.queries': 'Query max_queries',
    'dmr.test.schemathesis': 'project_schema schemathesis_test',
    'dmr.throttling': (
        'AsyncThrottle Rate SyncOrAsyncThrottle SyncThrottle ThrottlingReport'
    ),
    'dmr.throttling.algorithms': (
        'BaseThrottleAlgorithm LeakyBucket SimpleRate'
    ),
    'dmr.throttling.backends': (
        'AsyncDjangoCache BaseThrottleAsyncBackend BaseThrottleSyncBackend '
        'CachedRateLimit SyncDjangoCache'
    ),
    'dmr.throttling.backends.django_cache': (
        'AsyncDjangoCache SyncDjangoCache UnsafeCacheBackendWarning'
    ),
    'dmr.throttling.backends.redis': 'AsyncRedis SyncRedis',
    'dmr.throttling.cache_keys': (
        'BaseThrottleCacheKey JwtToken RemoteAddr RequestHeader UserPk'
    ),
    'dmr.throttling.headers': (
        'BaseResponseHeadersProvider RateLimitIETFDraft RetryAfter XRateLimit'
    ),
    'dmr.types': 'AnnotationsContext Empty EmptyObj Json TypeVarInference',
    'dmr.uploads': 'UploadLimit',
    'dmr.url_walk': 'ReachedView controller_of project_views walk',
    'dmr.validation': (
        'ControllerValidator ModifyEndpointPayload ResponseValidator '
        'SettingsValidator ValidateEndpointPayload'
    ),
    'dmr.validation.controller': 'ControllerValidator',
    'dmr.validation.endpoint_metadata': (
        'EndpointMetadataBuilder EndpointMetadataValidator'
    ),
    'dmr.validation.response': 'ResponseValidator ValidatedModification',
    'dmr.validation.settings': 'SettingsValidator',
    'dmr.wsgi': 'WSGIHandler get_wsgi_application',
}

#: The same, for what is not there yet.
LATER: Final[dict[str, str]] = {}

#: Class → attributes and methods that users call or override.
MEMBERS: Final[dict[str, str]] = {
    'dmr.components.ComponentParser': 'get_schema',
    'dmr.controller.Controller': (
        'allowed_http_methods api_endpoints controller_validator_cls '
        'csrf_exempt endpoint_cls error_model exclude_semantic_responses '
        'format_error get_path_item handle_async_error handle_error parsers '
        'responses semantic_responses to_error to_response '
        'validate_responses'
    ),
    'dmr.cookies.CookieSpec': 'skip_validation',
    'dmr.endpoint.Endpoint': (
        'get_schema handle_async_error handle_error request_negotiator_cls '
        'response_negotiator_cls serializer_context_cls'
    ),
    'dmr.endpoint.SerializerContext': 'strict_validation',
    'dmr.headers.HeaderSpec': 'skip_validation',
    'dmr.metadata.EndpointMetadata': 'collect_response_specs',
    'dmr.metadata.ResponseSpec': 'get_schema limit_to_content_types',
    'dmr.parsers.Parser': 'content_type',
    'dmr.plugins.pydantic.PydanticSerializer': (
        'to_json_kwargs to_model_kwargs'
    ),
    'dmr.problem_details.ProblemDetailsError': 'conditional_error error_model',
    'dmr.routing.Router': 'get_schema',
    'dmr.security.SyncAuth': 'security_requirement security_schemes',
    'dmr.security.django_session.views.DjangoSessionSyncController': (
        'convert_auth_payload make_api_response'
    ),
    'dmr.security.jwt.views.ObtainTokensSyncController': (
        'convert_auth_payload make_api_response'
    ),
    'dmr.security.jwt.views.RefreshTokenSyncController': (
        'convert_refresh_payload make_api_response'
    ),
    'dmr.serializer.BaseSerializer': (
        'deserialize_hook serialize_hook serialize_validation_error'
    ),
    'dmr.settings.Settings': (
        'auth django_treat_as_post exclude_semantic_responses '
        'global_error_handler no_validate_http_spec openapi_config '
        'openapi_examples_seed openapi_static_cdn parsers renderers '
        'responses semantic_responses throttling '
        'throttling_allow_unsafe_cache validate_events validate_negotiation '
        'validate_responses'
    ),
    'dmr.streaming.controller.StreamingController': (
        'handle_event_error ping_event streaming_ping_seconds '
        'streaming_renderers'
    ),
}

#: The same, for what is not there yet.
MEMBERS_LATER: Final[dict[str, str]] = {}
