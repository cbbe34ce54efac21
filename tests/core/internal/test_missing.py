"""Parts of `dmr` that are not installed are named with their distribution."""

import importlib
from importlib.machinery import PathFinder
from pathlib import Path

import pytest

import dmr.plugins
from dmr.internal.missing import MissingParts


def test_import_of_a_missing_part_says_what_to_install() -> None:
    """Whoever writes the import reads the command."""
    with pytest.raises(ModuleNotFoundError) as raised:
        importlib.import_module('dmr.plugins.nothing')

    assert (
        "No module named 'dmr.plugins.nothing'. It comes with dmr-nothing: "
        'run `pip install dmr-nothing`.'
    ) == str(raised.value)


@pytest.mark.parametrize('finder', [PathFinder, MissingParts()])
def test_question_about_one_place_is_answered_as_python_does(
    finder: PathFinder | MissingParts,
    tmp_path: Path,
) -> None:
    """The part may be in any other place, as it is when pytest asks."""
    assert finder.find_spec('dmr.plugins.msgspec', [str(tmp_path)]) is None


def test_question_about_every_place_is_answered_for_missing_parts() -> None:
    """Then the part is nowhere."""
    with pytest.raises(ModuleNotFoundError, match='pip install dmr-nothing'):
        MissingParts().find_spec('dmr.plugins.nothing', dmr.plugins.__path__)
