"""One JSON web token: its claims, and how they are signed and read.

Reading trusts nothing: whatever is wrong with a token, its signature or the
types of its claims, it is not authenticated.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from typing import Any, Final, Self, cast

from django.views.decorators.debug import sensitive_variables

from dmr.exceptions import InternalServerError, NotAuthenticatedError
from dmr.security.challenges import HEADER, challenge

try:
    import jwt
except ImportError as exc:
    raise ImportError(
        "dmr.security.jwt needs PyJWT. Run `pip install 'dmr-core[jwt]'`.",
    ) from exc

#: Longer tokens are not even looked at. Servers limit headers to less.
MAX_LENGTH: Final = 16 * 1024

_FIELDS: Final = frozenset(
    ('sub', 'exp', 'iat', 'iss', 'aud', 'jti', 'extras'),
)


@dataclass(frozen=True, slots=True)
class JWToken:
    """Claims of a token. Times are aware, in UTC, in whole seconds.

    *sub* is whom it is about, *exp* its end, *iat* its start, *iss* who made
    it, *aud* for whom, *jti* its own name. All other claims are in *extras*.

    Tokens that were made here must be valid now, give or take *leeway*
    seconds; tokens that were read have been *verified* otherwise.

    Raises:
        ValueError: *sub* is empty, *exp* is over or *iat* is to come.
    """

    sub: str
    exp: dt.datetime
    iat: dt.datetime = field(
        default_factory=lambda: dt.datetime.now(dt.UTC),
    )
    iss: str | None = None
    aud: str | Sequence[str] | None = None
    jti: str | None = None
    extras: dict[str, Any] = field(default_factory=dict[str, Any])
    leeway: InitVar[int] = 0
    verified: InitVar[bool] = False

    def __post_init__(self, leeway: int, verified: bool) -> None:
        """Bring times into one form, and check the claims."""
        # Frozen is a promise to readers: the object is not complete before.
        object.__setattr__(self, 'exp', _whole_seconds(self.exp))
        object.__setattr__(self, 'iat', _whole_seconds(self.iat))
        if not self.sub:
            raise ValueError('The subject of a token must not be empty.')
        if verified:
            return
        now = int(dt.datetime.now(dt.UTC).timestamp())
        if self.exp.timestamp() + leeway < now:
            raise ValueError('The expiry of a token must not be in the past.')
        if self.iat.timestamp() > now:
            raise ValueError('A token must not be issued in the future.')

    @sensitive_variables()
    def encode(
        self,
        secret: str | bytes,
        algorithm: str,
        headers: Mapping[str, Any] | None = None,
    ) -> str:
        """Return the signed token.

        Raises:
            InternalServerError: the algorithm or the key cannot be used.
        """
        try:
            return jwt.encode(
                self._claims(),
                secret,
                algorithm=algorithm,
                headers=None if headers is None else dict(headers),
            )
        except (
            jwt.PyJWTError,
            NotImplementedError,
            TypeError,
            ValueError,
        ) as exc:
            raise InternalServerError(
                f'Cannot sign a token with {algorithm!r}: {exc}',
            ) from exc

    @classmethod
    @sensitive_variables()
    def decode(
        cls,
        encoded_token: str,
        secret: Any,
        algorithm: str,
        *,
        leeway: int = 0,
        accepted_audiences: str | Sequence[str] | None = None,
        accepted_issuers: str | Sequence[str] | None = None,
        require_claims: Sequence[str] | None = None,
        verify_exp: bool = True,
        verify_iat: bool = True,
        verify_jti: bool = True,
        verify_nbf: bool = True,
        verify_sub: bool = True,
        strict_audience: bool = False,
        enforce_minimum_key_length: bool = True,
        allow_unexpected_audience: bool = False,
    ) -> Self:
        """Return the token if it is signed with *secret*, and valid now.

        Only *algorithm* is accepted, whatever the token says. A token for an
        audience needs *accepted_audiences*, unless it is allowed to be for
        somebody else.

        Raises:
            NotAuthenticatedError: it is not.
            ValueError: *strict_audience* needs one accepted audience.
        """
        if strict_audience and not isinstance(accepted_audiences, str):
            raise ValueError(
                '`strict_audience` needs `accepted_audiences` to be one str, '
                f'not {accepted_audiences!r}.',
            )
        options = {
            'require': ['exp', 'iat', 'sub', *(require_claims or ())],
            'verify_exp': verify_exp,
            'verify_iat': verify_iat,
            'verify_jti': verify_jti,
            'verify_nbf': verify_nbf,
            'verify_sub': verify_sub,
            'verify_aud': (
                accepted_audiences is not None or not allow_unexpected_audience
            ),
            'verify_iss': accepted_issuers is not None,
            'strict_aud': strict_audience,
            'enforce_minimum_key_length': enforce_minimum_key_length,
        }
        try:
            return cls._from_claims(
                cls.decode_payload(
                    encoded_token,
                    secret,
                    algorithm,
                    leeway=leeway,
                    accepted_audiences=accepted_audiences,
                    accepted_issuers=accepted_issuers,
                    options=options,
                ),
            )
        # Tokens are what strangers send: there is no end of what can be wrong.
        except Exception as exc:
            raise invalid_token() from exc

    @classmethod
    @sensitive_variables()
    def decode_payload(
        cls,
        encoded_token: str,
        secret: Any,
        algorithm: str,
        *,
        leeway: int,
        accepted_audiences: str | Sequence[str] | None,
        accepted_issuers: str | Sequence[str] | None,
        options: Mapping[str, Any],
    ) -> dict[str, Any]:
        """Return the verified claims, override it to use another library.

        Any exception means that the token is not valid.
        """
        if len(encoded_token) > MAX_LENGTH:
            raise ValueError('Token is too long')
        return jwt.decode(
            encoded_token,
            secret,
            algorithms=[algorithm],
            audience=accepted_audiences,
            issuer=accepted_issuers,
            leeway=leeway,
            options=cast('Any', options),
        )

    @sensitive_variables()
    def _claims(self) -> dict[str, Any]:
        claims: dict[str, Any] = {
            'sub': self.sub,
            'exp': int(self.exp.timestamp()),
            'iat': int(self.iat.timestamp()),
            'iss': self.iss,
            'aud': _plain_audience(self.aud),
            'jti': self.jti,
            'extras': self.extras,
        }
        return {
            name: given for name, given in claims.items() if given is not None
        }

    @classmethod
    @sensitive_variables()
    def _from_claims(cls, claims: Mapping[str, Any]) -> Self:
        return cls(
            sub=_text(claims['sub']),
            exp=_moment(claims['exp']),
            iat=_moment(claims['iat']),
            iss=_optional_text(claims.get('iss')),
            aud=_audience(claims.get('aud')),
            jti=_optional_text(claims.get('jti')),
            extras=_extras(claims),
            verified=True,
        )


def invalid_token() -> NotAuthenticatedError:
    """Return the error for a token that is there, and no good (RFC 6750)."""
    return NotAuthenticatedError(
        headers={HEADER: challenge('Bearer', error='invalid_token')},
    )


def _whole_seconds(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is not None:
        moment = moment.astimezone(dt.UTC)
    return moment.replace(microsecond=0)


def _plain_audience(aud: str | Sequence[str] | None) -> str | list[str] | None:
    return aud if aud is None or isinstance(aud, str) else list(aud)


def _moment(claim: object) -> dt.datetime:
    if isinstance(claim, bool) or not isinstance(claim, (int, float)):
        raise TypeError('Times are numbers')
    return dt.datetime.fromtimestamp(claim, dt.UTC)


def _text(claim: object) -> str:
    if not isinstance(claim, str):
        raise TypeError('Text is expected')
    return claim


def _optional_text(claim: object) -> str | None:
    return None if claim is None else _text(claim)


def _audience(claim: object) -> str | Sequence[str] | None:
    if isinstance(claim, list):
        return [_text(one) for one in cast('list[object]', claim)]
    return _optional_text(claim)


def _extras(claims: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is no field; what was written as extra wins."""
    nested = claims.get('extras', {})
    if not isinstance(nested, dict):
        raise TypeError('Extras are an object')
    others = {
        name: given for name, given in claims.items() if name not in _FIELDS
    }
    return others | cast('dict[str, Any]', nested)
