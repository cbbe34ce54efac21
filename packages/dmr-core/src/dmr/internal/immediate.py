"""Exceptions that are answers, as errors and handlers know them.

Their public forms, `dmr.APIError` and `dmr.RedirectTo`, live beside the code
that builds responses.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any


class ImmediateResponse(Exception):  # noqa: N818
    """Base of the exceptions that are answers, whoever raises them."""

    raw_data: Any
    status_code: HTTPStatus
    headers: Mapping[str, str] | None
    cookies: Mapping[str, Any] | None

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy without calling the constructor."""
        return _restore, (type(self), self.args, self.__dict__)


def _restore(
    cls: type[Exception],
    args: tuple[Any, ...],
    state: dict[str, Any],
) -> Exception:
    restored = cls.__new__(cls, *args)
    restored.__dict__.update(state)
    return restored
