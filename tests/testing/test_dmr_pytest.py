"""The fixtures that the pytest plugin brings."""

import subprocess
import sys
from pathlib import Path

import pytest

from dmr.test import (
    DMRAsyncClient,
    DMRAsyncRequestFactory,
    DMRClient,
    DMRRequestFactory,
)

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
