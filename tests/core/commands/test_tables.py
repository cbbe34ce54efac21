"""Tables fit into a line of a terminal."""

from dmr.commands.tables import table


def test_long_cells_are_wrapped() -> None:
    """The widest column gives way, and words stay whole."""
    printed = table(
        ['name', 'what it is'],
        [['short', 'word ' * 30], ['other', 'x']],
    )

    assert (
        'name   what it is\n'
        f'short  {"word " * 17}word\n'
        f'       {"word " * 11}word\n'
        'other  x'
    ) == printed


def test_names_are_broken_where_they_are_joined() -> None:
    """A path has no spaces."""
    path = '/'.join(['segment'] * 20)

    lines = table(['path'], [[path]]).splitlines()

    assert path == ''.join(lines[1:])
    assert lines[1].endswith('segment/')
    assert max(map(len, lines)) <= 100


def test_what_has_no_joints_is_cut() -> None:
    """No line is ever too long."""
    lines = table(['path'], [['x' * 150]]).splitlines()

    assert ['path', 'x' * 100, 'x' * 50] == lines
