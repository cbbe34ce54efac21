"""``python -m dmr new-plugin`` writes a package, or says why not."""

from pathlib import Path

import pytest

from dmr.__main__ import main


@pytest.mark.parametrize('kind', ['serializer', 'parser', 'renderer'])
def test_it_says_what_to_do_next(
    kind: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With the folder that was written."""
    status = main(
        ['new-plugin', kind, 'dmr-shapes', '--directory', str(tmp_path)],
    )

    folder = tmp_path / 'dmr-shapes'
    assert 0 == status
    assert f'  cd {folder}\n' in capsys.readouterr().out
    assert (folder / 'pyproject.toml').exists()


@pytest.mark.parametrize(
    ('arguments', 'message'),
    [
        (
            ['parser', 'Shapes'],
            (
                "'Shapes' is no name for a package. Use small letters and "
                "digits, and '-' between words, as in 'dmr-example'."
            ),
        ),
        (
            ['parser', 'json'],
            (
                "There is a package 'json' already, which 'json' would hide. "
                "Try 'dmr-json'."
            ),
        ),
        (
            ['serializer', 'dmr-shapes', '--media-type', 'a/b'],
            'A serializer has no media type: it works with all formats.',
        ),
    ],
)
def test_bad_names_are_explained(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command was used wrongly, nothing is written."""
    status = main(['new-plugin', *arguments, '--directory', str(tmp_path)])

    assert 2 == status
    assert f'dmr new-plugin: {message}\n' == capsys.readouterr().err
    assert [] == list(tmp_path.iterdir())


def test_existing_folders_are_left_alone(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Also empty ones: somebody has made them."""
    (tmp_path / 'dmr-shapes').mkdir()

    status = main(
        ['new-plugin', 'parser', 'dmr-shapes', '--directory', str(tmp_path)],
    )

    assert 1 == status
    assert 'exists already, nothing was written' in capsys.readouterr().err
    assert [] == list((tmp_path / 'dmr-shapes').iterdir())


def test_unwritable_places_are_explained(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A file is no folder."""
    (tmp_path / 'file').touch()

    status = main(
        [
            *('new-plugin', 'parser', 'dmr-shapes'),
            *('--directory', str(tmp_path / 'file')),
        ],
    )

    assert 1 == status
    assert 'Cannot write the package' in capsys.readouterr().err
