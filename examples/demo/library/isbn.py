"""International Standard Book Numbers."""

from typing import Final

_LENGTH: Final = 13


def check_digit(first_twelve: str) -> str:
    """Return the last digit of an ISBN.

    >>> check_digit('978030640615')
    '7'
    """
    weighted = sum(
        int(digit) * (3 if position % 2 else 1)
        for position, digit in enumerate(first_twelve)
    )
    return str(-weighted % 10)


def checked_isbn(text: str) -> str:
    """Return *text* as thirteen digits.

    >>> checked_isbn('978-0-306-40615-7')
    '9780306406157'

    Raises:
        ValueError: it is no ISBN.
    """
    digits = text.replace('-', '').replace(' ', '')
    if len(digits) != _LENGTH or not digits.isascii() or not digits.isdigit():
        raise ValueError('An ISBN has 13 digits')
    if check_digit(digits[:-1]) != digits[-1]:
        raise ValueError('The last digit of the ISBN does not match')
    return digits
