"""Wrong definitions fail when the class is created, and say why."""

import types
from collections.abc import AsyncIterator, Callable, Iterator
from http import HTTPStatus
from typing import Annotated, Any, ClassVar, Generic, TypeVar, cast

import pydantic
import pytest
from django.http import HttpResponse
from django.test import override_settings

from dmr import (
    Body,
    Controller,
    CookieSpec,
    FileMetadata,
    HeaderSpec,
    NewCookie,
    NewHeader,
    Query,
    ResponseSpec,
    modify,
    validate,
)
from dmr.exceptions import EndpointMetadataError, UnsolvableAnnotationsError
from dmr.negotiation import conditional_type
from dmr.options_mixins import AsyncMetaMixin, MetaMixin
from dmr.parsers import MultiPartParser
from dmr.plugins.msgspec import MsgpackParser, MsgspecSerializer
from dmr.plugins.pydantic import PydanticFastSerializer, PydanticSerializer
from dmr.renderers import JsonRenderer
from dmr.security import AsyncAuth, SyncAuth
from dmr.serializer import BaseSerializer
from dmr.settings import HttpSpec
from dmr.throttling import AsyncThrottle, SyncThrottle

_S = PydanticSerializer
_ModelT = TypeVar('_ModelT')
_OK = ResponseSpec(int, status_code=HTTPStatus.OK)


class _SyncAuth(SyncAuth):
    security_schemes: ClassVar[Any] = {}
    security_requirement: ClassVar[Any] = {}

    def __call__(self, endpoint: Any, controller: Any) -> Any:
        raise NotImplementedError


class _AsyncAuth(AsyncAuth):
    security_schemes: ClassVar[Any] = {}
    security_requirement: ClassVar[Any] = {}

    async def __call__(self, endpoint: Any, controller: Any) -> Any:
        raise NotImplementedError


class _SyncThrottle(SyncThrottle):
    runs_before_auth = True

    def __call__(self, endpoint: Any, controller: Any) -> None:
        raise NotImplementedError


class _AsyncThrottle(AsyncThrottle):
    runs_before_auth = True

    async def __call__(self, endpoint: Any, controller: Any) -> None:
        raise NotImplementedError


def _sync_handler(endpoint: Any, controller: Any, exc: Exception) -> Any:
    raise exc


async def _async_handler(endpoint: Any, controller: Any, exc: Exception) -> Any:
    raise exc


def _no_serializer() -> None:
    class _Wrong(Controller):  # type: ignore[type-arg]  # this is the fault
        """Has no type argument."""


def _wrong_serializer() -> None:
    class _Wrong(Controller[int]):  # type: ignore[type-var]  # the fault
        """Has a type argument that is no serializer."""


def _base_serializer() -> None:
    class _Wrong(Controller[BaseSerializer]):
        """Has a serializer that does nothing."""


def _unknown_name() -> None:
    class _Wrong(Controller[_S]):
        def get(self) -> 'Missing':  # type: ignore[name-defined]  # noqa: F821
            raise NotImplementedError


def _no_return_annotation() -> None:
    class _Wrong(Controller[_S]):
        def get(self):  # type: ignore[no-untyped-def]
            raise NotImplementedError


def _wrong_parameter_name() -> None:
    class _Wrong(Controller[_S]):
        def get(self, wrong: Query[dict[str, str]]) -> int:
            raise NotImplementedError


def _unsolved_model() -> None:
    class _Base(Controller[_S], Generic[_ModelT]):
        def post(self, parsed_body: Body[_ModelT]) -> int:
            raise NotImplementedError


def _unsolved_return() -> None:
    class _Base(Controller[_S], Generic[_ModelT]):
        def get(self) -> list[_ModelT]:
            raise NotImplementedError


def _upper_case_method() -> None:
    class _Wrong(Controller[_S]):
        allowed_http_methods = frozenset(('GET',))

        def GET(self) -> int:  # noqa: N802
            raise NotImplementedError


