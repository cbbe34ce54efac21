"""Set the same cookies on many responses, without making them anew.

Django checks and writes a cookie for each response. Ours come from a plan: a
first response gets them from Django, all others get copies.
"""

import time
from collections.abc import Callable, Container, Mapping
from http.cookies import Morsel
from typing import Any, Final, TypeAlias

from django.http import HttpResponse, HttpResponseBase
from typing_extensions import override

from dmr.cookies import NewCookie, set_cookies

#: Name of a cookie → the original, and what a copy has in its ``__dict__``.
_Ready: TypeAlias = dict[str, tuple[Any, dict[str, Any]]]

# Methods of cookies check what they are given, those of dictionaries do not.
_dict: Final[Any] = dict
_new: Final[Callable[[Any], Any]] = _dict.__new__
_add: Final[Callable[[Any, str, Any], None]] = _dict.__setitem__
_fill: Final[Callable[[Any, Any], None]] = _dict.update
_are_equal: Final[Callable[[Any, Any], bool]] = _dict.__eq__


class _ReadyMorsel(Morsel[str]):
    """A cookie that knows how it is written, unless somebody changes it."""

    # Those that were pickled do not know it.
    _origin: Any = None
    _text: str = ''

    @override
    def OutputString(self, attrs: Container[str] | None = None) -> str:
        own: Any = self
        origin = own._origin
        if (
            origin is not None
            and attrs is None
            and own._key is origin._key
            and own._coded_value is origin._coded_value
            and _are_equal(own, origin)
        ):
            return self._text
        return super().OutputString(attrs)


def cookie_setter(
    cookies: Mapping[str, NewCookie],
) -> Callable[[HttpResponseBase], None]:
    """Return a function that sets *cookies* on a response.

    One takes 2 µs instead of 9 µs, writing it included.
    """
    expire = any(
        cookie.max_age is not None or cookie.expires is not None
        for cookie in cookies.values()
    )
    # There is one entry: the cookies of this second, or of all time.
    made: dict[int, _Ready] = {}

    def set_all(response: HttpResponseBase) -> None:
        now = int(time.time()) if expire else 0
        ready = made.get(now)
        if ready is None:
            ready = _ready(cookies)
            made.clear()
            made[now] = ready
        for name, (origin, state) in ready.items():
            copied = _new(_ReadyMorsel)
            copied.__dict__.update(state)
            _fill(copied, origin)
            _add(response.cookies, name, copied)

    return set_all


def _ready(cookies: Mapping[str, NewCookie]) -> _Ready:
    response = HttpResponse()
    set_cookies(response, cookies)
    return {
        name: (
            morsel,
            {
                **vars(morsel),
                '_origin': morsel,
                '_text': morsel.OutputString(),
            },
        )
        for name, morsel in response.cookies.items()
    }
