"""The tutorial for authors of plugins, followed word by word.

One shell goes through the document: it writes the files that are shown, runs
the commands that are shown, and what they print is compared.
"""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.docs.documents import PLUGIN_TUTORIAL

pytestmark = [pytest.mark.packaging, pytest.mark.timeout(300)]

_BLOCK: Final = re.compile(r'^```(\w+)\n(.*?)^```', re.MULTILINE | re.DOTALL)
_COMMAND: Final = re.compile(r'^\$ (.*)\n', re.MULTILINE)
_MARK: Final = '@@@@'


class Command(NamedTuple):
    """A command of the tutorial, and what it shows below it."""

    line: str
    shown: str

    @property
    def fails(self) -> bool:
        """Tell whether it is shown to fail, as tests do at first."""
        return bool(re.search(r'^\d+ failed', self.shown, re.MULTILINE))


def _script() -> Iterator[tuple[str, Command | None]]:
    """Return what the shell has to do, step by step."""
    for kind, block in _BLOCK.findall(PLUGIN_TUTORIAL.read_text('utf-8')):
        if kind == 'sh':
            # For those who have wheels, which the environment says here.
            continue
        if kind == 'console':
            for line, shown in _commands(block):
                yield line, Command(line, shown)
        else:
            first, _, text = block.partition('\n')
            assert first.startswith('# '), first
            yield f'cat > {shlex.quote(first[2:])} <<"EOF"\n{text}EOF', None


def _commands(block: str) -> Iterator[tuple[str, str]]:
    pieces = _COMMAND.split(block)
    assert pieces[0] == ''
    return zip(pieces[1::2], pieces[2::2], strict=True)


def _environment(wheels: Path) -> dict[str, str]:
    return {
        'HOME': os.environ.get('HOME', ''),
        'PATH': f'{Path(sys.executable).parent}{os.pathsep}/usr/bin:/bin',
        **{
            name: content
            for name, content in os.environ.items()
            if name.startswith('PIP_') or name.lower().endswith('_proxy')
        },
        'PIP_DISABLE_PIP_VERSION_CHECK': '1',
        'PIP_NO_COMPILE': '1',
        'PIP_FIND_LINKS': f'{wheels} {os.environ.get("PIP_FIND_LINKS", "")}',
    }


def _pattern(shown: str) -> str:
    """Return a pattern for *shown*; numbers and ``...`` may be any."""
    return re.sub(
        r'\d+(\\\.\d+)*',
        lambda _: r'[\d.]+',
        re.escape(shown).replace(r'\.\.\.', '.*'),
    )


def test_everything_happens_as_it_is_written(
    wheels: Path,
    tmp_path: Path,
) -> None:
    """From an empty folder to a wheel that works somewhere else."""
    steps = list(_script())
    script = '\n'.join(
        f'{line}\nprintf "\\n{_MARK} %s\\n" "$?"' for line, _command in steps
    )

    finished = subprocess.run(
        ['bash'],
        input=script,
        cwd=tmp_path,
        env=_environment(wheels),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        text=True,
        timeout=280,
    )

    printed = re.split(rf'(?m)^{_MARK} (\d+)\n', finished.stdout)
    for index, (_line, command) in enumerate(steps):
        output, status = printed[2 * index : 2 * index + 2]
        if command is None:
            assert '0' == status, output
            continue
        assert command.fails == (status != '0'), f'{command.line}\n{output}'
        assert re.search(
            _pattern(command.shown.strip()),
            output,
            re.DOTALL,
        ), f'{command.line}\n{output}'
