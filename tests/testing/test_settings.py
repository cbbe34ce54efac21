"""Overriding single settings."""

from typing import Any

import pytest
from django.test import SimpleTestCase, override_settings

from dmr.settings import resolve_setting
from dmr.test import override_dmr_settings


def _values() -> list[Any]:
    return [
        resolve_setting('validate_responses'),
        resolve_setting('max_nesting_depth'),
    ]


def test_only_named_settings_change() -> None:
    """The others of the project stay, and all come back."""
    before = _values()

    with override_settings(DMR_SETTINGS={'max_nesting_depth': 7}):
        with override_dmr_settings(validate_responses=False):
            inside = _values()
        after = _values()

    assert ([False, 7], [True, 7], before) == (inside, after, _values())


def test_overrides_can_be_nested() -> None:
    """The inner one is made of what is in force when it begins."""
    inner = override_dmr_settings(max_nesting_depth=9)

    with override_dmr_settings(validate_responses=False), inner:
        inside = _values()

    assert [False, 9] == inside


@override_dmr_settings(max_nesting_depth=5)
def test_it_is_a_decorator() -> None:
    """For a function."""
    assert 5 == resolve_setting('max_nesting_depth')


@override_dmr_settings(max_nesting_depth=6)
async def test_it_is_a_decorator_of_coroutine_functions() -> None:
    """In force until the coroutine ends."""
    assert 6 == resolve_setting('max_nesting_depth')


@override_dmr_settings(max_nesting_depth=4)
class TestCaseWithSettings(SimpleTestCase):
    """For a test case of Django."""

    def test_it_is_a_decorator_of_test_cases(self) -> None:
        """Each of its tests has the setting."""
        assert 4 == resolve_setting('max_nesting_depth')


@pytest.mark.parametrize(
    ('name', 'message'),
    [
        ('validate_response', "Did you mean 'validate_responses'?"),
        ('zzz', 'There are .*validate_responses'),
    ],
)
def test_unknown_names_are_refused(name: str, message: str) -> None:
    """A typing error must not make a test pass."""
    with pytest.raises(ValueError, match=message):
        override_dmr_settings(**{name: 1})  # type: ignore[misc]  # wrong name
