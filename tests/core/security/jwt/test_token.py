"""Tokens: what is signed comes back, everything else is refused."""

import base64
import datetime as dt
import json
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from dmr.exceptions import InternalServerError, NotAuthenticatedError
from dmr.security.jwt import JWToken

_SECRET = 'a secret of more than sixty-four bytes, which is a lot for a secret'
_NOW = dt.datetime.now(dt.UTC).replace(microsecond=0)
_SOON = _NOW + dt.timedelta(days=1)


def _encode(
    claims: dict[str, Any] | None = None,
    secret: Any = _SECRET,
    algorithm: str = 'HS256',
    headers: dict[str, Any] | None = None,
    **changes: Any,
) -> str:
    """Sign claims as a stranger would, by default good ones."""
    if claims is None:
        good = {'sub': '1', 'exp': int(_SOON.timestamp()), 'iat': 1}
        claims = {
            name: claim
            for name, claim in {**good, **changes}.items()
            if claim is not ...
        }
    return jwt.api_jws.encode(
        json.dumps(claims).encode(),
        secret,
        algorithm=algorithm,
        headers=headers,
    )


def _segment(content: Any) -> str:
    raw = (
        content if isinstance(content, bytes) else json.dumps(content).encode()
    )
    return base64.urlsafe_b64encode(raw).rstrip(b'=').decode()


def _decode(encoded: str, **options: Any) -> JWToken:
    return JWToken.decode(encoded, _SECRET, 'HS256', **options)


@pytest.mark.parametrize(
    'token',
    [
        JWToken(sub='1', exp=_SOON),
        JWToken('1', _SOON, _NOW, 'me', None, 'id', {'type': 'access'}),
        JWToken(sub='Zoë', exp=_SOON, extras={'deep': {'er': [1, None]}}),
    ],
)
def test_round_trip_is_equal(token: JWToken) -> None:
    """Every field comes back as it was."""
    assert token == _decode(token.encode(_SECRET, 'HS256'))


@pytest.mark.parametrize(
    ('aud', 'accepted'),
    [('one', 'one'), ('one', ['one', 'two']), (['one', 'two'], 'two')],
)
def test_audience_comes_back(aud: Any, accepted: Any) -> None:
    """One of the audiences has to be one that is accepted."""
    token = JWToken(sub='1', exp=_SOON, aud=aud)

    decoded = _decode(
        token.encode(_SECRET, 'HS256'),
        accepted_audiences=accepted,
    )

    assert token == decoded


def test_claims_are_written_where_others_look() -> None:
    """Registered claims are numbers and text, the rest is nested."""
    token = JWToken(
        sub='1',
        exp=_SOON,
        iat=_NOW,
        iss='me',
        jti='id',
        extras={'type': 'access'},
    )

    claims = jwt.decode(token.encode(_SECRET, 'HS256'), _SECRET, ['HS256'])

    assert {
        'sub': '1',
        'exp': int(_SOON.timestamp()),
        'iat': int(_NOW.timestamp()),
        'iss': 'me',
        'jti': 'id',
        'extras': {'type': 'access'},
    } == claims


def test_times_are_whole_seconds_in_utc() -> None:
    """Other zones and microseconds are no part of a token."""
    zone = dt.timezone(dt.timedelta(hours=5))
    exp = _SOON.astimezone(zone).replace(microsecond=5)

    token = JWToken(sub='1', exp=exp)

    assert (_SOON, dt.UTC) == (token.exp, token.exp.tzinfo)
    assert 0 == token.iat.microsecond


@pytest.mark.parametrize(
    ('claims', 'message'),
    [
        ({'sub': ''}, 'subject'),
        ({'exp': _NOW - dt.timedelta(minutes=1)}, 'expiry'),
        ({'iat': _NOW + dt.timedelta(hours=1)}, 'future'),
    ],
)
def test_impossible_tokens_are_not_made(
    claims: dict[str, Any],
    message: str,
) -> None:
    """The mistake is found where it is made."""
    with pytest.raises(ValueError, match=message):
        JWToken(**{'sub': '1', 'exp': _SOON, **claims})


def test_leeway_allows_an_end_just_now() -> None:
    """Clocks differ."""
    exp = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=5)

    assert JWToken('1', exp, leeway=60).sub == '1'


