"""What 401 responses say about ways in (RFC 9110, section 11.6.1).

Every 401 response carries ``WWW-Authenticate``: the challenges of all auths
of its endpoint, unless the ``www_authenticate`` setting is off.
"""

import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponseBase

from dmr.headers import HeaderSpec
from dmr.settings import Settings, resolve_setting

HEADER: Final = 'WWW-Authenticate'

#: The challenge of endpoints that have no auth and answer 401 all the same.
UNKNOWN: Final = 'Credentials'

# Members of enumerations are slow to look up.
_UNAUTHORIZED: Final = HTTPStatus.UNAUTHORIZED.value

_NOT_TOKEN: Final = re.compile(r"[^A-Za-z0-9!#$%&'*+.^_`|~-]")
_NOT_QUOTABLE: Final = re.compile(r'[^\x20-\x7e]')


def challenge(scheme: str, **parameters: str) -> str:
    r"""Return one challenge, whatever stands in the names.

    >>> challenge('Basic', realm='api', charset='UTF-8')
    'Basic realm="api", charset="UTF-8"'
    >>> challenge('my scheme', realm='say "hi"\n')
    'my_scheme realm="say \\"hi\\"_"'
    """
    quoted = ', '.join(
        f'{name}="{_quotable(given)}"' for name, given in parameters.items()
    )
    name = _NOT_TOKEN.sub('_', scheme) or UNKNOWN
    return f'{name} {quoted}' if quoted else name


def unauthorized_headers() -> Mapping[str, HeaderSpec] | None:
    """Describe the headers of 401 responses, ``None`` if there are none."""
    if not resolve_setting(Settings.www_authenticate):
        return None
    return {
        HEADER: HeaderSpec(
            description='How to authenticate',
            # Added behind response validation, see `add_challenges`.
            skip_validation=True,
        ),
    }


def add_challenges(
    response: HttpResponseBase,
    auths: Iterable[Any],
) -> None:
    """Add the challenges of *auths* to a 401 response.

    A challenge that is there stays, it knows more about what went wrong; of
    the others those with another scheme are added.
    """
    if not resolve_setting(Settings.www_authenticate):
        return
    present = response.headers.get(HEADER)
    found = [] if present is None else [present]
    schemes = {_scheme(one) for one in found}
    for auth in auths:
        one = auth.www_authenticate_challenge
        if one and _scheme(one) not in schemes:
            schemes.add(_scheme(one))
            found.append(one)
    response.headers[HEADER] = ', '.join(found) or UNKNOWN


def is_unauthorized(response: HttpResponseBase) -> bool:
    """Tell whether *response* must carry challenges."""
    return response.status_code == _UNAUTHORIZED


def _scheme(one: str) -> str:
    return one.partition(' ')[0].lower()


def _quotable(text: str) -> str:
    plain = _NOT_QUOTABLE.sub('_', text)
    return plain.replace('\\', '\\\\').replace('"', '\\"')
