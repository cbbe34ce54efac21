"""Override settings of dmr, one by one."""

import difflib
from typing import Any, cast

from django.conf import settings
from django.test import override_settings
from typing_extensions import Unpack, override

from dmr.settings import Settings, SettingsDict


class override_dmr_settings(override_settings):  # noqa: N801
    """Change some of ``DMR_SETTINGS`` for a test, the others stay.

    Use it as context manager, or as decorator of functions, coroutine
    functions and test cases:

    .. code-block:: python

        @override_dmr_settings(validate_responses=False)
        def test_wrong_response_is_sent(): ...
    """

    def __init__(self, **changes: Unpack[SettingsDict]) -> None:
        """Prepare the *changes*, nothing is changed yet.

        Raises:
            ValueError: there is no such setting.
        """
        for name in changes:
            _check_name(name)
        self._changes = cast('dict[str, Any]', changes)
        super().__init__(DMR_SETTINGS=self._merged())

    @override
    def enable(self) -> None:
        """Change the settings, those of now."""
        self.options = {'DMR_SETTINGS': self._merged()}
        super().enable()

    def _merged(self) -> dict[str, Any]:
        current: dict[str, Any] = {}
        if settings.configured:
            current = getattr(settings, 'DMR_SETTINGS', {})
        return {**current, **self._changes}


def _check_name(name: str) -> None:
    known = [str(one) for one in Settings]
    if name in known:
        return
    close = difflib.get_close_matches(name, known, n=1)
    hint = f'Did you mean {close[0]!r}?' if close else f'There are {known}.'
    raise ValueError(f'There is no setting {name!r}. {hint}')
