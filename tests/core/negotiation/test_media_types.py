"""Media types: how they are read, matched and chosen between."""

import time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dmr.negotiation.media_types import (
    MAX_HEADER_LENGTH,
    MediaRange,
    concrete_type,
    essence,
    parse_accept,
    parse_media_type,
    quality_of,
)

#: Nobody notices that long, and nothing that is quadratic is that fast.
MAX_SECONDS: Final = 0.2

#: RFC 9110, section 12.5.1.
_RFC_EXAMPLE: Final = (
    'text/*;q=0.3, text/plain;q=0.7, text/plain;format=flowed, '
    'text/plain;format=fixed;q=0.4, */*;q=0.5'
)

_TOKENS: Final = st.text(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$&'+-.^_",
    min_size=1,
    max_size=12,
)


def _read(text: str) -> MediaRange:
    found = parse_media_type(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('application/json', ('application', 'json', {})),
        ('Application/JSON', ('application', 'json', {})),
        ('  text/html\t', ('text', 'html', {})),
        ('text/html;charset=utf-8', ('text', 'html', {'charset': 'utf-8'})),
        ('text/html; Charset=UTF-8', ('text', 'html', {'charset': 'utf-8'})),
        ('text/html ; level=A', ('text', 'html', {'level': 'A'})),
        ('text/html;a=1;b=2', ('text', 'html', {'a': '1', 'b': '2'})),
        ('text/html;', ('text', 'html', {})),
        ('text/html;;a=1', ('text', 'html', {'a': '1'})),
        ('text/html;a=', ('text', 'html', {'a': ''})),
        ('a/b;t="x y"', ('a', 'b', {'t': 'x y'})),
        ('a/b;t="x;y=1,z"', ('a', 'b', {'t': 'x;y=1,z'})),
        (r'a/b;t="x\"y\\z"', ('a', 'b', {'t': r'x"y\z'})),
        ('application/vnd.api+json', ('application', 'vnd.api+json', {})),
        ('image/*', ('image', '*', {})),
        ('*/*', ('*', '*', {})),
    ],
)
def test_media_type_is_read(
    text: str,
    expected: tuple[str, str, dict[str, str]],
) -> None:
    """Names are lower case, values keep theirs, quotes are taken off."""
    found = _read(text)

    assert expected == (found.main, found.sub, found.parameters)


@pytest.mark.parametrize(
    'text',
    [
        '',
        ' ',
        'json',
        'application',
        'application/',
        '/json',
        'a/b/c',
        'a b/c',
        'a/b c',
        'application /json',
        'a/b;=1',
        'a/b;x',
        'a/b; x =1',
        'a/b;t="open',
        'a/b;t="x"y',
        'a/b,c/d',
        'тип/вид',
        'a/b\n',
        'a/b\x00',
    ],
)
def test_malformed_media_type_is_none(text: str) -> None:
    """What breaks the grammar of RFC 9110, section 8.3.1 is no media type."""
    assert parse_media_type(text) is None


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('1', 1.0),
        ('1.', 1.0),
        ('1.000', 1.0),
        ('0', 0.0),
        ('0.', 0.0),
        ('0.0', 0.0),
        ('0.000', 0.0),
        ('0.5', 0.5),
        ('0.123', 0.123),
        ('0.1239999', 0.123),
        ('.2', 0.2),
        ('"0.5"', 0.5),
    ],
)
def test_quality_has_three_decimals(text: str, expected: float) -> None:
    """Quality values go from 0 to 1, further decimals are cut off."""
    assert expected == _read(f'a/b;q={text}').quality


@pytest.mark.parametrize(
    'text',
    ['', '2', '1.5', '1.001', '-1', '05', 'inf', 'nan', '1e0', 'x', '\u0660'],
)
def test_malformed_quality_counts_as_not_given(text: str) -> None:
    """What is no quality value is ignored."""
    assert _read(f'a/b;q={text}').quality == 1.0


def test_quality_is_no_parameter() -> None:
    """The quality belongs to the header, not to the media type."""
    assert _read('a/b;x=1;Q=0.5') == MediaRange('a', 'b', {'x': '1'}, 0.5)


@pytest.mark.parametrize(
    ('header', 'expected'),
    [
        ('a/b', ['a/b']),
        ('a/b, c/d', ['a/b', 'c/d']),
        (' a/b ,, ,c/d,', ['a/b', 'c/d']),
        ('a/b;t="x,y", c/d', ['a/b', 'c/d']),
        (r'a/b;t="x\",y", c/d', ['a/b', 'c/d']),
        ('broken, a/b', ['a/b']),
        ('a/b;t="open, c/d', []),
        ('', []),
        (',', []),
    ],
)
def test_accept_header_is_a_list(header: str, expected: list[str]) -> None:
    """Commas separate, empty and malformed members are left out."""
    assert expected == [one.essence for one in parse_accept(header)]


