"""Findings about what protects endpoints: throttles and authentication."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004
from django.utils.encoding import force_bytes

from dmr.commands.findings.endpoints import Place, base_paths, some
from dmr.security.django_session import (
    DjangoSessionAsyncAuth,
    DjangoSessionSyncAuth,
)

#: Bytes of a key for each algorithm with one (RFC 7518, section 3.2).
_KEY_LENGTHS: Final[Mapping[str, int]] = MappingProxyType(
    {'HS256': 32, 'HS384': 48, 'HS512': 64}
)

#: What ``startproject`` writes at the start of a key.
_EXAMPLE_KEY: Final = b'django-insecure-'

#: What session auth needs, in the order in which Django wants them.
_SESSION_MIDDLEWARE: Final[Mapping[str, str]] = MappingProxyType(
    {
        'django.contrib.sessions.middleware.SessionMiddleware': (
            'nobody has a session'
        ),
        'django.middleware.csrf.CsrfViewMiddleware': (
            'clients get no CSRF token, so they can only read'
        ),
        'django.contrib.auth.middleware.AuthenticationMiddleware': (
            'nobody is ever logged in'
        ),
    }
)


def throttle_findings(found: Sequence[Place]) -> Iterator[CheckMessage]:
    """Yield caches that cannot count for all processes."""
    by_reason: dict[str, list[str]] = {}
    for place in found:
        metadata = place.endpoint.metadata
        if metadata.throttling_allow_unsafe_cache is None:
            continue
        for throttle in metadata.throttling or ():
            reason = throttle.unsafe_reason()
            if reason is not None:
                by_reason.setdefault(reason, []).append(place.name)
    for reason, names in by_reason.items():
        yield Warning(
            f'{some(names)}: {reason}',
            hint='With several processes each of them counts for itself. '
            'Configure a shared cache in CACHES, or use the throttling '
            'backends for Redis.',
            id='dmr.D021',
        )


def token_findings(found: Sequence[Place]) -> Iterator[CheckMessage]:
    """Yield secrets of JSON web tokens that can be guessed."""
    secrets: dict[tuple[str, bytes], list[str]] = {}
    for place in found:
        for auth in place.auths:
            algorithm: Any = getattr(auth, 'algorithm', None)
            if algorithm in _KEY_LENGTHS:
                key = (algorithm, _secret(auth))
                secrets.setdefault(key, []).append(place.name)
    for (algorithm, secret), names in secrets.items():
        yield from _secret_findings(algorithm, secret, some(names))


def session_findings(found: Sequence[Place]) -> Iterator[CheckMessage]:
    """Yield middlewares that session auth needs."""
    kinds = (DjangoSessionSyncAuth, DjangoSessionAsyncAuth)
    names = [
        place.name
        for place in found
        if any(isinstance(auth, kinds) for auth in place.auths)
    ]
    if not names:
        return
    installed = {
        base for path in settings.MIDDLEWARE for base in base_paths(path)
    }
    for path, consequence in _SESSION_MIDDLEWARE.items():
        if path not in installed:
            yield Error(
                f'{some(names)} authenticate with the session, but {path} is '
                f'not in MIDDLEWARE: {consequence}.',
                hint=f'Add {path!r} to MIDDLEWARE.',
                id='dmr.D024',
            )


def _secret(auth: Any) -> bytes:
    own = auth.secret
    return force_bytes(settings.SECRET_KEY if own is None else own)


def _secret_findings(
    algorithm: str,
    secret: bytes,
    names: str,
) -> Iterator[CheckMessage]:
    needed = _KEY_LENGTHS[algorithm]
    if len(secret) < needed:
        yield Error(
            f'{names}: the secret of JSON web tokens has {len(secret)} bytes, '
            f'{algorithm} needs {needed} (RFC 7518, section 3.2).',
            hint='Make one: `python -c "import secrets; '
            f'print(secrets.token_urlsafe({needed}))"`.',
            id='dmr.D022',
        )
    if secret.startswith(_EXAMPLE_KEY):
        yield Warning(
            f'{names}: the secret of JSON web tokens is one that '
            '`startproject` made, which is often in a repository.',
            hint='Read SECRET_KEY from the environment, or give auths a '
            '`secret` of their own.',
            id='dmr.D023',
        )
