"""What every source file has in common."""

import ast
from pathlib import Path
from typing import Final

import pytest

from tests.architecture.source import (
    PACKAGES,
    ROOT,
    SOURCES,
    is_shim,
    modules,
)

#: Lines of a module, docstrings included. Split it when it grows beyond.
MAX_LINES: Final = 400

_SHIM: Final = (
    '# Every source tree of this repository has this very file; '
    'only dmr-core ships it.\n'
    "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n"
)
_EXPORTS: Final = '\nfrom dmr._exports import *  # noqa: E402,F403\n'

all_modules = pytest.mark.parametrize(
    'path',
    [
        pytest.param(path, id=name)
        for distribution in SOURCES
        for name, path in modules(distribution).items()
    ],
)


@pytest.mark.parametrize('distribution', SOURCES)
def test_package_file_is_the_same_everywhere(distribution: str) -> None:
    """Type checkers and editors find all parts of `dmr` in every tree."""
    package = SOURCES[distribution] / 'dmr' / '__init__.py'

    assert _SHIM + _EXPORTS == package.read_text('utf-8')


def test_plugins_file_is_the_same_everywhere() -> None:
    """The same for `dmr.plugins`, in the trees that have it."""
    found = {
        path.relative_to(PACKAGES).parts[0]: path.read_text('utf-8')
        for path in PACKAGES.glob('*/src/dmr/plugins/__init__.py')
    }

    expected = dict.fromkeys(
        ('dmr-core', 'dmr-msgspec', 'dmr-pydantic'),
        _SHIM,
    )
    assert expected == found


def test_there_is_one_licence() -> None:
    """Each distribution ships the licence of the repository."""
    licence = (ROOT / 'LICENSE').read_text('utf-8')

    assert dict.fromkeys(SOURCES, licence) == {
        name: (PACKAGES / name / 'LICENSE').read_text('utf-8')
        for name in SOURCES
    }


@all_modules
def test_module_is_short(path: Path) -> None:
    """A module that does not fit has two jobs."""
    lines = path.read_text('utf-8').count('\n')

    assert lines <= MAX_LINES


@all_modules
def test_module_says_its_job_first(path: Path) -> None:
    """The first thing in a module is its docstring."""
    tree = ast.parse(path.read_text('utf-8'))

    assert ast.get_docstring(tree)


@pytest.mark.parametrize('distribution', SOURCES)
def test_no_other_package_files_are_taken_for_shims(distribution: str) -> None:
    """Only the two shared files are left out by the other tests."""
    shims = {
        str(path.relative_to(SOURCES[distribution]))
        for path in SOURCES[distribution].rglob('*.py')
        if is_shim(path)
    }

    assert shims <= {'dmr/__init__.py', 'dmr/plugins/__init__.py'}
