"""Accounts of the library."""

from typing import Final

from django.contrib.auth import get_user_model

#: Who can log in from the start, to try it. The account may do nothing else.
READER: Final = 'reader'
READER_PASSWORD: Final = 'open the books'


def add_reader() -> None:
    """Add the account that everybody may use, unless it is there."""
    users = get_user_model()._default_manager
    if not users.filter(username=READER).exists():
        users.create_user(READER, password=READER_PASSWORD)
