"""Checks can be run by a call, with any serializer."""

import os
import subprocess
import sys
from collections.abc import Sequence
from typing import Final

import pytest

from dmr.plugins.pydantic import PydanticSerializer
from dmr.test.contracts import (
    Capabilities,
    SerializerContract,
    check_serializer,
)

pytestmark = pytest.mark.any_django


def test_a_report_counts_what_passed() -> None:
    """A serializer that is right has nothing to explain."""
    report = check_serializer(
        PydanticSerializer,
        capabilities=Capabilities(every_error=True, bytes_=False),
    )

    assert f'PydanticSerializer: {len(report.results)} passed' == str(report)
    assert report.ok


def test_unknown_checks_are_refused() -> None:
    """A check that does not exist cannot be expected to fail."""
    with pytest.raises(ValueError, match='No check is called'):
        check_serializer(
            PydanticSerializer,
            expected_failures={'values.jsn': 'of a typo'},
        )


def test_unknown_checks_are_refused_in_classes() -> None:
    """When pytest collects them."""

    class Mistaken(SerializerContract):
        serializer = PydanticSerializer
        expected_failures = {'values.jsn': 'of a typo'}

    with pytest.raises(ValueError, match='No check is called'):
        Mistaken().pytest_generate_tests(_Collected())


def test_expected_failures_are_seen_in_the_names_of_tests() -> None:
    """They have to fail to pass."""
    collected = _Collected()

    class Honest(SerializerContract):
        serializer = PydanticSerializer
        expected_failures = {'types.bytes': 'of another notation'}

    Honest().pytest_generate_tests(collected)

    assert 'types.bytes (expected to fail)' in collected.ids
    Honest().test_contract('types.bytes')
    with pytest.raises(AssertionError, match=r'types\.sets: failed'):
        type(
            'Wrong', (Honest,), {'expected_failures': _NO_SETS}
        )().test_contract(
            'types.sets',
        )


def test_functions_need_no_test_runner() -> None:
    """Neither pytest nor settings of a project."""
    finished = subprocess.run(
        [sys.executable, '-c', _PROGRAM],
        capture_output=True,
        check=True,
        env={
            name: value
            for name, value in os.environ.items()
            if name != 'DJANGO_SETTINGS_MODULE'
        },
        text=True,
    )

    assert 'JsonRenderer: 18 passed\n[]\n' == finished.stdout


_NO_SETS: Final = {'types.sets': 'they do pass'}
_PROGRAM: Final = """
import sys
from django.conf import settings
settings.configure()
from dmr.renderers import JsonRenderer
from dmr.test import check_renderer
print(check_renderer(JsonRenderer))
print([name for name in sys.modules if 'pytest' in name])
"""


class _Collected:
    """Takes what pytest would."""

    def __init__(self) -> None:
        self.ids: Sequence[str] = ()

    def parametrize(
        self,
        argnames: str,
        argvalues: Sequence[str],
        *,
        ids: Sequence[str],
    ) -> None:
        self.ids = ids


class TestPydantic(SerializerContract):
    """A class of tests has one test for each check."""

    serializer = PydanticSerializer
    capabilities = Capabilities(every_error=True, bytes_=False)
