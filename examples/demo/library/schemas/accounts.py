"""Who is logged in, and how; with msgspec."""

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

Way: TypeAlias = Literal['session', 'jwt', 'token']


class Credentials(msgspec.Struct, frozen=True, kw_only=True):
    """Name and password of an account."""

    username: Annotated[str, Meta(max_length=150, examples=['reader'])]
    password: Annotated[
        str,
        Meta(max_length=1024, examples=['open the books']),
    ]


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """An account, and what a request has shown to be from there."""

    username: str
    logged_in_by: Way


class Tokens(msgspec.Struct, frozen=True, kw_only=True):
    """One token for some minutes, and one to get the next with."""

    access_token: str
    refresh_token: str


class RefreshToken(msgspec.Struct, frozen=True, kw_only=True):
    """The token to exchange; it works once."""

    refresh_token: str


class ApiToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token for a program; nobody can read it again."""

    token: str