def _stray_decorator() -> None:
    class _Wrong(Controller[_S]):
        @modify(status_code=HTTPStatus.OK)
        def fetch(self) -> int:
            raise NotImplementedError


def _stray_validate() -> None:
    class _Wrong(Controller[_S]):
        @validate(_OK)
        def fetch(self) -> HttpResponse:
            raise NotImplementedError


def _response_with_modify() -> None:
    class _Wrong(Controller[_S]):
        @modify(status_code=HTTPStatus.OK)  # type: ignore[deprecated]
        def get(self) -> HttpResponse:
            raise NotImplementedError


def _response_without_spec() -> None:
    class _Wrong(Controller[_S]):
        def get(self, parsed_query: Query[dict[str, str]]) -> HttpResponse:
            raise NotImplementedError


def _raw_data_with_validate() -> None:
    class _Wrong(Controller[_S]):
        @validate(_OK)  # type: ignore[type-var]  # this is the fault
        def get(self) -> int:
            raise NotImplementedError


def _header_spec_in_modify() -> None:
    class _Wrong(Controller[_S]):
        @modify(headers={'X-A': HeaderSpec()})
        def get(self) -> int:
            raise NotImplementedError


def _cookie_spec_in_modify() -> None:
    class _Wrong(Controller[_S]):
        @modify(cookies={'a': CookieSpec()})
        def get(self) -> int:
            raise NotImplementedError


def _new_header_in_spec() -> None:
    headers = cast('Any', {'X-A': NewHeader(value='1')})

    class _Wrong(Controller[_S]):
        responses = (
            ResponseSpec(int, status_code=HTTPStatus.CONFLICT, headers=headers),
        )

        def get(self) -> int:
            raise NotImplementedError


def _new_cookie_in_spec() -> None:
    cookies = cast('Any', {'a': NewCookie(value='1')})

    class _Wrong(Controller[_S]):
        responses = (
            ResponseSpec(int, status_code=HTTPStatus.CONFLICT, cookies=cookies),
        )

        def get(self) -> int:
            raise NotImplementedError


def _set_cookie_in_spec() -> None:
    class _Wrong(Controller[_S]):
        responses = (
            ResponseSpec(
                int,
                status_code=HTTPStatus.CONFLICT,
                headers={'SET-cookie': HeaderSpec()},
            ),
        )

        def get(self) -> int:
            raise NotImplementedError


def _set_cookie_in_modify() -> None:
    class _Wrong(Controller[_S]):
        @modify(headers={'Set-Cookie': NewHeader(value='a=b')})
        def get(self) -> int:
            raise NotImplementedError


def _different_specs() -> None:
    class _Wrong(Controller[_S]):
        responses = (
            ResponseSpec(str, status_code=HTTPStatus.CONFLICT),
            ResponseSpec(int, status_code=HTTPStatus.CONFLICT),
        )

        def get(self) -> int:
            raise NotImplementedError


def _spec_differs_from_return_type() -> None:
    class _Wrong(Controller[_S]):
        responses = (ResponseSpec(str, status_code=HTTPStatus.OK),)

        def get(self) -> int:
            raise NotImplementedError


def _body_with(status_code: int) -> Callable[[], None]:
    def define() -> None:
        class _Wrong(Controller[_S]):
            @modify(status_code=cast('HTTPStatus', status_code))
            def get(self) -> int:
                raise NotImplementedError

    return define


def _unhashable_body() -> None:
    class _Wrong(Controller[_S]):
        @modify(status_code=HTTPStatus.NO_CONTENT)
        def get(self) -> Annotated[int, ['unhashable']]:
            raise NotImplementedError


def _request_body_of(method: str) -> Callable[[], None]:
    def make() -> None:
        def endpoint(self: Any, parsed_body: Body[int]) -> int:
            raise NotImplementedError

        endpoint.__name__ = method
        types.new_class(
            '_Wrong',
            (Controller[_S],),
            {},
            lambda body: body.update({method: endpoint}),
        )

    return make


