"""Tables of the guides are complete."""

import re
from pathlib import Path
from typing import Final

from dmr import checks
from dmr.errors import status_of
from dmr.exceptions import (
    DataParsingError,
    DataRenderingError,
    InternalServerError,
    NotAcceptableError,
    NotAuthenticatedError,
    RequestSerializationError,
    RequestTooLargeError,
    ResponseSchemaError,
    TooManyRequestsError,
)
from dmr.openapi import checks as openapi_checks
from dmr.security.jwt import checks as jwt_checks
from dmr.settings import Settings
from tests.docs.documents import ROOT

_GUIDES: Final = ROOT / 'docs' / 'guides'
_KNOWN: Final = (
    DataParsingError(),
    DataRenderingError(),
    InternalServerError(),
    NotAcceptableError(),
    NotAuthenticatedError(),
    RequestSerializationError(),
    RequestTooLargeError(),
    ResponseSchemaError(),
    TooManyRequestsError(),
)


def _first_cells(name: str) -> list[str]:
    text = (_GUIDES / name).read_text('utf-8')
    return re.findall(r'^\| (`.+?) \|', text, re.MULTILINE)


def _source(module: object) -> str:
    return Path(str(getattr(module, '__file__', ''))).read_text('utf-8')


def test_every_setting_is_in_the_guide() -> None:
    """No key is missing, and none is made up."""
    shown = {cell.strip('`') for cell in _first_cells('settings.md')}

    # Environment variables have a table of their own.
    keys = {name for name in shown if not name.startswith('DMR_')}
    assert {str(one) for one in Settings} == keys


def test_every_check_is_in_the_guide() -> None:
    """The ids are those of the core and of dmr-openapi."""
    ids = set(
        re.findall(
            r"'(dmr\w*\.[EWI]\d{3})'",
            ''.join(
                map(_source, (checks, jwt_checks, openapi_checks)),
            ),
        ),
    )

    shown = {cell.strip('`') for cell in _first_cells('validation.md')}
    assert ids == {name for name in shown if name.startswith('dmr')}


def test_every_exception_is_in_the_guide() -> None:
    """Exceptions stand beside the status that answers them."""
    text = (_GUIDES / 'error-handling.md').read_text('utf-8')

    for exc in _KNOWN:
        assert re.search(
            rf'^\| .*`{type(exc).__name__}`.* \| {status_of(exc)} \|',
            text,
            re.MULTILINE,
        ), exc
