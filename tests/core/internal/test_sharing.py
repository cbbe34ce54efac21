"""What is shared is the same only for arguments that mean the same."""

from http import HTTPStatus
from typing import Any

import pytest

from dmr.internal.sharing import shared


@shared
def _made(part: Any) -> list[Any]:
    return [part]


@pytest.mark.parametrize('wrap', [lambda one: one, lambda one: (one,)])
def test_equal_arguments_of_other_types_are_told_apart(wrap: Any) -> None:
    """Inside of collections, too."""
    one = [repr(_made(wrap(part))) for part in (1, True)]
    ok = [repr(_made(wrap(part))) for part in (200, HTTPStatus.OK)]

    assert one == [repr([wrap(1)]), repr([wrap(True)])]
    assert ok == [repr([wrap(200)]), repr([wrap(HTTPStatus.OK)])]


def test_equal_arguments_share_what_is_made() -> None:
    """It is made once."""
    assert _made(('a', None)) is _made(('a', None))
