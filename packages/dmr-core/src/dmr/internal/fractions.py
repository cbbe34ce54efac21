"""Find numbers in JSON that are not written as integers.

Decoders may read them in different ways: straight as a decimal with all its
digits, or as a float first.
"""

from typing import Final

#: What numbers stand behind becomes a colon, what follows digits a point.
_AS_MARKS: Final = bytes.maketrans(b',[eE', b'::..')
_DIGITS_AND_SPACE: Final = b'-0123456789 \t\r\n'


def may_have_fractions(body: bytes | bytearray) -> bool:
    """Tell whether there may be a fraction or an exponent in JSON.

    Wrong in one direction only: text like ``', 1.'`` looks like one. Costs
    0.35 ms for 1 MB.
    """
    marks = body.translate(_AS_MARKS, _DIGITS_AND_SPACE)
    return marks.rfind(b':.') >= 0 or marks[:1] == b'.'
