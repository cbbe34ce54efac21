"""Revoke tokens, and find out which ones are.

Tokens are revoked one by one, by their id. Those that were made from one
another by refreshing are a family, and can be revoked together.
"""

import datetime as dt
from typing import Any, Final

from django.apps import apps

from dmr.security.jwt.token import JWToken, invalid_token

#: The extra claim that names the family of a token.
FAMILY_CLAIM: Final = 'family'

_APP: Final = 'dmr.security.jwt.blocklist'
_MAX_LENGTH: Final = 255
_FAMILY_PREFIX: Final = 'family:'


def is_installed() -> bool:
    """Tell whether there is a table of revoked tokens."""
    return apps.is_installed(_APP)


def default_model() -> Any:
    """Return the model of revoked tokens.

    Raises:
        LookupError: the app is not in ``INSTALLED_APPS``.
    """
    return apps.get_model('blocklist', 'BlocklistedJWToken')


def family_of(token: JWToken) -> str:
    """Return the name of the family of *token*: the id of its ancestor.

    Raises:
        NotAuthenticatedError: the token has no usable id.
    """
    family = token.extras.get(FAMILY_CLAIM)
    return _usable(family) if family is not None else _usable(token.jti)


def check(model: Any, token: JWToken) -> None:
    """Check that neither *token* nor its family is revoked.

    Raises:
        NotAuthenticatedError: it is, or has no id that could be.
    """
    if model.objects.filter(jti__in=_names(token)).exists():
        raise invalid_token()


async def check_async(model: Any, token: JWToken) -> None:
    """Check that neither *token* nor its family is revoked.

    Raises:
        NotAuthenticatedError: it is, or has no id that could be.
    """
    if await model.objects.filter(jti__in=_names(token)).aexists():
        raise invalid_token()


def revoke(model: Any, token: JWToken, user: Any) -> tuple[Any, bool]:
    """Return the row of *token*, and whether it is new.

    Of any number of simultaneous calls exactly one makes the row.

    Raises:
        NotAuthenticatedError: the token has no usable id.
    """
    row: tuple[Any, bool] = model.objects.get_or_create(
        jti=_usable(token.jti),
        defaults={'user': user, 'expires_at': _aware(token.exp)},
    )
    return row


async def revoke_async(
    model: Any,
    token: JWToken,
    user: Any,
) -> tuple[Any, bool]:
    """Return the row of *token*, and whether it is new.

    Of any number of simultaneous calls exactly one makes the row.

    Raises:
        NotAuthenticatedError: the token has no usable id.
    """
    row: tuple[Any, bool] = await model.objects.aget_or_create(
        jti=_usable(token.jti),
        defaults={'user': user, 'expires_at': _aware(token.exp)},
    )
    return row


def revoke_family(
    model: Any,
    token: JWToken,
    user: Any,
    *,
    until: dt.datetime,
) -> None:
    """Revoke all relatives of *token*, which end before *until*."""
    model.objects.get_or_create(
        jti=_marker(family_of(token)),
        defaults={'user': user, 'expires_at': until},
    )


async def revoke_family_async(
    model: Any,
    token: JWToken,
    user: Any,
    *,
    until: dt.datetime,
) -> None:
    """Revoke all relatives of *token*, which end before *until*."""
    await model.objects.aget_or_create(
        jti=_marker(family_of(token)),
        defaults={'user': user, 'expires_at': until},
    )


def is_family_revoked(model: Any, token: JWToken) -> bool:
    """Tell whether the family of *token* is revoked."""
    marker = _marker(family_of(token))
    return bool(model.objects.filter(jti=marker).exists())


async def is_family_revoked_async(model: Any, token: JWToken) -> bool:
    """Tell whether the family of *token* is revoked."""
    marker = _marker(family_of(token))
    return bool(await model.objects.filter(jti=marker).aexists())


def _names(token: JWToken) -> tuple[str, str]:
    return _usable(token.jti), _marker(family_of(token))


def _marker(family: str) -> str:
    return f'{_FAMILY_PREFIX}{family}'


def _usable(jti: object) -> str:
    """Return *jti* if the table can hold it, also as name of a family."""
    longest = _MAX_LENGTH - len(_FAMILY_PREFIX)
    if not isinstance(jti, str) or not 0 < len(jti) <= longest:
        raise invalid_token()
    if '\x00' in jti or not jti.isprintable():
        raise invalid_token()
    return jti


def _aware(moment: dt.datetime) -> dt.datetime:
    return moment if moment.tzinfo is not None else moment.astimezone(dt.UTC)