def _files_without_parser() -> None:
    class _Wrong(Controller[_S]):
        def post(self, parsed_file_metadata: FileMetadata[Any]) -> int:
            raise NotImplementedError


def _sync_handler_of_async() -> None:
    class _Wrong(Controller[_S]):
        @modify(error_handler=_sync_handler)  # type: ignore[deprecated]
        async def get(self) -> int:
            raise NotImplementedError


def _async_handler_of_sync() -> None:
    class _Wrong(Controller[_S]):
        @modify(error_handler=_async_handler)  # type: ignore[arg-type]
        def get(self) -> int:
            raise NotImplementedError


def _handler_is_text() -> None:
    class _Wrong(Controller[_S]):
        @modify(error_handler='handle')  # type: ignore[call-overload, untyped-decorator]
        def get(self) -> int:
            raise NotImplementedError


def _status(status_code: Any) -> Callable[[], None]:
    def make() -> None:
        class _Wrong(Controller[_S]):
            @modify(status_code=status_code)
            def get(self) -> None:
                raise NotImplementedError

    return make


def _described_status() -> None:
    class _Wrong(Controller[_S]):
        responses = [ResponseSpec(int, status_code=cast('HTTPStatus', 600))]

        def get(self) -> int:
            raise NotImplementedError


def _sync_auth_of_async() -> None:
    class _Wrong(Controller[_S]):
        auth = (_SyncAuth(),)

        async def get(self) -> int:
            raise NotImplementedError


def _async_auth_of_sync() -> None:
    class _Wrong(Controller[_S]):
        @modify(auth=[_AsyncAuth()])
        def get(self) -> int:
            raise NotImplementedError


def _auth_is_a_class() -> None:
    class _Wrong(Controller[_S]):
        auth = cast('Any', (_SyncAuth,))

        def get(self) -> int:
            raise NotImplementedError


def _sync_throttle_of_async() -> None:
    class _Wrong(Controller[_S]):
        throttling = (_SyncThrottle(1, 1),)

        async def get(self) -> int:
            raise NotImplementedError


def _async_throttle_of_sync() -> None:
    class _Wrong(Controller[_S]):
        @modify(throttling=[_AsyncThrottle(1, 1)])
        def get(self) -> int:
            raise NotImplementedError


def _throttle_is_a_class() -> None:
    class _Wrong(Controller[_S]):
        throttling = cast('Any', (_SyncThrottle,))

        def get(self) -> int:
            raise NotImplementedError


def _parser_is_a_renderer() -> None:
    class _Wrong(Controller[_S]):
        parsers = cast('Any', (JsonRenderer,))

        def get(self) -> int:
            raise NotImplementedError


def _renderer_is_a_number() -> None:
    class _Wrong(Controller[_S]):
        renderers = cast('Any', (5,))

        def get(self) -> int:
            raise NotImplementedError


def _unsupported_parser() -> None:
    class _Wrong(Controller[PydanticFastSerializer]):
        parsers = (MsgpackParser(),)

        def get(self) -> int:
            raise NotImplementedError


def _nothing(**settings: Any) -> Callable[[], None]:
    def define() -> None:
        with override_settings(DMR_SETTINGS=settings):

            class _Wrong(Controller[_S]):
                def get(self) -> int:
                    raise NotImplementedError

    return define


def _mixed_colours() -> None:
    class _Wrong(Controller[_S]):
        def get(self) -> int:
            raise NotImplementedError

        async def post(self) -> int:
            raise NotImplementedError


def _sync_handle_error_of_async() -> None:
    class _Wrong(Controller[_S]):
        async def get(self) -> int:
            raise NotImplementedError

        def handle_error(
            self, endpoint: Any, controller: Any, exc: Exception
        ) -> HttpResponse:
            raise exc


def _async_handle_error_of_sync() -> None:
    class _Wrong(Controller[_S]):
        def get(self) -> int:
            raise NotImplementedError

        async def handle_async_error(
            self, endpoint: Any, controller: Any, exc: Exception
        ) -> HttpResponse:
            raise exc


