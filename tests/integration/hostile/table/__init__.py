"""Requests that no honest client sends, and the status that each deserves."""

from tests.integration.hostile.table.bodies import body_cases
from tests.integration.hostile.table.case import Case
from tests.integration.hostile.table.credentials import credential_cases
from tests.integration.hostile.table.requests import request_cases


def cases(secret: str) -> list[Case]:
    """Return all cases; tokens are signed with *secret*."""
    return [*request_cases(), *body_cases(), *credential_cases(secret)]
