"""The fixtures that the pytest plugin brings."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache

from dmr import Controller
from dmr.plugins.pydantic import PydanticSerializer
from dmr.security.token import HeaderTokenSyncAuth
from dmr.settings import resolve_setting
from dmr.test import (
    DMRAsyncClient,
    DMRAsyncRequestFactory,
    DMRClient,
    DMRRequestFactory,
    max_queries,
)
from dmr.throttling import Rate, SyncThrottle

pytest_plugins = ('pytester',)


@pytest.mark.parametrize(
    ('fixture', 'expected'),
    [
        ('dmr_client', DMRClient),
        ('dmr_async_client', DMRAsyncClient),
        ('dmr_rf', DMRRequestFactory),
        ('dmr_async_rf', DMRAsyncRequestFactory),
    ],
)
def test_fixture_is_what_its_name_says(
    request: pytest.FixtureRequest,
    fixture: str,
    expected: type[object],
) -> None:
    """Each fixture gives an instance of its class."""
    assert expected is type(request.getfixturevalue(fixture))


def test_settings_fixture_forgets_edits_in_place(
    pytester: pytest.Pytester,
) -> None:
    """What was read is read again, before and after a test that uses it."""
    pytester.makepyfile(
        test_project="""
        from django.conf import settings as project

        from dmr.settings import resolve_setting

        def _set(value):
            project.DMR_SETTINGS['validate_responses'] = value

        def test_without_fixture_values_are_remembered():
            assert resolve_setting('validate_responses') is False
            _set(True)
            assert resolve_setting('validate_responses') is False

        def test_forgotten_before(settings):
            assert resolve_setting('validate_responses') is True
            _set(False)

        def test_forgotten_after():
            assert resolve_setting('validate_responses') is False
        """,
        project_settings="""
        SECRET_KEY = 'x' * 32
        DMR_SETTINGS = {'validate_responses': False}
        """,
    )

    outcome = pytester.runpytest_subprocess('--ds=project_settings')

    outcome.assert_outcomes(passed=3)


def test_loading_the_plugin_does_not_import_dmr(tmp_path: Path) -> None:
    """`dmr` is imported by fixtures only, after coverage started."""
    code = "import dmr_pytest, sys; assert 'dmr' not in sys.modules"

    finished = subprocess.run(
        [sys.executable, '-c', code],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )

    assert (0, '') == (finished.returncode, finished.stderr)


def test_marker_limits_queries(pytester: pytest.Pytester) -> None:
    """For tests of all kinds; fixtures may query more."""
    pytester.makepyfile(
        test_project="""
        import pytest
        from django.contrib.contenttypes.models import ContentType
        from django.test import TestCase

        pytestmark = pytest.mark.django_db(transaction=True)

        def _count(times):
            for _ in range(times):
                ContentType.objects.count()

        @pytest.fixture
        def busy(transactional_db):
            _count(5)

        @pytest.mark.max_queries(1)
        def test_enough(busy):
            _count(1)

        @pytest.mark.max_queries(1)
        def test_too_many():
            _count(2)

        class TestMethods:
            @pytest.mark.max_queries(limit=1, using=['default'])
            def test_enough(self):
                _count(1)

            @pytest.mark.max_queries(1)
            def test_too_many(self):
                _count(2)

        class TestCases(TestCase):
            @pytest.mark.max_queries(1)
            def test_enough(self):
                _count(1)

            @pytest.mark.max_queries(1)
            def test_too_many(self):
                _count(2)

            @pytest.mark.max_queries(1)
            async def test_too_many_async(self):
                await ContentType.objects.acount()
                await ContentType.objects.acount()

        @pytest.mark.asyncio
        @pytest.mark.max_queries(1)
        async def test_enough_async(busy):
            await ContentType.objects.acount()

        @pytest.mark.asyncio
        @pytest.mark.max_queries(1)
        @pytest.mark.parametrize('times', [2])
        async def test_too_many_async(times):
            for _ in range(times):
                await ContentType.objects.acount()
        """,
        project_settings="""
        SECRET_KEY = 'x' * 32
        INSTALLED_APPS = ['django.contrib.contenttypes']
        DATABASES = {
            'default': {
                'ENGINE': 'django.db.backends.sqlite3',
                'NAME': ':memory:',
            },
        }
        """,
    )

    outcome = pytester.runpytest_subprocess(
        '--ds=project_settings',
        '--strict-markers',
        '-o',
        'asyncio_default_fixture_loop_scope=function',
    )

    outcome.assert_outcomes(passed=4, failed=5)
    outcome.stdout.fnmatch_lines(
        [
            'E *2 queries made, at most 1 allowed.',
            '*2 times test_project.py:9 in _count',
        ],
    )


class _Limited(Controller[PydanticSerializer]):
    auth = [HeaderTokenSyncAuth()]
    throttling = [SyncThrottle(1, Rate.day)]
    throttling_allow_unsafe_cache = None

    def get(self) -> str:
        return 'inside'


def _statuses(factory: DMRRequestFactory, times: int = 3) -> list[int]:
    cache.clear()
    view = _Limited.as_view()
    return [view(factory.get('/')).status_code for _ in range(times)]


def test_fixtures_change_endpoints_until_the_test_ends(
    dmr_rf: DMRRequestFactory,
    dmr_disabled_auth: Callable[..., None],
    dmr_reduced_throttling: Callable[..., None],
) -> None:
    """A test need not be indented for that."""
    dmr_disabled_auth(_Limited, user=User(pk=1))
    dmr_reduced_throttling(_Limited, max_requests=2)

    assert [200, 200, 429] == _statuses(dmr_rf)


def test_fixture_disables_throttling(
    dmr_rf: DMRRequestFactory,
    dmr_disabled_throttling: Callable[..., None],
) -> None:
    """What the test before has changed is undone."""
    dmr_disabled_throttling(_Limited)

    assert [401, 401, 401] == _statuses(dmr_rf)


def test_endpoints_are_as_before(dmr_rf: DMRRequestFactory) -> None:
    """Nothing is left of the tests before."""
    assert [401, 429] == _statuses(dmr_rf, times=2)


def test_fixture_overrides_settings(
    dmr_override_settings: Callable[..., None],
) -> None:
    """Until the test ends, and names are checked."""
    dmr_override_settings(max_nesting_depth=3)

    assert 3 == resolve_setting('max_nesting_depth')
    with pytest.raises(ValueError, match='Did you mean'):
        dmr_override_settings(max_nesting=3)


def test_settings_are_as_before() -> None:
    """Nothing is left of the test before."""
    assert 128 == resolve_setting('max_nesting_depth')


def test_fixture_is_the_guard_of_queries(
    dmr_max_queries: type[max_queries],
) -> None:
    """For a part of a test."""
    assert max_queries is dmr_max_queries
