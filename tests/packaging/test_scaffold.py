"""New packages can be installed and tested as they are.

What fails are the promises of the contract that the author has to keep.
"""

import re
from pathlib import Path
from typing import Final

import pytest

from tests.packaging.environments import Environment, attempt

pytestmark = pytest.mark.packaging

_FAILED: Final = re.compile(r'^FAILED (tests/\S+?)::', re.MULTILINE)

#: Makes a renderer and its parser of the two that would have to be written.
_FILLED_IN: Final = {
    'parser.py': (
        "    raise NotImplementedError('Write _read in dmr_lines/parser.py')\n",
        """    try:
        return json.loads(
            body.decode(),
            parse_float=finite,
            parse_constant=finite,
        )
    except (ValueError, RecursionError) as exc:
        raise DataParsingError('Body has no lines') from exc


def finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number
""",
    ),
    'renderer.py': (
        "        raise NotImplementedError('Write LinesRenderer.render')\n",
        """        return JsonRenderer().render(to_serialize, serializer_hook)
""",
    ),
}
#: Kind → something that the failing tests say.
_MISSING: Final = {
    'serializer': 'Write ShapesSerializer.from_python',
    'parser': 'Write TestShapesParser.nested',
    'renderer': 'Write ShapesRenderer.render',
}
_PACKAGES: Final = (
    ('serializer', 'dmr-shapes-serializer'),
    ('parser', 'dmr-shapes-parser'),
    ('renderer', 'dmr-shapes-renderer'),
    ('renderer', 'dmr-lines'),
)
_IMPORTS: Final = {
    'parser.py': (
        'import json\n'
        'import math\n'
        'from dmr.exceptions import DataParsingError\n'
    ),
    'renderer.py': 'from dmr.renderers import JsonRenderer\n',
}


@pytest.fixture(scope='module')
def packages(
    clean: Environment,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """Return a folder with one new package of each kind, installed.

    And another one in which the author has written what is missing.
    """
    folder = tmp_path_factory.mktemp('packages')
    for kind, name in _PACKAGES:
        clean.python('-m', 'dmr', 'new-plugin', kind, name, cwd=folder)
    _fill_in(folder / 'dmr-lines' / 'src' / 'dmr_lines')
    clean.install(
        *('--no-deps', '--no-build-isolation'),
        *(
            argument
            for _kind, name in _PACKAGES
            for argument in ('--editable', folder / name)
        ),
    )
    return folder


def _fill_in(sources: Path) -> None:
    for name, (missing, written) in _FILLED_IN.items():
        text = (sources / name).read_text('utf-8')
        assert missing in text
        head, imports, rest = text.partition('from typing import')
        (sources / name).write_text(
            f'{head}{_IMPORTS[name]}{imports}{rest}'.replace(missing, written),
            'utf-8',
        )


def _test(clean: Environment, folder: Path) -> str:
    return attempt(
        [clean.programs / 'python', '-m', 'pytest', '-rf', '--tb=short'],
        cwd=folder,
    ).stdout


@pytest.mark.parametrize('kind', ['serializer', 'parser', 'renderer'])
def test_tests_fail_only_where_code_is_missing(
    kind: str,
    clean: Environment,
    packages: Path,
) -> None:
    """The plugin is found; the contract says what is to be written."""
    printed = _test(clean, packages / f'dmr-shapes-{kind}')

    assert {'tests/test_contract.py'} == set(_FAILED.findall(printed))
    assert ' error' not in printed.splitlines()[-1]
    assert _MISSING[kind] in printed


def test_a_package_that_is_filled_in_passes(
    clean: Environment,
    packages: Path,
) -> None:
    """Nothing else is missing."""
    printed = _test(clean, packages / 'dmr-lines')

    assert re.search(r'=== \d+ passed in', printed), printed
