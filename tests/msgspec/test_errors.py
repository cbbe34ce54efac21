"""Places of errors, read from messages of msgspec."""

from typing import Annotated, Any, Final, Literal

import msgspec
import pytest

from dmr.plugins.msgspec import MsgspecSerializer
from dmr.plugins.msgspec.errors import error_details, located_details

pytestmark = pytest.mark.any_django


class _Item(msgspec.Struct):
    age: int
    scores: dict[int, list[int]] = {}


class _Order(msgspec.Struct):
    items: list[_Item]


class _Odd(msgspec.Struct, rename={'dotted': 'a.b', 'quoted': 'a`b'}):
    dotted: int = 0
    quoted: int = 0


class _Checked(msgspec.Struct):
    age: int

    def __post_init__(self) -> None:
        """Complain in a way that looks like a place."""
        raise ValueError('nobody is 7 - at `$.fake`')


_CASES: list[tuple[Any, Any, str, list[str]]] = [
    (
        _Order,
        {'items': [{'age': 'x'}]},
        'Expected `int`, got `str` - at `$.parsed_body.items[0].age`',
        ['items', '0', 'age'],
    ),
    (
        int,
        'x',
        'Expected `int`, got `str` - at `$.parsed_body`',
        [],
    ),
    (
        _Item,
        {},
        'Object missing required field `age` - at `$.parsed_body`',
        [],
    ),
    (
        list[list[int]],
        [[1], ['x']],
        'Expected `int`, got `str` - at `$.parsed_body[1][0]`',
        ['1', '0'],
    ),
    (
        dict[str, int],
        {'a': 'x'},
        'Expected `int`, got `str` - at `$.parsed_body[...]`',
        ['...'],
    ),
    (
        _Item,
        {'age': 1, 'scores': {'x': []}},
        'Expected `int`, got `str` - at `key` in `$.parsed_body.scores`',
        ['scores'],
    ),
    (
        dict[int, int],
        {'x': 1},
        'Expected `int`, got `str` - at `key` in `$.parsed_body`',
        [],
    ),
    (
        _Odd,
        {'a.b': 'x'},
        'Expected `int`, got `str` - at `$.parsed_body.a.b`',
        ['a', 'b'],
    ),
    (
        _Odd,
        {'a`b': 'x'},
        'Expected `int`, got `str` - at `$.parsed_body.a`b`',
        ['a`b'],
    ),
    (
        list[_Checked],
        [{'age': 7}],
        'nobody is 7 - at `$.fake` - at `$.parsed_body[0]`',
        ['0'],
    ),
    (
        Annotated[int, msgspec.Meta(ge=3)],
        2,
        'Expected `int` >= 3 - at `$.parsed_body`',
        [],
    ),
]


@pytest.mark.parametrize(('model', 'unstructured', 'message', 'loc'), _CASES)
def test_messages_give_their_place(
    model: Any,
    unstructured: Any,
    message: str,
    loc: list[str],
) -> None:
    """Both the message and ``loc`` start at the component."""
    with pytest.raises(msgspec.ValidationError) as caught:
        MsgspecSerializer.from_python(unstructured, model, strict=None)

    details = MsgspecSerializer.locate_validation_error(
        caught.value,
        'parsed_body',
    )

    assert details == [
        {'msg': message, 'loc': ['parsed_body', *loc], 'type': 'value_error'},
    ]


@pytest.mark.parametrize(('model', 'unstructured', 'message', 'loc'), _CASES)
def test_messages_keep_their_text(
    model: Any,
    unstructured: Any,
    message: str,
    loc: list[str],
) -> None:
    """Without a component msgspec's own text is all there is."""
    with pytest.raises(msgspec.ValidationError) as caught:
        MsgspecSerializer.from_python(unstructured, model, strict=None)

    details = MsgspecSerializer.serialize_validation_error(caught.value)

    assert details == [
        {'msg': str(caught.value), 'loc': loc, 'type': 'value_error'},
    ]


@pytest.mark.parametrize('message', ['', ' - at `$', 'x - at `$.a` b', '`$`'])
def test_any_message_is_understood(message: str) -> None:
    """What has no place is at the root."""
    assert error_details(message) == [
        {'msg': message, 'loc': [], 'type': 'value_error'},
    ]
    assert located_details(message, 'parsed_query') == [
        {
            'msg': f'{message} - at `$.parsed_query`',
            'loc': ['parsed_query'],
            'type': 'value_error',
        },
    ]


_LONG: Final = 'x' * 10_000


class _Tagged(msgspec.Struct, tag='cat', forbid_unknown_fields=True):
    """Has a tag, and nothing else."""


@pytest.mark.parametrize(
    ('model', 'sent', 'start', 'end'),
    [
        (Literal['a'], _LONG, "Invalid enum value '", "' - at `$`"),
        (
            list[Literal['a']],
            [f"'{_LONG}"],
            'Invalid enum value "\'',
            '" - at `$[0]`',
        ),
        (_Tagged, {'type': _LONG}, "Invalid value '", "' - at `$.type`"),
        (
            _Tagged,
            {'type': 'cat', _LONG: 1},
            'Object contains unknown field `',
            '`',
        ),
    ],
)
def test_what_was_sent_is_cut(
    model: Any,
    sent: Any,
    start: str,
    end: str,
) -> None:
    """A message repeats 128 characters of it, and says where it was."""
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert(sent, model)

    (detail,) = error_details(str(caught.value))

    message = detail['msg']
    assert message.startswith(f'{start}xxx')
    assert message.endswith(f'xxx…{end.removesuffix(" - at `$`")}')
    assert 128 < len(message) < 128 + 50
