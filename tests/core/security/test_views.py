"""Secrets stay out of error reports, and some views are ready to be used."""

import sys
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.test import override_settings
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter
from typing_extensions import override

from dmr import Controller
from dmr.parsers import FormUrlEncodedParser
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.django_session.concrete_views import DjangoSessionSyncView
from dmr.security.http import HttpBasicAsyncAuth, HttpBasicSyncAuth, basic_auth
from dmr.throttling import Rate, SyncThrottle
from tests.core.security.asking import (
    PASSWORD,
    make_user,
)
from tests.core.security.jwt.making import encoded_token
from tests.core.security.jwt.views.controllers import (
    AsyncObtain,
    AsyncRefresh,
    SyncObtain,
    SyncRefresh,
)
from tests.core.serving import serving

pytestmark = pytest.mark.django_db


class _Broken(Exception):  # noqa: N818
    """What nobody has expected."""


class _SyncObtain(SyncObtain):
    @override
    def make_api_response(self) -> Any:
        raise _Broken


class _AsyncObtain(AsyncObtain):
    @override
    async def make_api_response(self) -> Any:
        raise _Broken


class _SyncForm(_SyncObtain):
    parsers = [FormUrlEncodedParser()]


class _AsyncForm(_AsyncObtain):
    parsers = [FormUrlEncodedParser()]


class _SyncRefresh(SyncRefresh):
    @override
    def make_api_response(self) -> Any:
        raise _Broken


class _AsyncRefresh(AsyncRefresh):
    @override
    async def make_api_response(self) -> Any:
        raise _Broken


class _SyncBasic(HttpBasicSyncAuth):
    @override
    def authenticate(self, *_args: Any) -> Any:
        raise _Broken


class _AsyncBasic(HttpBasicAsyncAuth):
    @override
    async def authenticate(self, *_args: Any) -> Any:
        raise _Broken


def _report(controller: Any, *args: Any, **options: Any) -> str:
    """Return the report that administrators get about an error, as HTML."""
    reports: list[str] = []

    def receive(*, request: Any, **_kwargs: Any) -> None:
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.append(reporter.get_traceback_html())

    got_request_exception.connect(receive)
    try:
        with override_settings(DEBUG=False), serving(it=controller) as client:
            client.raise_request_exception = False
            client.post('/it/', *args, **options)
    finally:
        got_request_exception.disconnect(receive)
    (report,) = reports
    assert '_Broken' in report
    return report


@pytest.mark.parametrize('controller', [_SyncObtain, _AsyncObtain])
def test_report_has_no_password_of_a_json_body(controller: Any) -> None:
    """No variable of any frame shows it."""
    make_user()

    report = _report(controller, {'username': 'ada', 'password': PASSWORD})

    assert PASSWORD not in report


@pytest.mark.parametrize('controller', [_SyncForm, _AsyncForm])
def test_report_has_no_password_of_a_form(controller: Any) -> None:
    """Django shows forms unless it is told not to."""
    password = 'only-one-word'
    user = make_user('bob')
    user.set_password(password)
    user.save()

    report = _report(
        controller,
        f'username=bob&password={password}',
        content_type='application/x-www-form-urlencoded',
    )

    assert password not in report


@pytest.mark.parametrize('controller', [_SyncRefresh, _AsyncRefresh])
def test_report_has_no_token(controller: Any) -> None:
    """A refresh token is as good as a password."""
    token = encoded_token(make_user(), extras={'type': 'refresh'})

    report = _report(controller, {'refresh_token': token})

    assert token not in report


@pytest.mark.parametrize('controller', [_SyncObtain, _AsyncObtain])
def test_the_secret_is_there_to_be_hidden(
    controller: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without Django's filter the tests above would fail."""
    make_user()
    monkeypatch.setattr(SafeExceptionReporterFilter, 'is_active', _never)
    monkeypatch.setattr(
        SafeExceptionReporterFilter,
        'get_traceback_frame_variables',
        _all_variables,
    )

    report = _report(controller, {'username': 'ada', 'password': PASSWORD})

    assert PASSWORD in report


def _never(*_args: Any) -> bool:
    return False


def _all_variables(_filter: Any, _request: Any, frame: Any) -> Any:
    return frame.f_locals.items()


@pytest.mark.parametrize(
    ('auth', 'is_async'),
    [(_SyncBasic(), False), (_AsyncBasic(), True)],
)
def test_report_has_no_credentials_of_a_header(
    auth: Any,
    *,
    is_async: bool,
) -> None:
    """Frames of an auth are not shown."""
    guard = [auth]

    if is_async:

        class _Async(Controller[PydanticSerializer]):
            auth = guard

            async def post(self) -> str:
                raise AssertionError('must not be called')

        controller: Any = _Async
    else:

        class _Sync(Controller[PydanticSerializer]):
            auth = guard

            def post(self) -> str:
                raise AssertionError('must not be called')

        controller = _Sync

    report = _report(
        controller,
        headers={'Authorization': basic_auth('ada', 'only-one-word')},
    )

    assert 'only-one-word' not in report


def test_ready_made_view_without_serializer_is_refused() -> None:
    """The error says what to write."""
    with pytest.raises(TypeError, match=r'View.as_view\(serializer='):
        DjangoSessionSyncView.as_view()


@pytest.mark.parametrize('name', ['throtling', '_SerializerT_co', 'jwt_secret'])
def test_ready_made_view_refuses_unknown_options(name: str) -> None:
    """A typing error must not switch off a guard."""
    with pytest.raises(TypeError, match=f'no option {name!r}'):
        DjangoSessionSyncView.as_view(
            serializer=PydanticSerializer,
            **{name: []},
        )


def test_ready_made_view_can_be_subclassed() -> None:
    """It is a controller like any other then, with a serializer."""

    class _Login(DjangoSessionSyncView[PydanticSerializer]):
        """Logs in."""

    view: Any = _Login.as_view()

    assert view.view_class is _Login


def test_subclass_of_a_ready_made_view_takes_options() -> None:
    """What guards a view is never ignored."""

    class _Login(DjangoSessionSyncView[PydanticSerializer]):
        """Logs in."""

    throttle = SyncThrottle(1, Rate.minute)

    view: Any = _Login.as_view(
        throttling=[throttle],
        throttling_allow_unsafe_cache=None,
    )

    metadata = view.view_class.api_endpoints['POST'].metadata
    assert (throttle,) == metadata.throttling


def test_ready_made_view_keeps_its_name() -> None:
    """Descriptions and counters of throttles name the controller."""
    view: Any = DjangoSessionSyncView.as_view(serializer=PydanticSerializer)

    assert (
        DjangoSessionSyncView.__module__,
        DjangoSessionSyncView.__qualname__,
        DjangoSessionSyncView.__doc__,
    ) == (
        view.view_class.__module__,
        view.view_class.__qualname__,
        view.view_class.__doc__,
    )
