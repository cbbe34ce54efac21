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

#: Of each cookie: its name, the original, how it is written, its attributes.
_Ready: TypeAlias = list[tuple[str, Any, str, str, str, str]]

# Methods of cookies check what they are given, those of dictionaries do not.
_dict: Final[Any] = dict
_new: Final[Callable[[Any], Any]] = _dict.__new__
_add: Final[Callable[[Any, str, Any], None]] = _dict.__setitem__
_fill: Final[Callable[[Any, Any], None]] = _dict.update


def _forgetting(name: str) -> Any:
    """Return a method that changes cookies, for those that are ready."""
    change: Any = getattr(Morsel, name)

    def changed(self: Any, *args: Any, **kwargs: Any) -> Any:
        self._text = None
        return change(self, *args, **kwargs)

    return changed


class _ReadyMorsel(Morsel[str]):
    """A cookie that knows how it is written, until somebody changes it."""

    # Those that were pickled do not know it.
    _text: str | None = None

    __delitem__ = _forgetting('__delitem__')
    __ior__ = _forgetting('__ior__')
    __setitem__ = _forgetting('__setitem__')
    __setstate__ = _forgetting('__setstate__')
    clear = _forgetting('clear')
    pop = _forgetting('pop')
    popitem = _forgetting('popitem')
    set = _forgetting('set')
    setdefault = _forgetting('setdefault')
    update = _forgetting('update')

    @override
    def output(
        self,
        attrs: Container[str] | None = None,
        header: str = 'Set-Cookie:',
    ) -> str:
        text = self._text
        if text is None or attrs is not None:
            return super().output(attrs, header)
        return f'{header} {text}'

    @override
    def OutputString(self, attrs: Container[str] | None = None) -> str:
        text = self._text
        if text is None or attrs is not None:
            return super().OutputString(attrs)
        return text


def cookie_setter(
    cookies: Mapping[str, NewCookie],
) -> Callable[[HttpResponseBase], None]:
    """Return a function that sets *cookies* on a response.

    One takes 1.5 µs instead of 9 µs, writing it included.
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
        cookies_of_response = response.cookies
        for name, origin, text, key, value, coded_value in ready:
            copied = _new(_ReadyMorsel)
            copied._text = text
            copied._key = key
            copied._value = value
            copied._coded_value = coded_value
            _fill(copied, origin)
            _add(cookies_of_response, name, copied)

    return set_all


def _ready(cookies: Mapping[str, NewCookie]) -> _Ready:
    response = HttpResponse()
    set_cookies(response, cookies)
    return [
        (
            name,
            morsel,
            morsel.OutputString(),
            morsel.key,
            morsel.value,
            morsel.coded_value,
        )
        for name, morsel in response.cookies.items()
    ]
