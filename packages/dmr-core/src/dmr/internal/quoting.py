"""Cut what messages repeat of what clients send."""

from typing import Final

#: What an error message quotes of client input is cut to this many characters.
MAX_QUOTED_LENGTH: Final = 128


def quoted(text: str) -> str:
    """Cut *text*, which a client sent, to what a message may repeat of it."""
    if len(text) <= MAX_QUOTED_LENGTH:
        return text
    return f'{text[:MAX_QUOTED_LENGTH]}…'