def _both_mixins() -> None:
    class _Wrong(MetaMixin, AsyncMetaMixin, Controller[_S]):  # type: ignore[misc]
        """Is sync and async."""


def _both_mixins_behind() -> None:
    class _Wrong(Controller[_S], AsyncMetaMixin, MetaMixin):  # type: ignore[misc]
        """Is sync and async."""


def _generator() -> None:
    class _Wrong(Controller[_S]):
        def get(self) -> Iterator[int]:
            yield 1


def _async_generator() -> None:
    class _Wrong(Controller[_S]):
        async def get(self) -> AsyncIterator[int]:
            yield 1


def _one_condition() -> None:
    conditional_type({'application/json': int})


_FAULTS: list[tuple[Callable[[], None], type[Exception], list[str]]] = [
    (
        _no_serializer,
        UnsolvableAnnotationsError,
        ['at least 1 type arg', '_Wrong'],
    ),
    (_wrong_serializer, UnsolvableAnnotationsError, ['BaseSerializer']),
    (_base_serializer, UnsolvableAnnotationsError, ['BaseSerializer']),
    (
        _unknown_name,
        UnsolvableAnnotationsError,
        ['cannot be solved', '_Wrong.get', 'Missing'],
    ),
    (
        _no_return_annotation,
        UnsolvableAnnotationsError,
        ['return type annotation', '_Wrong.get'],
    ),
    (
        _wrong_parameter_name,
        UnsolvableAnnotationsError,
        ['parsed_query', "not 'wrong'", '_Wrong'],
    ),
    (
        _unsolved_model,
        UnsolvableAnnotationsError,
        ['Cannot solve type annotations', 'must be concrete', '_Base'],
    ),
    (
        _unsolved_return,
        UnsolvableAnnotationsError,
        ['Cannot solve type annotations', 'must be concrete', '_Base'],
    ),
    (
        _upper_case_method,
        EndpointMetadataError,
        ["'GET'", 'not a valid HTTP method name', '_Wrong'],
    ),
    (
        _stray_decorator,
        EndpointMetadataError,
        ["'fetch'", 'not a valid HTTP method name', '_Wrong'],
    ),
    (
        _stray_validate,
        EndpointMetadataError,
        ["'fetch'", 'not a valid HTTP method name', '_Wrong'],
    ),
    (
        _response_with_modify,
        EndpointMetadataError,
        ['@modify', '@validate', '_Wrong.get'],
    ),
    (
        _response_without_spec,
        EndpointMetadataError,
        ['@validate', 'ResponseSpec', '_Wrong.get'],
    ),
    (
        _raw_data_with_validate,
        EndpointMetadataError,
        ['@modify', '@validate', '_Wrong.get'],
    ),
    (
        _header_spec_in_modify,
        EndpointMetadataError,
        ['HeaderSpec', 'NewHeader', '_Wrong.get', "'X-A'"],
    ),
    (
        _cookie_spec_in_modify,
        EndpointMetadataError,
        ['CookieSpec', 'NewCookie', '_Wrong.get', "'a'"],
    ),
    (
        _new_header_in_spec,
        EndpointMetadataError,
        ['NewHeader', '_Wrong.get', "'X-A'"],
    ),
    (
        _new_cookie_in_spec,
        EndpointMetadataError,
        ['NewCookie', '_Wrong.get', "'a'"],
    ),
    (
        _set_cookie_in_spec,
        EndpointMetadataError,
        ['Set-Cookie', 'cookies=', '_Wrong.get'],
    ),
    (
        _set_cookie_in_modify,
        EndpointMetadataError,
        ['Set-Cookie', 'cookies=', '_Wrong.get'],
    ),
    (
        _different_specs,
        EndpointMetadataError,
        ['different metadata', '409', '_Wrong.get'],
    ),
    (
        _spec_differs_from_return_type,
        EndpointMetadataError,
        ['different metadata', '200', '_Wrong.get'],
    ),
    *(
        (
            _body_with(status_code),
            EndpointMetadataError,
            ['return `None` not', 'int', str(status_code), '_Wrong.get'],
        )
        for status_code in (100, 103, 204, 304)
    ),
    (
        _unhashable_body,
        EndpointMetadataError,
        ['return `None` not', '204', '_Wrong.get'],
    ),
    *(
        (
            _request_body_of(method),
            EndpointMetadataError,
            [
                'cannot have a request body',
                method.upper(),
                f'_Wrong.{method}',
            ],
        )
        for method in ('get', 'head', 'delete', 'connect', 'trace')
    ),
    (
        _files_without_parser,
        EndpointMetadataError,
        ['can parse files', "['application/json']", '_Wrong.post'],
    ),
    (
        _sync_handler_of_async,
        EndpointMetadataError,
        ['Cannot pass sync `error_handler`', '_Wrong.get'],
    ),
    (
        _async_handler_of_sync,
        EndpointMetadataError,
        ['async `error_handler`', '_Wrong.get'],
    ),
    (
        _handler_is_text,
        EndpointMetadataError,
        ["'handle' in `error_handler` cannot be called", '_Wrong.get'],
    ),
    *(
        (
            _status(wrong),
            EndpointMetadataError,
            [f'status {wrong!r}', 'Use a member of `HTTPStatus`', '_Wrong.get'],
        )
        for wrong in (99, 600, '200')
    ),
    (_described_status, EndpointMetadataError, ['status 600', '_Wrong.get']),
    (
        _sync_auth_of_async,
        EndpointMetadataError,
        ['base.AsyncAuth', '_Wrong.get'],
    ),
    (
        _async_auth_of_sync,
        EndpointMetadataError,
        ['base.SyncAuth', '_Wrong.get'],
    ),
    (_auth_is_a_class, EndpointMetadataError, ['base.SyncAuth', '_Wrong.get']),
    (
        _sync_throttle_of_async,
        EndpointMetadataError,
        ['AsyncThrottle', '_Wrong.get'],
    ),
    (
        _async_throttle_of_sync,
        EndpointMetadataError,
        ['SyncThrottle', '_Wrong.get'],
    ),
    (
        _throttle_is_a_class,
        EndpointMetadataError,
        ['SyncThrottle', '_Wrong.get'],
    ),
    (_parser_is_a_renderer, EndpointMetadataError, ['Parser', '_Wrong.get']),
    (_renderer_is_a_number, EndpointMetadataError, ['Renderer', '_Wrong.get']),
    (
        _unsupported_parser,
        EndpointMetadataError,
        ['serializer does not support', 'MsgpackParser', '_Wrong.get'],
    ),
    (
        _nothing(parsers=[]),
        EndpointMetadataError,
        ['at least one parser', '_Wrong.get'],
    ),
    (
        _nothing(renderers=[]),
        EndpointMetadataError,
        ['at least one renderer', '_Wrong.get'],
    ),
    (
        _mixed_colours,
        EndpointMetadataError,
        ['either be all sync or all async', '_Wrong'],
    ),
    (
        _sync_handle_error_of_async,
        EndpointMetadataError,
        ['Use `handle_async_error` instead', '_Wrong'],
    ),
    (
        _async_handle_error_of_sync,
        EndpointMetadataError,
        ['Use `handle_error` instead', '_Wrong'],
    ),
    (_both_mixins, EndpointMetadataError, ['not both meta mixins', '_Wrong']),
    (
        _both_mixins_behind,
        EndpointMetadataError,
        ['not both meta mixins', '_Wrong'],
    ),
    (_generator, EndpointMetadataError, ['is a generator', '_Wrong.get']),
    (
        _async_generator,
        EndpointMetadataError,
        ['is a generator', '_Wrong.get'],
    ),
    (_one_condition, EndpointMetadataError, ['>= 2']),
    *(
        (
            _nothing(**{key: found}),
            EndpointMetadataError,
            ['Settings validation failed', f'Settings.{key} must {must}'],
        )
        for key, found, must in (
            ('parsers', [1], 'all be Parser instances'),
            ('renderers', [1], 'all be Renderer instances'),
            ('auth', [1], 'all be SyncAuth or AsyncAuth instances'),
            (
                'throttling',
                [1],
                'all be SyncThrottle or AsyncThrottle instances',
            ),
            ('responses', [1], 'all be ResponseSpec instances'),
            ('openapi_config', 1, 'be an OpenAPIConfig instance'),
            ('global_error_handler', 1, 'be a string or callable'),
            ('validate_responses', 'yes', 'be a bool'),
            ('no_validate_http_spec', 1, 'be a set'),
        )
    ),
]