@pytest.mark.parametrize(
    ('secret', 'algorithm'),
    [(_SECRET, 'unknown'), (_SECRET, 'RS256'), (b'', 'ES256'), (1, 'HS256')],
)
def test_unusable_keys_are_our_fault(secret: Any, algorithm: str) -> None:
    """The client cannot help it."""
    with pytest.raises(InternalServerError):
        JWToken(sub='1', exp=_SOON).encode(secret, algorithm)


_DEEP = b'[' * 5000 + b']' * 5000

#: Tokens of strangers. None of them may be accepted, none may be an error.
_HOSTILE = {
    'empty': '',
    'words': 'not a token',
    'dots': '..',
    'many dots': '.' * 1000,
    'not ASCII': 'é.é.é',
    'lone surrogate': '\ud800.a.b',
    'too long': 'a' * 1_000_000,
    'long and signed': _encode(sub='1' * 20_000),
    'alg none': (
        f'{_segment({"alg": "none"})}.'
        f'{_segment({"sub": "1", "exp": 9999999999, "iat": 1})}.'
    ),
    'alg None': f'{_segment({"alg": None})}.{_segment({})}.',
    'alg number': f'{_segment({"alg": 1e3})}.{_segment({})}.AA',
    'no alg': f'{_segment({"typ": "JWT"})}.{_segment({})}.AA',
    'other algorithm': _encode(algorithm='HS512'),
    'wrong key': _encode(secret='another secret of more than 32 bytes!!'),
    'unsigned': _encode().rpartition('.')[0] + '.',
    'cut': _encode()[:-3],
    'unknown crit': _encode(headers={'crit': ['unknown'], 'unknown': 1}),
    'crit is no list': _encode(headers={'crit': 'b64'}),
    'b64 false': _encode(headers={'b64': False, 'crit': ['b64']}),
    'header is a list': f'{_segment([])}.{_segment({})}.AA',
    'header is deep': f'{_segment(_DEEP)}.{_segment({})}.AA',
    'header is a huge number': f'{_segment(b"1" * 5000)}.{_segment({})}.AA',
    'claims are no JSON': jwt.api_jws.encode(b'{', _SECRET, 'HS256'),
    'claims are a list': jwt.api_jws.encode(b'[]', _SECRET, 'HS256'),
    'claims are deep': jwt.api_jws.encode(
        b'{"sub":' + _DEEP + b'}',
        _SECRET,
        'HS256',
    ),
    'claims are not UTF-8': jwt.api_jws.encode(b'\xff', _SECRET, 'HS256'),
    'no claims': _encode({}),
    'no sub': _encode(sub=...),
    'no exp': _encode(exp=...),
    'no iat': _encode(iat=...),
    'empty sub': _encode(sub=''),
    'sub is a number': _encode(sub=1),
    'sub is null': _encode(sub=None),
    'sub is an object': _encode(sub={'pk': 1}),
    'expired': _encode(exp=1000),
    'exp is text': _encode(exp='tomorrow'),
    'exp is true': _encode(exp=True),
    'exp is null': _encode(exp=None),
    'exp is a list': _encode(exp=[9999999999]),
    'exp is an object': _encode(exp={}),
    'exp is huge': _encode(exp=10**30),
    'exp is endless': jwt.api_jws.encode(
        b'{"sub":"1","iat":1,"exp":1e999}',
        _SECRET,
        'HS256',
    ),
    'exp is no number': jwt.api_jws.encode(
        b'{"sub":"1","iat":1,"exp":NaN}',
        _SECRET,
        'HS256',
    ),
    'exp has 5000 digits': jwt.api_jws.encode(
        b'{"sub":"1","iat":1,"exp":' + b'9' * 5000 + b'}',
        _SECRET,
        'HS256',
    ),
    'iat is to come': _encode(iat=9999999999),
    'iat is text': _encode(iat='now'),
    'iat is negative': _encode(iat=-(10**20)),
    'nbf is to come': _encode(nbf=9999999999),
    'nbf is text': _encode(nbf='now'),
    'jti is a number': _encode(jti=1),
    'jti is an object': _encode(jti={}),
    'iss is a number': _encode(iss=1),
    'aud nobody accepts': _encode(aud='others'),
    'aud is a number': _encode(aud=1),
    'aud has numbers': _encode(aud=[1]),
    'extras are text': _encode(extras='text'),
    'extras are text, with more': _encode(extras='text', more=1),
    'extras are a list': _encode(extras=[1]),
    'extras are null': _encode(extras=None),
}


