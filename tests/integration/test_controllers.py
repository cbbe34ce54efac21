"""Controllers: which endpoints they have, how they are inherited and asked."""

import subprocess
import sys
from collections.abc import Sequence
from http import HTTPMethod, HTTPStatus
from typing import Any, ClassVar, Generic, TypeVar

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.views.decorators.csrf import csrf_exempt

from dmr import (
    APIError,
    Body,
    Controller,
    HeaderSpec,
    NewCookie,
    NewHeader,
    Path,
    Query,
    ResponseSpec,
    modify,
    validate,
)
from dmr.decorators import dispatch_decorator
from dmr.errors import ErrorModel
from dmr.exceptions import EndpointMetadataError
from dmr.options_mixins import AsyncMetaMixin, MetaMixin
from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.pydantic import PydanticSerializer
from tests.integration.sending import routed
from tests.integration.serving import AnySerializer, Site

_ModelT = TypeVar('_ModelT')
_ReturnT = TypeVar('_ReturnT')
_factory = RequestFactory()


def _allow(site: Site, controller: type[Any], method: str = 'PUT') -> str:
    return site.serve(controller, method).headers['Allow']


# Which endpoints there are


def test_order_of_endpoints_is_fixed() -> None:
    """The order does not depend on how names are hashed."""
    program = (
        'import django; django.setup()\n'
        'from dmr import Controller, modify\n'
        'from dmr.plugins.msgspec import MsgspecSerializer\n'
        'class All(Controller[MsgspecSerializer]):\n'
        '    allowed_http_methods = ('
        "Controller.allowed_http_methods | {'query', 'purge'})\n"
        '    def meta(self) -> int: ...\n'
        '    def delete(self) -> int: ...\n'
        '    def post(self) -> int: ...\n'
        '    def patch(self) -> int: ...\n'
        '    def put(self) -> int: ...\n'
        '    def trace(self) -> int: ...\n'
        '    @modify(status_code=200)\n'
        '    def query(self) -> int: ...\n'
        '    @modify(status_code=200)\n'
        '    def purge(self) -> int: ...\n'
        '    def head(self) -> None: ...\n'
        '    def get(self) -> int: ...\n'
        'print(*All.api_endpoints)\n'
    )

    printed = {
        subprocess.run(
            [sys.executable, '-c', program],
            env={
                'DJANGO_SETTINGS_MODULE': 'tests.settings',
                'PYTHONHASHSEED': seed,
                'PYTHONPATH': ':'.join(sys.path),
            },
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ('1', '2')
    }

    assert {'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE PURGE QUERY\n'} == (
        printed
    )


def test_nothing_is_there_unless_defined(site: Site) -> None:
    """GET brings neither HEAD nor OPTIONS."""

    class _Plain(Controller[AnySerializer]):
        def get(self) -> str:
            return 'text'

    assert [405, 405] == [
        site.serve(_Plain, method).status_code for method in ('HEAD', 'OPTIONS')
    ]


def test_head_is_an_endpoint_like_others(site: Site) -> None:
    """HEAD is defined by its own method."""

    class _Headed(Controller[AnySerializer]):
        @modify(headers={'X-Count': NewHeader(value='3')})
        def head(self) -> None:
            return None

    answer = site.serve(_Headed, 'HEAD')

    assert (200, '3', b'') == (
        answer.status_code,
        answer.headers['X-Count'],
        answer.content,
    )


def test_method_called_options_is_no_endpoint() -> None:
    """OPTIONS is `meta`; Django's method of that name does not work."""

    class _Options(Controller[PydanticSerializer]):
        def get(self) -> int:
            raise NotImplementedError

        def options(self) -> int:  # type: ignore[override]  # the fault
            raise NotImplementedError

    assert ['GET'] == list(_Options.api_endpoints)


@pytest.mark.parametrize(
    ('name', 'hint'),
    [
        ('options', 'meta'),
        ('http_method_not_allowed', 'handle_method_not_allowed'),
    ],
)
@pytest.mark.filterwarnings('ignore::DeprecationWarning')
def test_django_methods_refuse_to_work(name: str, hint: str) -> None:
    """They answer in the wrong format, the message says what to use."""

    class _Plain(Controller[PydanticSerializer]):
        def get(self) -> int:
            raise NotImplementedError

    with pytest.raises(NotImplementedError, match=hint):
        getattr(_Plain(), name)(_factory.get('/'))


def test_custom_method(site: Site) -> None:
    """Methods that HTTP does not know need a name and a status."""

    class _Queries(Controller[AnySerializer]):
        allowed_http_methods = frozenset(('query', 'get'))

        @modify(status_code=HTTPStatus.OK)
        def query(self, parsed_body: Body[list[int]]) -> int:
            return sum(parsed_body)

    answer = site.serve(_Queries, 'QUERY', data=[1, 2, 3])

    assert (200, 6) == (answer.status_code, answer.data)
    assert 'QUERY' == _allow(site, _Queries, 'POST')


def test_custom_method_without_status() -> None:
    """There is no status to infer, the message says where it is missing."""
    with pytest.raises(
        EndpointMetadataError,
        match=r"_Queries\.query needs a status: 'query' .*@modify\(",
    ):

        class _Queries(Controller[PydanticSerializer]):
            allowed_http_methods = frozenset(('query',))

            def query(self) -> int:
                raise NotImplementedError


@pytest.mark.parametrize('name', ['auth', 'throttling', 'csrf_exempt'])
def test_view_cannot_change_what_is_decided(name: str) -> None:
    """A guard that is given too late must not be ignored."""

    class _Plain(Controller[PydanticSerializer]):
        def get(self) -> int:
            raise NotImplementedError

    with pytest.raises(
        TypeError,
        match=rf'_Plain\.as_view\(\) cannot change {name}: .* in a subclass',
    ):
        _Plain.as_view(**{name: ()})


def test_default_methods() -> None:
    """All methods of HTTP, with `meta` for OPTIONS."""
    expected = {one.lower() for one in HTTPMethod} - {'options'} | {'meta'}

    assert expected == Controller.allowed_http_methods


def test_method_not_allowed_can_be_customized(site: Site) -> None:
    """`handle_method_not_allowed` is the place to override."""

    class _Strict(Controller[AnySerializer]):
        def get(self) -> str:
            raise NotImplementedError

        def handle_method_not_allowed(self, method: str) -> HttpResponse:
            return self.to_error(
                {'no': method},
                status_code=HTTPStatus.IM_A_TEAPOT,
            )

    answer = site.serve(_Strict, 'DELETE')

    assert (418, {'no': 'DELETE'}) == (answer.status_code, answer.data)


# OPTIONS


def test_meta_mixin(site: Site) -> None:
    """The mixin lists the methods in alphabetical order."""

    class _Described(MetaMixin, Controller[AnySerializer]):
        def post(self) -> str:
            raise NotImplementedError

        def get(self) -> str:
            raise NotImplementedError

    answer = site.serve(_Described, 'OPTIONS')

    assert (204, 'GET, OPTIONS, POST', b'') == (
        answer.status_code,
        answer.headers['Allow'],
        answer.content,
    )


def test_async_meta_mixin_makes_async_controllers() -> None:
    """The twin of the mixin has the other colour."""

    class _Described(AsyncMetaMixin, Controller[MsgspecSerializer]):
        async def get(self) -> str:
            raise NotImplementedError

    assert (True, ['GET', 'OPTIONS']) == (
        _Described.is_async,
        list(_Described.api_endpoints),
    )


def test_own_meta(site: Site) -> None:
    """OPTIONS can be an endpoint like any other."""

    class _Described(Controller[AnySerializer]):
        @validate(
            ResponseSpec(
                None,
                status_code=HTTPStatus.NO_CONTENT,
                headers={'Allow': HeaderSpec()},
            ),
        )
        def meta(self) -> HttpResponse:
            return self.to_response(
                None,
                status_code=HTTPStatus.NO_CONTENT,
                headers={'Allow': 'OPTIONS'},
            )

    answer = site.serve(_Described, 'OPTIONS')

    assert (204, 'OPTIONS') == (answer.status_code, answer.headers['Allow'])
    with site.overridden():
        metadata = site.define(_Described).api_endpoints['OPTIONS'].metadata
    assert 'options' == metadata.method
    assert metadata.endpoint_name.endswith('_Described.options')


# Inheritance


def test_subclass_collects_inherited_endpoints(site: Site) -> None:
    """A subclass has the endpoints of its bases, with its own options."""

    class _Base(Controller[AnySerializer]):
        def get(self) -> str:
            return self.word()

        def word(self) -> str:
            return 'base'

    class _Child(_Base[AnySerializer]):
        validate_responses = False

        def post(self) -> str:
            return 'post'

        def word(self) -> str:
            return 'child'

    assert ('child', 'post') == (
        site.serve(_Child).data,
        site.serve(_Child, 'POST').data,
    )
    with site.overridden():
        base, child = site.define(_Base), site.define(_Child)
        assert (True, False) == (
            base.api_endpoints['GET'].metadata.validate_responses,
            child.api_endpoints['GET'].metadata.validate_responses,
        )


def test_subclass_of_a_concrete_controller_keeps_its_serializer() -> None:
    """The serializer need not be repeated."""

    class _Base(Controller[MsgspecSerializer]):
        def get(self) -> str:
            raise NotImplementedError

    class _Child(_Base):
        def post(self) -> str:
            raise NotImplementedError

    assert (MsgspecSerializer, ['GET', 'POST']) == (
        _Child.serializer,
        list(_Child.api_endpoints),
    )
    assert _Child.api_endpoints['GET'] is not _Base.api_endpoints['GET']
    assert _Child.api_endpoints['GET'].metadata.endpoint_name.endswith(
        '_Child.get',
    )


def test_endpoints_from_a_mixin(site: Site) -> None:
    """A plain class can bring endpoints."""

    class _Mixin:
        def get(self) -> str:
            return 'mixed in'

    class _Mixed(_Mixin, Controller[AnySerializer]):
        """Has no endpoint of its own."""

    assert 'mixed in' == site.serve(_Mixed).data


def test_endpoint_can_be_removed(site: Site) -> None:
    """A subclass can do without an inherited endpoint."""

    class _Base(Controller[AnySerializer]):
        def get(self) -> str:
            raise NotImplementedError

        def post(self) -> str:
            return 'post'

    class _Child(_Base[AnySerializer]):
        get = None  # type: ignore[assignment]  # this is how it is removed

    assert 'POST' == _allow(site, _Child, 'GET')


def test_everything_can_be_a_type_variable(site: Site) -> None:
    """Reusable controllers leave serializer and models open."""

    class _Reusable(Controller[AnySerializer], Generic[AnySerializer, _ModelT]):
        def post(self, parsed_body: Body[_ModelT]) -> _ModelT:
            return parsed_body

    class _Numbers(_Reusable[AnySerializer, list[int]]):
        """Takes numbers."""

    class _Words(_Reusable[AnySerializer, list[str]]):
        """Takes words."""

    assert [201, 400, 201] == [
        site.serve(_Numbers, 'POST', data=[1]).status_code,
        site.serve(_Words, 'POST', data=[1]).status_code,
        site.serve(_Words, 'POST', data=['a']).status_code,
    ]


def test_return_types_can_be_type_variables(site: Site) -> None:
    """What is returned is validated against the real type."""

    class _Reusable(
        Controller[AnySerializer], Generic[AnySerializer, _ReturnT]
    ):
        returned: ClassVar[Any]

        def get(self) -> Sequence[_ReturnT]:
            return self.returned  # type: ignore[no-any-return]

    class _Numbers(_Reusable[AnySerializer, int]):
        returned = [1]

    class _Wrong(_Reusable[AnySerializer, int]):
        returned = ['text']

    assert [200, 422] == [
        site.serve(_Numbers).status_code,
        site.serve(_Wrong).status_code,
    ]


def test_open_controllers_are_abstract() -> None:
    """Without a serializer there are no endpoints."""

    class _Open(Controller[AnySerializer]):
        def get(self) -> str:
            raise NotImplementedError

    class _Closed(_Open[PydanticSerializer]):
        """Has a serializer."""

    assert (True, False) == (_Open.is_abstract, _Closed.is_abstract)
    assert not hasattr(_Open, 'api_endpoints')
    assert not hasattr(_Open, 'serializer')


def test_controller_without_endpoints_is_abstract() -> None:
    """A common base with a serializer is not an API yet."""

    class _Base(Controller[PydanticSerializer]):
        """Has nothing to call."""

    assert (True, {}, None) == (
        _Base.is_abstract,
        _Base.api_endpoints,
        _Base.is_async,
    )


# CSRF


class _Posting(Controller[MsgspecSerializer]):
    def post(self) -> str:
        return 'posted'


class _Protected(_Posting):
    csrf_exempt = False


class _Excepted(_Protected):
    pass


_CSRF = 'django.middleware.csrf.CsrfViewMiddleware'


@pytest.mark.parametrize(
    ('controller', 'expected'),
    [
        (_Posting, 201),
        (_Protected, 403),
        (dispatch_decorator(csrf_exempt)(_Excepted), 201),
    ],
)
def test_csrf(controller: type[Any], expected: int) -> None:
    """Controllers are exempt by default, as APIs have no forms."""
    site = Site(serializer=MsgspecSerializer, middleware=[_CSRF])

    with site.overridden(), routed(controller):
        response = Client(enforce_csrf_checks=True).post('/')

    assert expected == response.status_code


# Places to override


def test_to_response_makes_every_success(site: Site) -> None:
    """Headers for all responses are added in one place."""

    class _Branded(Controller[AnySerializer]):
        def to_response(self, raw_data: Any, **options: Any) -> HttpResponse:
            response = super().to_response(raw_data, **options)
            response.headers['X-Brand'] = 'ours'
            return response

        def get(self) -> str:
            return 'text'

        @validate(
            ResponseSpec(
                str,
                status_code=HTTPStatus.OK,
                headers={'X-Brand': HeaderSpec()},
            ),
        )
        def put(self) -> HttpResponse:
            return self.to_response('text')

    assert ['ours', 'ours'] == [
        site.serve(_Branded, method).headers['X-Brand']
        for method in ('GET', 'PUT')
    ]


def test_to_error_makes_every_error(site: Site) -> None:
    """Errors of requests, endpoints and responses come through one place."""

    class _Branded(Controller[AnySerializer]):
        validate_responses = False
        responses = (ResponseSpec(ErrorModel, status_code=HTTPStatus.CONFLICT),)

        def to_error(self, raw_data: Any, **options: Any) -> HttpResponse:
            response = super().to_error(raw_data, **options)
            response.headers['X-Brand'] = 'ours'
            return response

        def get(self, parsed_query: Query[dict[str, int]]) -> str:
            raise APIError('conflict', status_code=HTTPStatus.CONFLICT)

        @modify(validate_responses=True)
        def put(self) -> int:
            return 'text'  # type: ignore[return-value]  # this is the fault

    answers = [
        site.serve(_Branded, 'GET', '/?a=b'),
        site.serve(_Branded, 'GET'),
        site.serve(_Branded, 'PUT'),
        site.serve(_Branded, 'POST'),
    ]

    assert [400, 409, 422, 405] == [one.status_code for one in answers]
    assert {'ours'} == {one.headers['X-Brand'] for one in answers}


def test_format_error_makes_every_body(site: Site) -> None:
    """Another error model is declared and written in one place."""

    class _Terse(Controller[AnySerializer]):
        error_model = dict[str, list[str]]

        def format_error(self, error: Any, **options: Any) -> Any:
            body = super().format_error(error, **options)
            return {'errors': [one['type'] for one in body['detail']]}

        def get(self, parsed_query: Query[dict[str, int]]) -> int:
            return 'text'  # type: ignore[return-value]  # this is the fault

    answers = [
        site.serve(_Terse, 'GET', '/?a=b'),
        site.serve(_Terse),
        site.serve(_Terse, headers={'Accept': 'text/html'}),
    ]

    assert [400, 422, 406] == [one.status_code for one in answers]
    assert {'errors': ['value_error']} == answers[0].data == answers[1].data


def test_to_response_with_all_options(site: Site) -> None:
    """Status, headers and cookies can be given per response."""

    class _Full(Controller[AnySerializer]):
        validate_responses = False

        @validate(ResponseSpec(list[int], status_code=HTTPStatus.ACCEPTED))
        def post(self) -> HttpResponse:
            return self.to_response(
                [1],
                status_code=HTTPStatus.ACCEPTED,
                headers={'X-A': '1'},
                cookies={'c': NewCookie(value='1')},
            )

    answer = site.serve(_Full, 'POST')

    assert (202, [1], '1', 'Set-Cookie: c=1; Path=/; SameSite=lax') == (
        answer.status_code,
        answer.data,
        answer.headers['X-A'],
        answer.cookies,
    )


# Django's view protocol


def test_view_function_is_what_django_expects(site: Site) -> None:
    """Tools that look at views find the class and its arguments."""

    class _Plain(Controller[PydanticSerializer]):
        word = 'default'

        def get(self) -> str:
            return self.word

    view: Any = _Plain.as_view(word='given')
    response = view(_factory.get('/'))

    assert (b'"given"', _Plain, {'word': 'given'}, True) == (
        response.content,
        view.view_class,
        view.view_initkwargs,
        view.csrf_exempt,
    )


def test_request_and_arguments_are_on_the_controller(site: Site) -> None:
    """Endpoints read them from ``self``, as in any of Django's views."""

    class _ById(Controller[AnySerializer]):
        def get(self, parsed_path: Path[dict[str, int]]) -> list[Any]:
            assert isinstance(self.request, HttpRequest)
            return [self.request.path, list(self.args), self.kwargs]

    answer = site.having(route='<int:pk>/').serve(_ById, 'GET', '/7/')

    assert ['/7/', [], {'pk': 7}] == answer.data


def test_functions_of_users_are_not_edited() -> None:
    """Metadata live on the endpoint, not on the function."""

    class _Described(Controller[PydanticSerializer]):
        def meta(self) -> int:
            raise NotImplementedError

        def get(self) -> int:
            raise NotImplementedError

    assert ('meta', {}, 'get', {}) == (
        _Described.meta.__name__,
        vars(_Described.meta),
        _Described.get.__name__,
        vars(_Described.get),
    )
    assert 'get' == _Described.api_endpoints['GET'].metadata.method


def test_summary_and_description() -> None:
    """They come from the docstring, unless one of them is given."""

    class _Described(Controller[PydanticSerializer]):
        def get(self) -> int:
            """Give a number.

            Any number will do.
            """
            raise NotImplementedError

        @modify(summary='Mine')
        def put(self) -> int:
            """Give a number.

            Any number will do.
            """
            raise NotImplementedError

        @modify(summary='')
        def post(self) -> int:
            raise NotImplementedError

    assert [
        ('Give a number.', 'Any number will do.'),
        (None, None),
        ('Mine', None),
    ] == [
        (one.metadata.summary, one.metadata.description)
        for one in _Described.api_endpoints.values()
    ]