@pytest.mark.parametrize(
    ('define', 'error', 'mentioned'),
    _FAULTS,
    ids=[define.__qualname__ for define, _, _ in _FAULTS],
)
def test_wrong_definition(
    define: Callable[[], None],
    error: type[Exception],
    mentioned: list[str],
) -> None:
    """The message names the place, the fault and the way out."""
    with pytest.raises(error) as raised:
        define()

    message = str(raised.value)
    assert [] == [one for one in mentioned if one not in message]


def test_unknown_name_keeps_its_cause() -> None:
    """The error of the evaluation is chained."""
    with pytest.raises(UnsolvableAnnotationsError) as raised:
        _unknown_name()

    assert isinstance(raised.value.__cause__, NameError)


def test_error_of_a_serializer_has_a_note() -> None:
    """It is about a model, the note is about the endpoint."""

    class _Odd:
        """Pydantic knows nothing of it."""

    with pytest.raises(pydantic.PydanticSchemaGenerationError) as raised:

        class _Wrong(Controller[_S]):
            def post(self, parsed_body: Body[_Odd]) -> int:
                raise NotImplementedError

    (note,) = raised.value.__notes__
    assert note.startswith('While making the endpoint ')
    assert note.endswith('_Wrong.post.')


def test_equal_specs_may_repeat() -> None:
    """The same response may be described on several levels."""
    conflict = ResponseSpec(str, status_code=HTTPStatus.CONFLICT)

    class _Twice(Controller[_S]):
        responses = (conflict, ResponseSpec(int, status_code=HTTPStatus.OK))

        @modify(extra_responses=[conflict])
        def get(self) -> int:
            raise NotImplementedError

    assert [409, 200, 422, 406] == list(
        _Twice.api_endpoints['GET'].metadata.responses,
    )


