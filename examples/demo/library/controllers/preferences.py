"""What a visitor likes: a form goes in, a cookie comes out."""

from http import HTTPStatus
from typing import Final

from django.http import HttpResponse

from dmr import (
    Body,
    Cookies,
    CookieSpec,
    NewCookie,
    ResponseSpec,
    modify,
    validate,
)
from dmr.parsers import FormUrlEncodedParser, JsonParser
from dmr.plugins.pydantic import PydanticSerializer
from library.controllers.base import LibraryController
from library.schemas.preferences import PreferenceCookies, Preferences

_ONE_YEAR: Final = 365 * 24 * 60 * 60


class PreferencesController(LibraryController[PydanticSerializer]):
    # A page without scripts can send the form.
    parsers = [FormUrlEncodedParser(), JsonParser()]

    @modify(tags=['Preferences'])
    def get(
        self,
        parsed_cookies: Cookies[PreferenceCookies],
    ) -> Preferences:
        """Show where the visitor likes to go."""
        return Preferences(branch=parsed_cookies.library_branch)

    @validate(
        ResponseSpec(
            Preferences,
            status_code=HTTPStatus.OK,
            cookies={
                'library_branch': CookieSpec(max_age=_ONE_YEAR, httponly=True),
            },
        ),
        tags=['Preferences'],
    )
    def put(self, parsed_body: Body[Preferences]) -> HttpResponse:
        """Remember where the visitor likes to go."""
        return self.to_response(
            parsed_body,
            cookies={
                'library_branch': NewCookie(
                    value=parsed_body.branch,
                    max_age=_ONE_YEAR,
                    httponly=True,
                ),
            },
        )
