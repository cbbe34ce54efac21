"""New packages are complete, and never replace anything."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from dmr.scaffold.files import write
from dmr.scaffold.names import Kind, names_of

_OWN = {
    Kind.serializer: {'schema.py', 'serializer.py'},
    Kind.parser: {'parser.py'},
    Kind.renderer: {'parser.py', 'renderer.py'},
}

all_kinds = pytest.mark.parametrize('kind', Kind)


@all_kinds
def test_all_files_are_there(kind: Kind, tmp_path: Path) -> None:
    """Those of every package, and those of the kind."""
    written = write(names_of(kind, 'dmr-shapes'), tmp_path)

    assert {
        '.github/workflows/ci.yml',
        '.gitignore',
        'CHANGELOG.md',
        'README.md',
        'pyproject.toml',
        'src/dmr_shapes/__init__.py',
        'src/dmr_shapes/py.typed',
        *(f'src/dmr_shapes/{name}' for name in _OWN[kind]),
        'tests/conftest.py',
        'tests/test_contract.py',
        'tests/test_plugin.py',
    } == {
        path.relative_to(tmp_path / 'dmr-shapes').as_posix() for path in written
    }


@all_kinds
def test_nothing_is_left_to_be_replaced(kind: Kind, tmp_path: Path) -> None:
    """Every word between signs is known; Python is Python."""
    for path in write(names_of(kind, 'dmr-shapes'), tmp_path):
        text = path.read_text('utf-8')

        assert re.findall(r'@\w+@', text) == []
        if path.suffix == '.py':
            assert ast.get_docstring(ast.parse(text))


@all_kinds
def test_entry_points_lead_to_the_class(kind: Kind, tmp_path: Path) -> None:
    """The group is that of the kind."""
    write(names_of(kind, 'dmr-shapes'), tmp_path)

    project = tomllib.loads(
        (tmp_path / 'dmr-shapes' / 'pyproject.toml').read_text('utf-8'),
    )['project']
    class_name = f'Shapes{kind.capitalize()}'
    assert {
        f'dmr.{kind}s': {'shapes': f'dmr_shapes:{class_name}'},
    } == project['entry-points']


@all_kinds
def test_the_contract_is_a_literal(kind: Kind, tmp_path: Path) -> None:
    """A version that is taken from the core would always fit."""
    write(names_of(kind, 'dmr-shapes'), tmp_path)

    source = tmp_path / 'dmr-shapes' / 'src' / 'dmr_shapes' / f'{kind}.py'
    assert 'dmr_plugin_api: ClassVar[int] = 1' in source.read_text('utf-8')


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    """Whatever is in the way stays as it is."""
    names = names_of(Kind.parser, 'dmr-shapes')
    (tmp_path / 'dmr-shapes').mkdir()
    (tmp_path / 'dmr-shapes' / 'mine').write_text('mine', 'utf-8')

    with pytest.raises(FileExistsError):
        write(names, tmp_path)

    assert ['mine'] == [
        path.name for path in (tmp_path / 'dmr-shapes').iterdir()
    ]