def test_long_accept_header_is_cut_between_members() -> None:
    """What is beyond the limit is not read, half a media type neither."""
    member = 'text/x-abcdef, '
    header = member * (MAX_HEADER_LENGTH // len(member) + 10)

    found = parse_accept(header)

    assert {'text/x-abcdef'} == {one.essence for one in found}
    assert len(found) == MAX_HEADER_LENGTH // len(member)


@pytest.mark.parametrize(
    'header',
    [
        'a' * 10_000,
        'a/' * 5_000,
        'a/b;' * 2_500,
        ';' * 10_000,
        '"' * 10_000,
        '\\"' * 5_000,
        'a/b;x="' + '\\' * 10_000,
        'a/b;x="' + 'a' * 10_000,
        ',' * 10_000,
        'a/b,' * 2_500,
        'a/b;q=0.' + '1' * 10_000,
        ' ' * 10_000,
        'a/b' + ' ' * 10_000 + 'x',
        '*/*;' + ' ;' * 5_000,
        'a/b;x=y' * 1_500,
    ],
)
def test_hostile_accept_header_takes_bounded_time(header: str) -> None:
    """However a header is made, reading it does not take long."""
    started = time.process_time()

    quality_of(_read('application/json'), parse_accept(header))
    parse_media_type(header)

    assert time.process_time() - started < MAX_SECONDS


@pytest.mark.parametrize(
    ('content_type', 'expected'),
    [
        ('application/json', 'application/json'),
        ('Application/JSON; charset=utf-8', 'application/json'),
        (' text/html ;a=1', 'text/html'),
        ('', ''),
    ],
)
def test_essence_has_no_parameters(content_type: str, expected: str) -> None:
    """The essence is lower case, parameters are cut off."""
    assert expected == essence(content_type)


@pytest.mark.parametrize(
    ('accept', 'offered', 'expected'),
    [
        *(
            (
                _RFC_EXAMPLE,
                offered,
                expected,
            )
            for offered, expected in (
                ('text/plain;format=flowed', 1.0),
                ('text/plain', 0.7),
                ('text/html', 0.3),
                ('image/jpeg', 0.5),
                ('text/plain;format=fixed', 0.4),
                ('text/html;level=3', 0.3),
            )
        ),
        ('application/json', 'application/json', 1.0),
        ('APPLICATION/json', 'application/JSON', 1.0),
        ('application/json;charset=utf-8', 'application/json', 1.0),
        ('application/json', 'application/json;charset=utf-8', 0.0),
        ('a/b;charset=UTF-8', 'a/b;charset=utf-8', 1.0),
        ('*/*', 'a/b;v=1', 1.0),
        ('a/*', 'a/b', 1.0),
        ('a/*', 'c/d', 0.0),
        ('a/b', 'c/d', 0.0),
        # The narrower range decides, wherever it stands:
        ('*/*, a/b;q=0', 'a/b', 0.0),
        ('a/b;q=0, */*', 'a/b', 0.0),
        ('a/b;q=0, a/*', 'a/b', 0.0),
        ('a/*;q=0, a/b;q=0.1', 'a/b', 0.1),
        ('*/*;q=0', 'a/b', 0.0),
        # Parameters that we do not have make a range wider, not narrower:
        ('a/b;v=2;q=0, a/b', 'a/b', 1.0),
        ('a/b, a/b;v=2;q=0', 'a/b', 1.0),
        ('a/b;v=2, */*;q=0.1', 'a/b', 1.0),
        # Wildcards of ours:
        ('image/png', '*/*', 1.0),
        ('image/png;q=0.5', 'image/*', 0.5),
        ('image/png;q=0, image/gif;q=0.2', 'image/*', 0.2),
        ('application/json;q=0, text/csv', '*/*', 1.0),
        ('image/png;q=0', 'image/*', 0.0),
        ('text/csv', 'image/*', 0.0),
    ],
)
def test_quality_of_what_we_offer(
    accept: str,
    offered: str,
    expected: float,
) -> None:
    """The narrowest range that matches decides, zero refuses."""
    assert expected == quality_of(_read(offered), parse_accept(accept))


@pytest.mark.parametrize(
    ('accept', 'expected'),
    [
        ('image/png', 'image/png'),
        ('IMAGE/PNG;q=0.1', 'image/png'),
        ('image/png;q=0.1, image/gif;q=0.2', 'image/gif'),
        ('text/csv, image/gif;q=0.2', 'image/gif'),
        ('image/png;q=0', None),
        ('image/*', None),
        ('*/*', None),
        ('text/csv', None),
    ],
)
def test_wildcard_answers_with_a_concrete_type(
    accept: str,
    expected: str | None,
) -> None:
    """That is the one the client likes best among those it covers."""
    assert expected == concrete_type(_read('image/*'), parse_accept(accept))


@given(_TOKENS, _TOKENS, st.dictionaries(_TOKENS, st.text(max_size=20)))
def test_quoted_parameters_survive(
    main: str,
    sub: str,
    parameters: dict[str, str],
) -> None:
    """Any text can be the value of a parameter, when it is quoted."""
    written = {
        name.lower(): text.replace('\n', ' ')
        for name, text in parameters.items()
        if name.lower() not in {'q', 'charset'}
    }
    quoted = ''.join(
        ';{}="{}"'.format(name, text.replace('\\', r'\\').replace('"', r'\"'))
        for name, text in written.items()
    )

    found = _read(f'{main}/{sub}{quoted}')

    assert MediaRange(main.lower(), sub.lower(), written) == found


@given(st.text(alphabet=st.sampled_from('ab/*;q=01."\\, \t'), max_size=60))
def test_any_text_is_read_without_a_fault(header: str) -> None:
    """No header makes an exception, qualities stay between 0 and 1."""
    qualities = [
        quality_of(_read(offered), parse_accept(header))
        for offered in ('a/b', 'a/*', '*/*')
    ]

    assert all(0 <= quality <= 1 for quality in qualities)
