"""``python -m dmr`` runs commands, with a project and without."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dmr.__main__ import main


def _run(
    *arguments: str,
    folder: Path,
    settings: str | None = None,
) -> subprocess.CompletedProcess[str]:
    environment = dict(os.environ)
    environment.pop('DJANGO_SETTINGS_MODULE', None)
    if settings is not None:
        environment['DJANGO_SETTINGS_MODULE'] = settings
    return subprocess.run(
        [sys.executable, '-m', 'dmr', *arguments],
        capture_output=True,
        check=False,
        cwd=folder,
        env=environment,
        text=True,
    )


def test_commands_work_without_a_project(tmp_path: Path) -> None:
    """Nobody has to have written settings to see what is installed."""
    finished = _run('plugins', folder=tmp_path)

    assert (0, '') == (finished.returncode, finished.stderr)
    assert 'serializer  pydantic  dmr-pydantic' in finished.stdout


def test_settings_of_the_project_count(tmp_path: Path) -> None:
    """What a project has switched off is shown so."""
    (tmp_path / 'some_settings.py').write_text(
        "DMR_SETTINGS = {'disabled_plugins': "
        "['dmr.parsers:json@dmr-msgspec']}\n",
    )

    by_option = _run('plugins', '--settings', 'some_settings', folder=tmp_path)
    by_variable = _run('plugins', folder=tmp_path, settings='some_settings')

    assert by_option.stdout == by_variable.stdout
    assert (
        'dmr.parsers:json@dmr-msgspec: switched off by '
        "DMR_SETTINGS['disabled_plugins']"
    ) in by_option.stdout


def test_project_that_cannot_be_loaded_is_explained(tmp_path: Path) -> None:
    """One line says what failed, there is no traceback."""
    finished = _run('plugins', '--settings', 'nowhere', folder=tmp_path)

    assert 2 == finished.returncode
    assert (
        'dmr plugins: The project cannot be loaded: '
        "ModuleNotFoundError: No module named 'nowhere'\n"
    ) == finished.stderr


def test_versions_are_those_of_the_distributions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A bug report can start with them."""
    assert 0 == main(['--version'])

    printed = capsys.readouterr().out.splitlines()
    assert [
        'dmr-core',
        'dmr-msgspec',
        'dmr-openapi',
        'dmr-pydantic',
        'dmr-testing',
    ] == [line.split()[0] for line in printed if line.startswith('dmr-')]
    assert printed[-1].startswith('Django ')


def test_no_command_shows_what_there_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The exit status tells scripts that nothing was done."""
    assert 2 == main([])

    assert 'plugins' in capsys.readouterr().out


def test_unknown_command_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The commands that there are are named."""
    with pytest.raises(SystemExit) as caught:
        main(['nonsense'])

    assert 2 == caught.value.code
    assert "'plugins'" in capsys.readouterr().err


def test_reader_that_has_seen_enough_ends_the_command(tmp_path: Path) -> None:
    """Pipes into `head` are not an error worth a traceback."""
    reading, writing = os.pipe()
    os.close(reading)

    finished = subprocess.run(
        [sys.executable, '-m', 'dmr', '--version'],
        check=False,
        cwd=tmp_path,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
    )

    os.close(writing)
    assert (1, '') == (finished.returncode, finished.stderr)
