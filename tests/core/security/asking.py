"""Ask guarded endpoints, and find out what guards answer."""

from typing import Any, TypeAlias

from django.contrib.auth.models import User

from tests.core.serving import serving

#: Status, body (``None`` if empty), and value of ``WWW-Authenticate``.
Outcome: TypeAlias = tuple[int, Any, str | None]

PASSWORD = 'correct horse battery staple'


def ask(
    controller: Any,
    method: str = 'GET',
    data: Any = None,
    **headers: str,
) -> Any:
    """Return the response of one controller to one request."""
    with serving(it=controller) as client:
        return client.generic(
            method,
            '/it/',
            ''
            if data is None
            else client._encode_json(data, 'application/json'),
            headers={
                name.replace('_', '-'): value for name, value in headers.items()
            },
        )


def outcome(response: Any) -> Outcome:
    """Return what matters in the response of a guard."""
    return (
        response.status_code,
        response.json() if response.content else None,
        response.headers.get('WWW-Authenticate'),
    )


def denied(challenge: str | None) -> Outcome:
    """Return the outcome of a request that nobody vouches for."""
    body = {'detail': [{'msg': 'Not authenticated', 'type': 'security'}]}
    return 401, body, challenge


def make_user(username: str = 'ada', **fields: Any) -> User:
    """Make a user whose password is `PASSWORD`."""
    return User.objects.create_user(username, password=PASSWORD, **fields)
