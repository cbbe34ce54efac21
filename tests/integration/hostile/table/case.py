"""One request that no honest client sends."""

from collections.abc import Mapping
from typing import NamedTuple

from tests.integration.hostile.sending import Request


class Case(NamedTuple):
    """A request to a place below a site; serializers may differ in status."""

    name: str
    request: Request
    statuses: frozenset[int]


def make_case(
    name: str,
    statuses: int | tuple[int, ...],
    target: str,
    method: str = 'GET',
    *,
    body: bytes = b'',
    headers: Mapping[str, bytes | str] | None = None,
) -> Case:
    """Return a case; *statuses* are those that it deserves."""
    return Case(
        name,
        Request(
            method=method,
            target=target,
            body=body,
            headers=tuple(
                (
                    key,
                    text.encode('latin-1') if isinstance(text, str) else text,
                )
                for key, text in (headers or {}).items()
            ),
        ),
        frozenset([statuses] if isinstance(statuses, int) else statuses),
    )