@pytest.mark.parametrize('encoded', _HOSTILE.values(), ids=_HOSTILE)
def test_anything_wrong_is_not_authenticated(encoded: str) -> None:
    """There is one answer for all of it."""
    with pytest.raises(NotAuthenticatedError) as caught:
        _decode(encoded)

    assert {'WWW-Authenticate': 'Bearer error="invalid_token"'} == (
        caught.value.headers
    )


@pytest.mark.parametrize(
    ('encoded', 'options'),
    [
        (_encode(exp=1000), {'verify_exp': False}),
        (_encode(iat=int(_SOON.timestamp())), {'verify_iat': False}),
        (_encode(nbf=9999999999), {'verify_nbf': False}),
        (
            _encode(exp=int(_NOW.timestamp()) - 5),
            {'leeway': 86400},
        ),
        (_encode(aud='others'), {'allow_unexpected_audience': True}),
        (_encode(iss='me'), {'accepted_issuers': ['me', 'you']}),
        (_encode(iss='anybody'), {}),
    ],
)
def test_checks_can_be_relaxed(encoded: str, options: dict[str, Any]) -> None:
    """What is switched off is not checked elsewhere again."""
    assert '1' == _decode(encoded, **options).sub


@pytest.mark.parametrize(
    ('encoded', 'options'),
    [
        (_encode(), {'accepted_issuers': 'me'}),
        (_encode(iss='you'), {'accepted_issuers': 'me'}),
        (_encode(), {'accepted_audiences': 'one'}),
        (_encode(aud='two'), {'accepted_audiences': ['one']}),
        (
            _encode(aud=['one']),
            {'accepted_audiences': 'one', 'strict_audience': True},
        ),
        (_encode(), {'require_claims': ['jti']}),
        (_encode(exp=...), {'verify_exp': False}),
    ],
)
def test_checks_can_be_stricter(encoded: str, options: dict[str, Any]) -> None:
    """What is asked for must be there."""
    with pytest.raises(NotAuthenticatedError):
        _decode(encoded, **options)


def test_strict_audience_needs_one_audience() -> None:
    """That is our own mistake, found before the token is looked at."""
    with pytest.raises(ValueError, match='strict_audience'):
        _decode('', strict_audience=True, accepted_audiences=['one'])


def test_short_keys_of_ours_let_nobody_in() -> None:
    """A key that can be guessed protects nothing."""
    short = 'short'
    with pytest.warns(jwt.warnings.InsecureKeyLengthWarning):
        encoded = _encode(secret=short)

    with pytest.raises(NotAuthenticatedError):
        JWToken.decode(encoded, short, 'HS256')


def test_public_key_is_no_shared_secret() -> None:
    """A token signed with the text of a public key is refused."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    token = JWToken(sub='1', exp=_SOON)

    encoded = token.encode(private, 'RS256')

    public = private.public_key()
    assert token.sub == JWToken.decode(encoded, public, 'RS256').sub
    with pytest.raises(NotAuthenticatedError):
        JWToken.decode(_encode(), public, 'RS256')


def test_unknown_claims_become_extras() -> None:
    """Nested extras win, so that nobody can add what was signed as nested."""
    encoded = _encode(more=1, type='access', extras={'type': 'refresh'})

    assert {'more': 1, 'type': 'refresh'} == _decode(encoded).extras


def test_subclasses_can_use_another_library() -> None:
    """``decode_payload`` gives the claims, whatever it does to get them."""

    class _Plain(JWToken):
        @classmethod
        def decode_payload(
            cls,
            encoded_token: str,
            *_args: Any,
            **_options: Any,
        ) -> dict[str, Any]:
            return {'sub': encoded_token, 'exp': 2, 'iat': 1}

    token = _Plain.decode('ada', _SECRET, 'none')

    assert ('ada', _Plain) == (token.sub, type(token))
