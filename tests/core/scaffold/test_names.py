"""One name is given, all others follow from it."""

import pytest

from dmr.scaffold.names import BadNameError, Kind, names_of


@pytest.mark.parametrize(
    ('kind', 'distribution', 'expected'),
    [
        (
            Kind.serializer,
            'dmr-shapes',
            ('dmr_shapes', 'shapes', 'ShapesSerializer', 'application/shapes'),
        ),
        (
            Kind.parser,
            'acme.big_data',
            ('acme_big_data', 'acme-big-data', 'AcmeBigDataParser', None),
        ),
        (
            Kind.renderer,
            'dmr-toml2-renderer',
            (
                'dmr_toml2_renderer',
                'toml2',
                'Toml2Renderer',
                'application/toml2',
            ),
        ),
    ],
)
def test_names_follow_from_the_distribution(
    kind: Kind,
    distribution: str,
    expected: tuple[str, str, str, str | None],
) -> None:
    """The prefix and the kind are not repeated."""
    names = names_of(kind, distribution)

    package, plugin, class_name, media_type = expected
    assert (package, plugin, class_name) == (
        names.package,
        names.plugin,
        names.class_name,
    )
    assert media_type in {names.media_type, None}


@pytest.mark.parametrize(
    'distribution',
    [
        '',
        '1shape',
        'Shape',
        'a--b',
        'a-',
        '-a',
        'a/b',
        '../a',
        'a b',
        'ü',
        'a\n',
    ],
)
def test_other_characters_are_refused(distribution: str) -> None:
    """The message shows what a name looks like."""
    with pytest.raises(BadNameError, match="as in 'dmr-example'"):
        names_of(Kind.parser, distribution)


@pytest.mark.parametrize(
    ('distribution', 'message'),
    [
        ('dmr-1', 'Start what comes after .dmr-. with a letter'),
        ('class', 'is a word of Python'),
        ('match', 'is a word of Python'),
        ('json', 'There is a package .json. already'),
        ('django', "Try 'dmr-django'"),
        ('dmr', 'There is a package .dmr. already'),
        ('dmr-core', 'is installed already'),
    ],
)
def test_names_that_would_hide_others_are_refused(
    distribution: str,
    message: str,
) -> None:
    """Nothing that is there can be broken by a new package."""
    with pytest.raises(BadNameError, match=message):
        names_of(Kind.parser, distribution)


def test_media_types_are_for_formats() -> None:
    """A parser has the one that is given, a serializer has none."""
    names = names_of(Kind.parser, 'dmr-shapes', media_type='text/x-shape+a')

    assert names.media_type == 'text/x-shape+a'
    with pytest.raises(BadNameError, match='works with all formats'):
        names_of(Kind.serializer, 'dmr-shapes', media_type='text/x-shape')


@pytest.mark.parametrize('media_type', ['json', 'a/b; c=1', '*/*', 'A/B', ''])
def test_strange_media_types_are_refused(media_type: str) -> None:
    """Only one without parameters, in small letters, can be compared."""
    with pytest.raises(BadNameError, match='is no media type'):
        names_of(Kind.renderer, 'dmr-shapes', media_type=media_type)
