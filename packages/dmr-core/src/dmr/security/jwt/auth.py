"""Authenticate with a JSON web token in a header (RFC 6750)."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from typing_extensions import override

from dmr.security.challenges import challenge
from dmr.security.jwt.base import BaseJWTAuth, JWTAsyncBase, JWTSyncBase
from dmr.security.jwt.base import request_jwt as request_jwt
from dmr.security.jwt.base import set_request_attrs as set_request_attrs


class _HeaderJWT(BaseJWTAuth):
    """Read the token from a header."""

    __slots__ = ('auth_header', 'auth_scheme')

    def __init__(
        self,
        *,
        auth_header: str = 'Authorization',
        auth_scheme: str = 'Bearer',
        **options: Any,
    ) -> None:
        """Read ``<auth_scheme> <token>`` from the header *auth_header*."""
        super().__init__(**options)
        self.auth_header = auth_header
        self.auth_scheme = auth_scheme

    @property
    @override
    def security_schemes(self) -> Mapping[str, Any]:
        """Describe where the token is expected."""
        is_bearer = (
            self.auth_header.lower() == 'authorization'
            and self.auth_scheme.lower() == 'bearer'
        )
        if is_bearer:
            scheme = {
                'type': 'http',
                'scheme': self.auth_scheme,
                'bearerFormat': 'JWT',
            }
        else:
            scheme = {
                'type': 'apiKey',
                'in': 'header',
                'name': self.auth_header,
                'description': f'`{self.auth_scheme} <token>`',
            }
        return {self.security_scheme_name: scheme}

    @property
    @override
    def www_authenticate_challenge(self) -> str:
        """Return what 401 responses say about it."""
        return challenge(self.auth_scheme)

    @override
    def get_encoded_token(self, request: HttpRequest) -> str | None:
        """Return the token of *request* as it was sent, ``None`` if none."""
        header = self.get_token_from_request(request)
        return None if header is None else self.split_encoded_token(header)

    def get_token_from_request(self, request: HttpRequest) -> str | None:
        """Return the whole header, ``None`` lets the next auth try."""
        return request.headers.get(self.auth_header)

    def split_encoded_token(self, header: str) -> str | None:
        """Return the token in *header*, ``None`` if it is not for us."""
        scheme, _, encoded = header.partition(' ')
        if scheme.lower() != self.auth_scheme.lower():
            return None
        if not encoded or ' ' in encoded:
            return None
        return encoded


class JWTSyncAuth(_HeaderJWT, JWTSyncBase):
    """Authenticate sync endpoints with a JSON web token in a header."""

    __slots__ = ()


class JWTAsyncAuth(_HeaderJWT, JWTAsyncBase):
    """Authenticate async endpoints with a JSON web token in a header."""

    __slots__ = ()


#: The same under names that say where the token is.
HeaderJWTSyncAuth = JWTSyncAuth
HeaderJWTAsyncAuth = JWTAsyncAuth