def test_skipped_specs_are_allowed_in_modify() -> None:
    """Something behind the framework may set headers and cookies."""

    class _Skipped(Controller[_S]):
        @modify(
            headers={'X-A': HeaderSpec(skip_validation=True)},
            cookies={'a': CookieSpec(skip_validation=True)},
        )
        def get(self) -> int:
            raise NotImplementedError

    spec = _Skipped.api_endpoints['GET'].metadata.responses[HTTPStatus.OK]
    assert (['X-A'], ['a']) == (
        list(spec.headers or ()),
        list(spec.cookies or ()),
    )


@pytest.mark.parametrize('level', ['endpoint', 'controller', 'settings'])
@pytest.mark.parametrize('as_text', [True, False])
def test_http_rules_can_be_switched_off(level: str, *, as_text: bool) -> None:
    """`no_validate_http_spec` works on every level, as text and as enum."""
    off: Any = {HttpSpec.empty_request_body, HttpSpec.empty_response_body}
    if as_text:
        off = {str(one) for one in off}
    settings = {'no_validate_http_spec': off} if level == 'settings' else {}

    with override_settings(DMR_SETTINGS=settings):

        class _Allowed(Controller[_S]):
            no_validate_http_spec = (
                off if level == 'controller' else frozenset()
            )

            @modify(
                status_code=HTTPStatus.NO_CONTENT,
                no_validate_http_spec=(
                    off if level == 'endpoint' else frozenset()
                ),
            )
            def get(self, parsed_body: Body[int]) -> int:
                raise NotImplementedError

        assert {
            HttpSpec.empty_request_body,
            HttpSpec.empty_response_body,
        } == _Allowed.api_endpoints['GET'].metadata.no_validate_http_spec


