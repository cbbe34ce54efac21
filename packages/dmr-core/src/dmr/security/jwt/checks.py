"""System check of the key that signs tokens."""

from collections.abc import Sequence
from typing import Any, Final

from django.conf import settings
from django.core import checks
from django.utils.encoding import force_bytes

#: Bytes of a key for HS256, the default (RFC 7518, section 3.2).
_MIN_KEY_LENGTH: Final = 32


def check_secret_key(**_kwargs: Any) -> Sequence[checks.CheckMessage]:
    """Report a ``SECRET_KEY`` with which no token is accepted."""
    encoded = force_bytes(settings.SECRET_KEY)
    if len(encoded) >= _MIN_KEY_LENGTH:
        return []
    return [
        checks.Warning(
            f'SECRET_KEY has {len(encoded)} bytes, which is too short to sign '
            f'JSON web tokens with it: HS256 needs {_MIN_KEY_LENGTH}.',
            hint='Use a longer key, or give auths and controllers a `secret` '
            'of their own. Tokens signed with short keys are not accepted.',
            id='dmr.W003',
        ),
    ]


def register() -> None:
    """Register the check, doing so twice does no harm."""
    checks.register(check_secret_key, 'dmr')
