"""Hash tokens, so that whoever reads the table cannot use them."""

import secrets
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.views.decorators.debug import sensitive_variables

#: Bytes of randomness in a token, which makes guessing hopeless.
_RANDOM_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class TokenHasher:
    """Hash tokens with a secret and a salt.

    Without *secret* that is ``SECRET_KEY``; tokens that were hashed with one
    of ``SECRET_KEY_FALLBACKS`` are found as well.
    """

    secret: str | None = None
    salt: str = 'dmr.security.token'
    algorithm: str = 'sha256'

    @sensitive_variables()
    def new_hash(self, raw: str) -> str:
        """Return the hash under which *raw* is to be kept."""
        return self._hash(raw, self.secret or settings.SECRET_KEY)

    @sensitive_variables()
    def possible_hashes(self, raw: str) -> list[str]:
        """Return the hashes under which *raw* may have been kept."""
        if self.secret is not None:
            return [self._hash(raw, self.secret)]
        keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
        return [self._hash(raw, key) for key in keys]

    @sensitive_variables()
    def _hash(self, raw: str, secret: str | bytes) -> str:
        return salted_hmac(
            self.salt,
            raw.encode(errors='surrogatepass'),
            secret=secret,
            algorithm=self.algorithm,
        ).hexdigest()


def new_raw_token() -> str:
    """Return a new token, for its owner only."""
    return secrets.token_urlsafe(_RANDOM_BYTES)