@pytest.mark.parametrize('level', ['endpoint', 'controller', 'settings'])
def test_undecorated_response_endpoints_keep_the_sets(level: str) -> None:
    """Endpoints that return responses inherit what others inherit."""
    status = HTTPStatus.NOT_ACCEPTABLE
    settings: dict[str, Any] = {}
    if level == 'settings':
        settings = {
            'no_validate_http_spec': {'empty_request_body'},
            'exclude_semantic_responses': {status},
        }

    with override_settings(DMR_SETTINGS=settings):

        class _Undecorated(Controller[_S]):
            responses = (_OK,)
            no_validate_http_spec = (
                {HttpSpec.empty_request_body}
                if level != 'settings'
                else frozenset()
            )
            exclude_semantic_responses = (
                {status} if level != 'settings' else frozenset()
            )

            def get(self, parsed_body: Body[int]) -> HttpResponse:
                raise NotImplementedError

        metadata = _Undecorated.api_endpoints['GET'].metadata

    assert [200, 400, 422] == list(metadata.responses)
    assert {HttpSpec.empty_request_body} == metadata.no_validate_http_spec


def test_none_empties_the_sets() -> None:
    """One level can say that nothing is switched off."""

    class _Emptied(Controller[_S]):
        exclude_semantic_responses = {HTTPStatus.NOT_ACCEPTABLE}
        no_validate_http_spec = {HttpSpec.empty_request_body}

        @modify(exclude_semantic_responses=None, no_validate_http_spec=None)
        def get(self) -> int:
            raise NotImplementedError

    metadata = _Emptied.api_endpoints['GET'].metadata
    assert [200, 422, 406] == list(metadata.responses)
    assert frozenset() == metadata.no_validate_http_spec


@pytest.mark.parametrize(
    ('option', 'sync_one', 'async_one'),
    [
        ('auth', _SyncAuth(), _AsyncAuth()),
        ('throttling', _SyncThrottle(1, 1), _AsyncThrottle(1, 1)),
    ],
)
@pytest.mark.parametrize('level', ['endpoint', 'controller'])
@pytest.mark.parametrize('is_async', [True, False])
def test_none_is_applied_before_colours_are_checked(
    option: str,
    sync_one: Any,
    async_one: Any,
    level: str,
    *,
    is_async: bool,
) -> None:
    """Guards of the settings do not matter where they are switched off."""
    wrong = sync_one if is_async else async_one
    options: Any = {option: None} if level == 'endpoint' else {}
    members: dict[str, Any] = {option: None} if level == 'controller' else {}

    with override_settings(DMR_SETTINGS={option: [wrong]}):

        class _Open(Controller[_S]):
            locals().update(members)
            if is_async:

                @modify(**options)
                async def get(self) -> int:
                    raise NotImplementedError
            else:

                @modify(**options)
                def get(self) -> int:
                    raise NotImplementedError

        assert getattr(_Open.api_endpoints['GET'].metadata, option) is None


def test_guards_of_all_levels_are_joined() -> None:
    """Those of the endpoint come first, those of the settings last."""
    ours, controllers, settings = _SyncAuth(), _SyncAuth(), _SyncAuth()

    with override_settings(DMR_SETTINGS={'auth': [settings]}):

        class _Joined(Controller[_S]):
            auth = (controllers,)

            @modify(auth=[ours])
            def get(self) -> int:
                raise NotImplementedError

        metadata = _Joined.api_endpoints['GET'].metadata

    assert [ours, controllers, settings] == metadata.auth
    assert 401 in metadata.responses


def test_files_need_one_parser_only() -> None:
    """Other parsers may stand beside the one for files."""

    class _Files(Controller[MsgspecSerializer]):
        parsers = (MsgpackParser(), MultiPartParser())

        def post(self, parsed_file_metadata: FileMetadata[Any]) -> int:
            raise NotImplementedError

    assert ['POST'] == list(_Files.api_endpoints)
